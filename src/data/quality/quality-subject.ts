import type { Sliced } from '#base/slices.ts';
import type { ColumnRole, RoleAssignment } from '../roles.ts';
import type { Column, Table } from '../table.ts';
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

export function roleOf({ roles }: QualitySubject, name: string): ColumnRole {
  return roles.find(({ column }) => column === name)?.role ?? 'ignore';
}

export function countMissing(column: Column): number {
  let nMissing = 0;
  if (column.type === 'category') for (const code of column.codes) nMissing += code < 0 ? 1 : 0;
  else for (const value of column.values) nMissing += Number.isNaN(value) ? 1 : 0;
  return nMissing;
}
