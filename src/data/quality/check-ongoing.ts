import type { Sliced } from '#base/slices.ts';
import { findRoleColumn } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Outages that have begun and have no end yet, or one still to come: kept apart, not learnt from. */
export function* checkOngoing(subject: QualitySubject): Sliced<QualityFinding[]> {
  const end = findRoleColumn(subject, 'end', 'date');
  if (end === undefined) return [];
  const start = findRoleColumn(subject, 'start', 'date')?.values;
  const target = findRoleColumn(subject, 'target', 'number')?.values;
  const { values } = end;
  const hasBegun = (row: number) => start === undefined || !Number.isNaN(start[row]);
  const hasNoDuration = (row: number) => target === undefined || Number.isNaN(target[row]);
  const hasNoEnd = (end: number, row: number) => Number.isNaN(end) && hasBegun(row) && hasNoDuration(row);
  const endsLater = (end: number) => end > subject.now;
  const rows = findRows(values, (end, row) => hasNoEnd(end, row) || endsLater(end));
  if (rows.count === 0) return [];
  yield;
  const nEndsInFuture = findRows(values, endsLater).count;
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
