import { exactExp, exactLog } from '#base/exact-math.ts';
import { sortFinite, type Sliced } from '#base/slices.ts';
import { findRange, quantileOfSorted } from '#base/statistics.ts';
import { isInside } from '../recipe/recipe-step.ts';
import type { NumberColumn } from '../table.ts';
import { findShareScale } from './check-shares.ts';
import { listRoleColumns } from '../role-columns.ts';
import { findRows, type QualityFinding } from './finding.ts';
import type { QualitySubject } from './quality-subject.ts';

/** Tukey's outer fences (Exploratory Data Analysis, 1977): one value of 400,000 of a normal law is beyond. */
const fenceWidth = 3;
const minValues = 20;
/** What more of a column's values do is its nature: two kinds of plant, a tail. */
const maxShareOutside = 0.02;

export interface Fences {
  readonly min: number;
  readonly max: number;
  readonly isLogScale: boolean;
}

/**
 * Values beyond Tukey's outer fences, on the logarithm where that makes the quartiles more even: the
 * long tail of durations is their nature, not an error. Shares have a check of their own.
 */
export function* checkOutliers(subject: QualitySubject): Sliced<QualityFinding[]> {
  const findings: QualityFinding[] = [];
  const roles = ['target', 'announced', 'lever', 'context'] as const;
  for (const { column, role } of listRoleColumns(subject, roles, 'number')) {
    if (findShareScale(column) !== null) continue;
    const sorted = yield* sortFinite(column.values);
    yield;
    findings.push(...examine(column, sorted, role === 'target'));
  }
  return findings;
}

/**
 * [Q1 − 3·IQR, Q3 + 3·IQR]; where no value is negative, or the same of the logarithms of the positive
 * ones (zeros are inside). Null with fewer than 20 values or where half of them are equal, so that no
 * spread can be told. The values come sorted.
 */
export function findFences(sorted: Float64Array): Fences | null {
  if (sorted.length < minValues) return null;
  const raw = widen(findQuartiles(sorted));
  if (raw === null || (sorted[0] ?? 0) < 0) return raw && { ...raw.fences, isLogScale: false };
  const log = widen(findQuartiles(sorted.subarray(sorted.findIndex((value) => value > 0))).map(exactLog));
  if (log === null || log.unevenness >= raw.unevenness) return { ...raw.fences, isLogScale: false };
  const hasZero = sorted[0] === 0;
  return { min: hasZero ? 0 : exactExp(log.fences.min), max: exactExp(log.fences.max), isLogScale: true };
}

function findQuartiles(sorted: Float64Array): number[] {
  return [0.25, 0.5, 0.75].map((share) => quantileOfSorted(sorted, share));
}

/** Fences around three quartiles, and by how much the median is off their middle, 0–1 (Bowley's skewness). */
function widen(
  quartiles: readonly number[],
): { fences: { min: number; max: number }; unevenness: number } | null {
  const [low, middle, high] = quartiles as [number, number, number];
  const range = high - low;
  if (!(range > 0)) return null;
  return {
    fences: { min: low - fenceWidth * range, max: high + fenceWidth * range },
    unevenness: Math.abs(high + low - 2 * middle) / range,
  };
}

function examine({ name, values }: NumberColumn, sorted: Float64Array, isTarget: boolean): QualityFinding[] {
  const fences = findFences(sorted);
  if (fences === null) return [];
  const { max: high, isLogScale } = fences;
  // Where nothing is negative nothing can be: durations, counts.
  const low = (sorted[0] ?? 0) >= 0 ? Math.max(0, fences.min) : fences.min;
  const bounds = { min: low, max: high };
  const rows = findRows(values, (value) => !isInside(value, bounds));
  if (rows.count === 0 || rows.count > maxShareOutside * values.length) return [];
  const [min, max] = findRange(sorted);
  const kind = isTarget ? 'exclude-outside' : 'set-missing-outside';
  return [
    {
      code: 'outliers',
      columns: [name],
      rows,
      severity: 'info',
      details: { low, high, isLogScale, min, max },
      proposal: { kind, column: name, bounds },
    },
  ];
}
