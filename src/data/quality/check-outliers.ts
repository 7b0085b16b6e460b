import { exactExp, exactLog } from '#base/exact-math.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { isInside } from '../recipe/recipe-step.ts';
import type { NumberColumn } from '../table.ts';
import { findShareScale } from './check-shares.ts';
import { listRows, type QualityFinding } from './finding.ts';
import { listRoleColumns, type QualitySubject } from './quality-subject.ts';

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
export function checkOutliers(subject: QualitySubject): QualityFinding[] {
  const roles = ['target', 'announced', 'lever', 'context'] as const;
  return listRoleColumns(subject, roles, 'number').flatMap(({ column, role }) =>
    findShareScale(column) === null ? examine(column, role === 'target') : [],
  );
}

/**
 * [Q1 − 3·IQR, Q3 + 3·IQR]; where no value is negative, or the same of the logarithms of the positive
 * ones (zeros are inside). Null with fewer than 20 values or where half of them are equal, so that no
 * spread can be told. O(n log n).
 */
export function findFences(values: Float64Array): Fences | null {
  const sorted = sortedFinite(values);
  if (sorted.length < minValues) return null;
  const raw = widen(findQuartiles(sorted));
  if (raw === null || (sorted[0] as number) < 0) return raw && { ...raw.fences, isLogScale: false };
  const log = widen(findQuartiles(sorted.filter((value) => value > 0)).map(exactLog));
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

function examine({ name, values }: NumberColumn, isTarget: boolean): QualityFinding[] {
  const fences = findFences(values);
  if (fences === null) return [];
  const { min: low, max: high, isLogScale } = fences;
  const bounds = { min: low, max: high };
  const rows = listRows(values.length, (row) => !isInside(values[row] as number, bounds));
  if (rows.count === 0 || rows.count > maxShareOutside * values.length) return [];
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
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
