import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from './dates.ts';
import { findElapsedColumns, isElapsed, writeElapsed } from './elapsed-columns.ts';
import type { Column, Table } from './table.ts';

const nRows = 24;
const rows = Array.from({ length: nRows }, (_, row) => row);
const starts = Float64Array.from(rows, (row) => Date.UTC(2015, 0, 1 + row * 91 + (row % 5) * 7));
const born = [Date.UTC(1984, 3, 1), Date.UTC(1987, 8, 15), Date.UTC(1990, 1, 3)];
const bornOf = Float64Array.from(rows, (row) => born[row % 3] ?? NaN);

const date = (name: string, values: Float64Array): Column => ({ type: 'date', name, values, hasTime: false });
const number = (name: string, values: Float64Array): Column => ({ type: 'number', name, values });
const unit: Column = {
  type: 'category',
  name: 'Tranche',
  codes: Int32Array.from(rows, (row) => row % 3),
  categories: ['T1', 'T2', 'T3'],
};
const ages = Float64Array.from(
  rows,
  (row) => Math.round(((starts[row] ?? 0) - (bornOf[row] ?? 0)) / (365.25 * MS_PER_DAY) / 0.1) / 10,
);
const table = (...columns: Column[]): Table => ({ nRows, columns });

describe('findElapsedColumns', () => {
  it('finds an age between two dates, and says how it is written', () => {
    const found = findElapsedColumns(table(number('Âge', ages), date('MES', bornOf), date('Début', starts)));
    expect(found).toEqual([
      { column: 'Âge', date: 'Début', since: { column: 'MES' }, unit: 'year', decimals: 1, isCut: false },
    ]);
  });

  it('finds an age of a unit whose birth no column tells: a constant plus the date', () => {
    const [found, ...others] = findElapsedColumns(table(number('Âge', ages), unit, date('Début', starts)));
    expect(others).toEqual([]);
    expect(found).toMatchObject({ column: 'Âge', date: 'Début', since: { leader: 'Tranche' }, unit: 'year' });
    if (!found || !('leader' in found.since)) throw new Error('no leader');
    const instants = new Map(found.since.instants);
    for (const [code, label] of ['T1', 'T2', 'T3'].entries()) {
      expect(Math.abs((instants.get(label) ?? NaN) - (born[code] ?? NaN))).toBeLessThan(40 * MS_PER_DAY);
    }
  });

  it('takes neither chance nor a fact of the unit for a count of time', () => {
    const power = number(
      'Puissance',
      Float64Array.from(rows, (row) => [900, 1300, 1450][row % 3] ?? 0),
    );
    const crew = number(
      'Effectif',
      Float64Array.from(rows, (row) => (row * 7919) % 31),
    );
    expect(findElapsedColumns(table(power, crew, unit, date('MES', bornOf), date('Début', starts)))).toEqual(
      [],
    );
  });
});

it('writes whole days whatever the hours that go with them, and knows them again', () => {
  const writing = fc.record({
    unit: fc.constantFrom('hour' as const, 'day' as const, 'year' as const),
    decimals: fc.integer({ min: 0, max: 2 }),
    isCut: fc.boolean(),
  });
  fc.assert(
    fc.property(
      writing,
      fc.integer({ min: 0, max: 40_000 }),
      fc.integer({ min: 0, max: 20_000 }),
      (how, from, days) => {
        const [a, b] = [from * MS_PER_DAY, (from + days) * MS_PER_DAY];
        const cell = writeElapsed(how, a, b);
        expect(how.unit === 'day' ? cell : days).toBe(days);
        expect(isElapsed(how, cell, a, b)).toBe(true);
        expect(isElapsed(how, cell + 3 * 10 ** -how.decimals, a, b)).toBe(false);
      },
    ),
  );
});
