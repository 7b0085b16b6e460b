import type { Sliced } from '#base/slices.ts';
import { listRows, type QualityFinding } from './finding.ts';
import { findRoleColumn, type QualitySubject } from './quality-subject.ts';

/** Outages that have begun and have no end yet, or one still to come: kept apart, not learnt from. */
export function* checkOngoing(subject: QualitySubject): Sliced<QualityFinding[]> {
  const end = findRoleColumn(subject, 'end', 'date');
  if (end === undefined) return [];
  const start = findRoleColumn(subject, 'start', 'date')?.values;
  const target = findRoleColumn(subject, 'target', 'number')?.values;
  const { values } = end;
  const hasBegun = (row: number) => start === undefined || !Number.isNaN(start[row]);
  const hasNoDuration = (row: number) => target === undefined || Number.isNaN(target[row]);
  const hasNoEnd = (row: number) => Number.isNaN(values[row]) && hasBegun(row) && hasNoDuration(row);
  const endsLater = (row: number) => (values[row] as number) > subject.now;
  const rows = listRows(values.length, (row) => hasNoEnd(row) || endsLater(row));
  if (rows.count === 0) return [];
  yield;
  const nEndsInFuture = listRows(values.length, endsLater).count;
  return [
    {
      code: 'ongoing-outages',
      columns: [end.name],
      rows,
      severity: 'info',
      details: { nWithoutEnd: rows.count - nEndsInFuture, nEndsInFuture },
      proposal: null,
    },
  ];
}
