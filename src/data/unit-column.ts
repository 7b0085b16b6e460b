import type { RoleAssignment } from './roles.ts';
import type { Table } from './table.ts';

/** The feature that names the unit: of the columns that group outages (unit, site) the one with most labels. Null without one. */
export function findUnitColumn(features: Table, roles: readonly RoleAssignment[]): string | null {
  const groups = new Set(roles.flatMap(({ column, role }) => (role === 'group' ? [column] : [])));
  let unit: { readonly name: string; readonly nLabels: number } | null = null;
  for (const column of features.columns) {
    if (column.type !== 'category' || !groups.has(column.name)) continue;
    const nLabels = column.categories.length;
    if (nLabels > 1 && nLabels > (unit?.nLabels ?? 0)) unit = { name: column.name, nLabels };
  }
  return unit?.name ?? null;
}
