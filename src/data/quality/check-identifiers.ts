import { isSliceEnd, type Sliced } from '#base/slices.ts';
import { findRoleColumn, findRoleName } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Identifiers that come back: revisions of one outage, or one line per day of it. */
export function* checkIdentifiers(
  subject: Pick<QualitySubject, 'table' | 'roles'>,
): Sliced<QualityFinding[]> {
  const identifier = findRoleColumn(subject, 'identifier', 'category', 'number');
  if (identifier === undefined) return [];
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const counts = new Map<number, number>();
  for (const [row, key] of keys.entries()) {
    if (isSliceEnd(row)) yield;
    if (isKnown(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  yield;
  const rows = findRows(keys, (key) => (counts.get(key) ?? 0) > 1);
  if (rows.count === 0) return [];
  let nOutages = 0;
  for (const count of counts.values()) if (count > 1) nOutages += 1;
  const { name } = identifier;
  const version = findRoleName(subject.roles, 'version');
  if (version !== undefined) {
    return [
      {
        code: 'several-versions',
        columns: [name, version],
        rows,
        severity: 'info', // the latest is what is learnt from anyway
        details: { nOutages },
        proposal: { kind: 'keep-latest-version', identifier: name, version },
      },
    ];
  }
  const start = findRoleColumn(subject, 'start', 'date')?.name;
  const end = findRoleColumn(subject, 'end', 'date')?.name;
  const canMerge = start !== undefined && end !== undefined;
  return [
    {
      code: 'several-rows-per-outage',
      columns: [name],
      rows,
      severity: 'error', // each line would count as an outage of its own
      details: { nOutages },
      proposal: canMerge ? { kind: 'merge-rows', identifier: name, start, end } : null,
    },
  ];
}

/** Codes below 0 and NaN are missing. */
function isKnown(key: number): boolean {
  return !Number.isNaN(key) && key !== -1;
}
