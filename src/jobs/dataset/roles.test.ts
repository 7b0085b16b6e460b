import { describe, expect, it } from 'vitest';
import type { RoleAssignment } from '#data/roles.ts';
import type { Table } from '#data/table.ts';
import { assignRole } from './assign-role.ts';
import { reassessLeaks } from './reassess-leaks.ts';

const roles: readonly RoleAssignment[] = [
  { column: 'days', role: 'target', reason: 'name' },
  {
    column: 'hours',
    role: 'ignore',
    reason: 'known-after',
    leak: { column: 'hours', kind: 'copy-of-target' },
  },
  { column: 'pool', role: 'context', reason: 'default' },
  { column: 'unit', role: 'group', reason: 'name' },
];

describe('assigning a role', () => {
  it('moves a role that one column holds, and says that a person did it', () => {
    const after = assignRole(roles, 'pool', 'target');
    expect(after.map(({ role }) => role)).toEqual(['ignore', 'ignore', 'target', 'group']);
    expect(after[2]?.reason).toBe('user');
  });

  it('leaves the other holders of a shared role alone', () => {
    expect(assignRole(roles, 'pool', 'group').map(({ role }) => role)).toEqual([
      'target',
      'ignore',
      'group',
      'group',
    ]);
  });

  it('names the columns there are for one there is not', () => {
    expect(() => assignRole(roles, 'team', 'lever')).toThrow(/days, hours, pool, unit/u);
  });
});

describe('leaks of the target in use', () => {
  const nRows = 40;
  const days = Float64Array.from({ length: nRows }, (_, i) => ((i * 7) % 31) + 1);
  // Unrelated to the days, so that only the true copy is found.
  const pool = Float64Array.from({ length: nRows }, (_, i) => (i * i * 13) % 17);
  const table: Table = {
    nRows,
    columns: [
      { type: 'number', name: 'days', values: days },
      { type: 'number', name: 'hours', values: days.map((value) => value * 24) },
      { type: 'number', name: 'pool', values: pool },
      { type: 'category', name: 'unit', codes: new Int32Array(nRows), categories: ['A'] },
    ],
  };

  it('leaves out a copy of the target, and takes it back when the target is another column', () => {
    const first = reassessLeaks(table, roles);
    expect(first.roles[1]).toMatchObject({ role: 'ignore', leak: { column: 'hours' } });
    const moved = reassessLeaks(table, assignRole(first.roles, 'pool', 'target'));
    expect(moved.leaks).toEqual([]);
    expect(moved.roles[1]).toEqual({ column: 'hours', role: 'context', reason: 'default' });
  });

  it('lets a person use it all the same, and keeps the finding beside it', () => {
    const overruled = reassessLeaks(table, assignRole(roles, 'hours', 'context'));
    expect(overruled.roles[1]).toMatchObject({ role: 'context', reason: 'user', leak: { column: 'hours' } });
  });
});
