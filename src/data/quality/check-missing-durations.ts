import { subtract } from '#base/arrays.ts';
import type { Sliced } from '#base/slices.ts';
import { guessUnit } from '../duration-unit.ts';
import { findRoleColumn } from '../role-columns.ts';
import { isTimeUnit, msPerUnit } from '../time-units.ts';
import { findRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Share of the durations that end − start must give, and how far they may be off: a written digit. */
const agreement = 0.9;
const tolerance = 0.02;

/** Empty durations that start and end give, where they give the written ones too. */
export function* checkMissingDurations(
  subject: Pick<QualitySubject, 'table' | 'roles'>,
): Sliced<QualityFinding[]> {
  const start = findRoleColumn(subject, 'start', 'date');
  const end = findRoleColumn(subject, 'end', 'date');
  const target = findRoleColumn(subject, 'target', 'number');
  if (!start || !end || !target) return [];
  const unit = guessUnit(target, start, end, undefined);
  if (!isTimeUnit(unit)) return [];
  yield;
  const spans = subtract(end.values, start.values).map((ms) => ms / msPerUnit[unit]);
  const rows = findRows(target.values, (value, row) => Number.isNaN(value) && (spans[row] ?? NaN) > 0);
  if (rows.count === 0) return [];
  yield;
  const isBoth = (value: number, row: number) => value > 0 && !Number.isNaN(spans[row]);
  const nBoth = findRows(target.values, isBoth).count;
  const nAgreeing = findRows(
    target.values,
    (value, row) => isBoth(value, row) && Math.abs((spans[row] ?? NaN) / value - 1) <= tolerance,
  ).count;
  if (nBoth === 0 || nAgreeing < agreement * nBoth) return [];
  return [
    {
      code: 'missing-durations',
      columns: [target.name, start.name, end.name],
      rows,
      severity: 'warning',
      details: { nAgreeing, nBoth },
      proposal: { kind: 'fill-duration', column: target.name, start: start.name, end: end.name, unit },
    },
  ];
}
