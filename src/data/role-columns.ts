import type { ColumnRole, RoleAssignment } from './roles.ts';
import { findColumn, isOfType, type Column, type ColumnOf, type ColumnType, type Table } from './table.ts';

export interface TableWithRoles {
  readonly table: Table;
  readonly roles: readonly RoleAssignment[];
}

/** The name of the first column of that role, whether or not a table has it. */
export function findRoleName(
  roles: readonly Pick<RoleAssignment, 'column' | 'role'>[],
  role: ColumnRole,
): string | undefined {
  return roles.find((assignment) => assignment.role === role)?.column;
}

/** The first column of that role, if the table has it and it is of one of the types; of any type where none is named. */
export function findRoleColumn<T extends ColumnType = ColumnType>(
  { table, roles }: TableWithRoles,
  role: ColumnRole,
  ...types: readonly T[]
): ColumnOf<T> | undefined {
  const name = findRoleName(roles, role);
  return name === undefined ? undefined : pickColumn(table, name, types);
}

/** The columns of those roles and types with their role, in the order of the assignments. */
export function listRoleColumns<T extends ColumnType = ColumnType>(
  { table, roles }: TableWithRoles,
  wanted: readonly ColumnRole[],
  ...types: readonly T[]
): { column: ColumnOf<T>; role: ColumnRole }[] {
  return roles.flatMap(({ column: name, role }) => {
    const column = wanted.includes(role) ? pickColumn(table, name, types) : undefined;
    return column === undefined ? [] : [{ column, role }];
  });
}

function pickColumn<T extends ColumnType>(
  table: Table,
  name: string,
  types: readonly T[],
): ColumnOf<T> | undefined {
  const column: Column | undefined = findColumn(table, name);
  if (column === undefined) return undefined;
  return types.length === 0 || isOfType(column, ...types) ? (column as ColumnOf<T>) : undefined;
}
