import { describe, expect, it } from 'vitest';
import { type CellValue, buildColumn } from './cell.ts';
import { matchRows } from './match-rows.ts';
import type { RoleAssignment } from './roles.ts';
import type { Table } from './table.ts';

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const roles: RoleAssignment[] = (
  [
    ['id', 'identifier'],
    ['unit', 'group'],
    ['start', 'start'],
    ['days', 'target'],
    ['crew', 'lever'],
  ] as const
).map(([column, role]) => ({ column, role, reason: 'user' }));

type Row = readonly [id: CellValue, unit: CellValue, start: string, days: CellValue, crew: CellValue];

function build(rows: readonly Row[], without: readonly string[] = []): Table {
  const columns = [
    buildColumn(
      'id',
      'category',
      rows.map(([id]) => id),
    ),
    buildColumn(
      'unit',
      'category',
      rows.map(([, unit]) => unit),
    ),
    buildColumn(
      'start',
      'date',
      rows.map(([, , start]) => day(start)),
    ),
    buildColumn(
      'days',
      'number',
      rows.map(([, , , days]) => days),
    ),
    buildColumn(
      'crew',
      'number',
      rows.map(([, , , , crew]) => crew),
    ),
  ].filter(({ name }) => !without.includes(name));
  return { nRows: rows.length, columns };
}

const table = build([
  ['A1', 'Gravelines 1', '2024-01-10', 30, 5],
  ['A2', 'Gravelines 2', '2024-02-10', null, 6],
  ['A3', 'Gravelines 1', '2024-08-10', 25, 7],
]);
const kinds = (added: Table, of: Table = table) => matchRows(of, added, roles).map(({ kind }) => kind);

describe('rows of a file that is added', () => {
  it('are new, told alike, changed, or contradict what is known', () => {
    const added = build([
      ['A4', 'Gravelines 2', '2024-09-01', 12, 5],
      ['A1', 'GRAVELINES 1', '2024-01-10', 30, 5],
      ['A2', 'Gravelines 2', '2024-02-10', 41, 6],
      ['A3', 'Gravelines 1', '2024-08-10', 26, 7],
    ]);
    expect(matchRows(table, added, roles)).toEqual([
      { kind: 'new' },
      { kind: 'same', row: 0 },
      { kind: 'changed', row: 1, columns: ['days'] },
      { kind: 'conflict', row: 2, within: null },
    ]);
  });

  it('are known again without an identifier, a day off, and in any order', () => {
    const added = build(
      [
        [null, 'Gravelines 1', '2024-08-11', 25, 7],
        [null, 'Gravelines 1', '2024-01-10', 30, 5],
        [null, 'Gravelines 1', '2024-08-13', 25, 7],
      ],
      ['id'],
    );
    expect(kinds(added)).toEqual(['changed', 'same', 'new']);
  });

  it('are not taken for one another where a number is used twice', () => {
    const added = build([['A1', 'Gravelines 2', '2025-01-10', 12, 5]]);
    expect(kinds(added)).toEqual(['new']);
  });

  it('that say two things of one outage contradict themselves', () => {
    const added = build([
      ['B1', 'Paluel 1', '2024-03-01', 20, 5],
      ['B1', 'Paluel 1', '2024-03-01', 21, 5],
    ]);
    expect(matchRows(table, added, roles)[1]).toEqual({ kind: 'conflict', row: null, within: 0 });
  });

  it('are the same where the file is added to itself', () => {
    expect(kinds(table)).toEqual(['same', 'same', 'same']);
  });

  it('that nothing names are the same where all their cells are, and new where one differs', () => {
    const without = ['id', 'unit', 'start'];
    const nameless = build([['A1', 'x', '2024-01-10', 30, 5]], without);
    const added = build(
      [
        ['B1', 'y', '2025-01-10', 30, 5],
        ['B2', 'y', '2025-01-10', 30, 6],
      ],
      without,
    );
    expect(kinds(added, nameless)).toEqual(['same', 'new']);
  });
});
