import type { Sliced } from '#base/slices.ts';
import type { ColumnRole, RoleAssignment } from '../roles.ts';
import { findColumn, type Column, type ColumnType, type Table } from '../table.ts';
import type { QualityFinding } from './finding.ts';

/** What the checks look at. */
export interface QualitySubject {
  readonly table: Table;
  readonly roles: readonly RoleAssignment[];
  /** The present instant in milliseconds. */
  readonly now: number;
}

/** Pauses at least between two passes over the rows. */
export type QualityCheck = (subject: QualitySubject) => Sliced<readonly QualityFinding[]>;

/** What is found in each of the items (columns, as a rule), pausing in between. */
export function* examineEach<Item>(
  items: readonly Item[],
  examine: (item: Item) => readonly QualityFinding[],
): Sliced<QualityFinding[]> {
  const findings: QualityFinding[] = [];
  for (const item of items) {
    yield;
    findings.push(...examine(item));
  }
  return findings;
}

type ColumnOf<T extends ColumnType> = Extract<Column, { type: T }>;

/** The first column of that role, if it is of that type. */
export function findRoleColumn<T extends ColumnType>(
  { table, roles }: Pick<QualitySubject, 'table' | 'roles'>,
  role: ColumnRole,
  type: T,
): ColumnOf<T> | undefined {
  const name = roles.find((assignment) => assignment.role === role)?.column;
  const column = name === undefined ? undefined : findColumn(table, name);
  return column?.type === type ? (column as ColumnOf<T>) : undefined;
}

export const featureRoles: readonly ColumnRole[] = ['lever', 'context', 'group', 'date'];

/** The columns of those roles and that type, with their role, in the order of the roles given. */
export function listRoleColumns<T extends ColumnType>(
  { table, roles }: QualitySubject,
  wanted: readonly ColumnRole[],
  type: T,
): { column: ColumnOf<T>; role: ColumnRole }[] {
  return roles.flatMap(({ column: name, role }) => {
    const column = wanted.includes(role) ? findColumn(table, name) : undefined;
    return column?.type === type ? [{ column: column as ColumnOf<T>, role }] : [];
  });
}

export function roleOf({ roles }: QualitySubject, name: string): ColumnRole {
  return roles.find(({ column }) => column === name)?.role ?? 'ignore';
}

export function countMissing(column: Column): number {
  let nMissing = 0;
  if (column.type === 'category') for (const code of column.codes) nMissing += code < 0 ? 1 : 0;
  else for (const value of column.values) nMissing += Number.isNaN(value) ? 1 : 0;
  return nMissing;
}

/** Rows per label, by code. */
export function countLabels(codes: Int32Array, nCategories: number): Int32Array {
  const counts = new Int32Array(nCategories);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}
