import { expect, it } from 'vitest';
import type { ColumnRole } from './roles.ts';
import type { CategoryColumn, Table } from './table.ts';
import { findUnitColumn } from './unit-column.ts';

const category = (name: string, ...categories: string[]): CategoryColumn => ({
  type: 'category',
  name,
  codes: Int32Array.from(categories, (_, code) => code),
  categories,
});
const features: Table = {
  nRows: 3,
  columns: [
    category('site', 'A', 'B'),
    category('unit', 'A1', 'A2', 'B1'),
    category('cause', 'x', 'y', 'z', 't'),
  ],
};
const rolesOf = (roles: Record<string, ColumnRole>) =>
  Object.entries(roles).map(([column, role]) => ({ column, role, reason: 'name' as const }));

it('is the group column that tells outages apart most finely, never a column of another role', () => {
  expect(findUnitColumn(features, rolesOf({ site: 'group', unit: 'group', cause: 'context' }))).toBe('unit');
  expect(findUnitColumn(features, rolesOf({ site: 'group', unit: 'ignore', cause: 'context' }))).toBe('site');
  expect(findUnitColumn(features, rolesOf({ site: 'context', unit: 'context' }))).toBeNull();
  const one = { nRows: 1, columns: [category('unit', 'A1')] };
  expect(findUnitColumn(one, rolesOf({ unit: 'group' }))).toBeNull();
});
