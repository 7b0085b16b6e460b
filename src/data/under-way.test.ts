import { describe, expect, test } from 'vitest';
import { MS_PER_DAY } from './dates.ts';
import { prepareOutages } from './outages.ts';
import type { RoleAssignment } from './roles.ts';
import type { Table } from './table.ts';

/** Days; NaN is an empty cell. */
type Row = readonly [unit: string, start: number, end: number];

const now = 1000 * MS_PER_DAY;
const roles: readonly RoleAssignment[] = [
  { column: 'Tranche', role: 'group', reason: 'name' },
  { column: 'Début', role: 'start', reason: 'name' },
  { column: 'Fin', role: 'end', reason: 'name' },
];

function tableOf(rows: readonly Row[]): Table {
  const units = [...new Set(rows.map(([unit]) => unit))];
  const dates = (name: string, position: 1 | 2) => ({
    type: 'date' as const,
    hasTime: false,
    name,
    values: Float64Array.from(rows, (row) => row[position] * MS_PER_DAY),
  });
  return {
    nRows: rows.length,
    columns: [
      {
        type: 'category',
        name: 'Tranche',
        codes: Int32Array.from(rows, ([unit]) => units.indexOf(unit)),
        categories: units,
      },
      dates('Début', 1),
      dates('Fin', 2),
    ],
  };
}

const prepare = (rows: readonly Row[], asOf?: number) =>
  prepareOutages(tableOf(rows), roles, { now, ...(asOf !== undefined && { asOf: asOf * MS_PER_DAY }) });

describe('outages under way', () => {
  test('are those that began before the latest start or end of the file and have no end by then', () => {
    const { underWay, setAside, target, features } = prepare([
      ['A', 10, 20],
      ['B', 30, NaN],
      ['A', 90, 100], // the latest that the file tells
      ['C', 40, NaN],
      ['E', NaN, NaN],
    ]);
    expect([...target]).toEqual([10, 10]);
    expect(underWay.asOf).toBe(100 * MS_PER_DAY);
    expect([...underWay.rows]).toEqual([1, 3]);
    expect([...underWay.elapsed]).toEqual([70, 60]);
    expect(underWay.features.columns.map(({ name }) => name)).toEqual(
      features.columns.map(({ name }) => name),
    );
    expect(setAside).toEqual([{ row: 4, reason: 'start-missing' }]);
  });

  test('are none that the file itself tells where it holds outages to come: its past may have been planned, too', () => {
    const plans: readonly Row[] = [
      ['A', 10, 20],
      ['B', 30, NaN],
      ['C', 1500, 1600],
    ];
    const { underWay, setAside } = prepare(plans);
    expect(underWay.rows).toHaveLength(0);
    expect(setAside.map(({ reason }) => reason)).toEqual(['ongoing', 'ends-in-future']);
    expect([...prepare(plans, 60).underWay.elapsed]).toEqual([30]);
    // An end to come tells nothing; that no start is does.
    expect([
      ...prepare([
        ['A', 10, 20],
        ['B', 30, 1600],
        ['C', 45, 50],
      ]).underWay.elapsed,
    ]).toEqual([15]);
  });

  test('are judged on the day that somebody names: what ended later was under way then', () => {
    const rows: readonly Row[] = [
      ['A', 10, 20],
      ['B', 30, NaN],
      ['C', 45, 80],
      ['D', 60, 70],
    ];
    const { target, underWay, setAside } = prepare(rows, 50);
    expect([...target]).toEqual([10]);
    expect([...underWay.elapsed]).toEqual([20, 5]);
    expect(setAside).toEqual([{ row: 3, reason: 'ends-in-future' }]);
    expect([...prepare(rows, 90).underWay.elapsed]).toEqual([60]);
  });

  test('are none of a unit that has begun another since, unless units have several at once', () => {
    const missing: readonly Row[] = [
      ['A', 10, NaN],
      ['A', 50, 60],
      ['B', 55, NaN],
      ['B', 20, 22],
      ['B', 90, 100],
      ['C', 95, NaN],
    ];
    const alone = prepare(missing);
    expect([...alone.underWay.rows]).toEqual([5]);
    expect(alone.setAside).toEqual([
      { row: 0, reason: 'end-missing' },
      { row: 2, reason: 'end-missing' },
    ]);
    const several = prepare([...missing, ['B', 91, 93]]);
    expect([...several.underWay.rows]).toEqual([0, 2, 5]);
  });

  test('are none where the duration has a column of its own and no end is known of any', () => {
    const table = tableOf([['A', 1, 2]]);
    const columns = [
      ...table.columns,
      { type: 'number' as const, name: 'Durée (j)', values: Float64Array.of(NaN) },
    ];
    const withTarget = [...roles, { column: 'Durée (j)', role: 'target', reason: 'name' } as const];
    const { underWay } = prepareOutages(
      { nRows: 1, columns: columns.filter(({ name }) => name !== 'Fin') },
      withTarget,
      { now },
    );
    expect(underWay.rows).toHaveLength(0);
  });
});
