import { describe, expect, it } from 'vitest';
import { buildColumn, readCell } from '#data/cell.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import { buildClimatology } from '#data/factors/climatology.ts';
import { indexFactors } from '#data/factors/factor-series.ts';
import { findColumn, type Table } from '#data/table.ts';
import { completeFactors } from './factor-inputs.ts';

const day = (year: number, month: number, date: number) => Date.UTC(year, month - 1, date);
const plan: FactorPlan = {
  file: 'meteo.csv',
  start: 'start',
  date: 'day',
  key: { outages: 'site', factors: 'place' },
  maxAgeDays: 3,
  values: [
    { column: 't [at-start]', factor: 't', part: 'at-start', days: 0 },
    { column: 'alert [at-start]', factor: 'alert', part: 'at-start', days: 0 },
  ],
};
const toTable = (
  columns: Record<string, readonly ['number' | 'date' | 'category', readonly (number | string | null)[]]>,
): Table => ({
  nRows: Object.values(columns)[0]?.[1].length ?? 0,
  columns: Object.entries(columns).map(([name, [type, cells]]) => {
    const column = buildColumn(name, type, cells);
    return column.type === 'date' ? { ...column, hasTime: false } : column;
  }),
});
const second = toTable({
  day: ['date', [day(2019, 5, 1), day(2020, 5, 1), day(2021, 5, 1)]],
  place: ['category', ['a', 'a', 'a']],
  t: ['number', [10, 20, 60]],
  alert: ['category', ['red', 'green', 'red']],
});
const factors = { plan, climatology: buildClimatology(indexFactors(second, plan), second, ['A']) };
const inputs = [
  { name: 't [at-start]', type: 'number' },
  { name: 'alert [at-start]', type: 'category' },
] as unknown as Parameters<typeof completeFactors>[0]['inputs'];
const complete = (table: Table, file: Table | null) => {
  const completed = completeFactors({ factors, inputs }, table, file && { table: file, plan });
  const read = (name: string) => {
    const column = findColumn(completed.table, name);
    return Array.from({ length: table.nRows }, (_, row) => column && readCell(column, row));
  };
  return { told: completed.told, t: read('t [at-start]'), alert: read('alert [at-start]') };
};
const outages = toTable({
  start: ['date', [day(2021, 5, 2), day(2021, 3, 1), day(2022, 5, 9), null]],
  site: ['category', ['A', 'A', 'A', 'A']],
});

describe('what a model asks of a second file', () => {
  it('is read out of it, unknown in its holes, and what is usual after its end', () => {
    expect(complete(outages, second)).toEqual({
      t: [60, null, 30, null],
      alert: ['red', null, null, null],
      told: { file: 'meteo.csv', nRows: 4, nJoined: 1, nUsual: 1 },
    });
  });

  it('is what is usual without it, and words are then unknown', () => {
    const { t, alert, told } = complete(outages, null);
    expect(t).toEqual([15, null, 30, null]);
    expect(alert).toEqual([null, null, null, null]);
    expect(told).toMatchObject({ nJoined: 0 });
  });

  it('is unknown where no outage can be placed', () => {
    const unplaced = toTable({ start: ['category', [null, null]], site: ['category', ['A', 'A']] });
    expect(complete(unplaced, second)).toEqual({ t: [null, null], alert: [null, null], told: null });
  });
});
