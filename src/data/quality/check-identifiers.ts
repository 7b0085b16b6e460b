import { isSliceEnd, type Sliced } from '#base/slices.ts';
import { listRows, type QualityFinding } from './finding.ts';
import { findRoleColumn, type QualitySubject } from './quality-subject.ts';

/** Identifiers that come back: revisions of one outage, or one line per day of it. */
export function* checkIdentifiers(
  subject: Pick<QualitySubject, 'table' | 'roles'>,
): Sliced<QualityFinding[]> {
  const identifier =
    findRoleColumn(subject, 'identifier', 'category') ?? findRoleColumn(subject, 'identifier', 'number');
  if (identifier === undefined) return [];
  const keys = identifier.type === 'category' ? identifier.codes : identifier.values;
  const counts = new Map<number, number>();
  for (let row = 0; row < keys.length; row++) {
    if (isSliceEnd(row)) yield;
    const key = keys[row] as number;
    if (isKnown(key)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  yield;
  const rows = listRows(keys.length, (row) => (counts.get(keys[row] as number) ?? 0) > 1);
  if (rows.count === 0) return [];
  let nOutages = 0;
  for (const count of counts.values()) if (count > 1) nOutages += 1;
  const { name } = identifier;
  const version = subject.roles.find(({ role }) => role === 'version')?.column;
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
