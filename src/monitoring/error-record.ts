import type { Instant } from '#base/instant.ts';
import { type DurationUnit, msPerDurationUnit } from '#data/duration-unit.ts';
import { mean, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { findBinomialBand } from '#evaluation/intervals/binomial-band.ts';
import { durationAt } from './coverage-record.ts';
import type { JudgedOutage } from './due-question.ts';

/** A median with its 95 % interval; bounds are null where n is too small for one. */
export interface MedianEstimate {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly n: number;
}

/** Two predictions of the same n outages: mean absolute errors. */
export interface ErrorBeside {
  readonly n: number;
  readonly model: number;
  readonly other: number;
}

/** In the target's unit. */
export interface ErrorRecord {
  readonly n: number;
  /** Of these, still under way: told by what they have lasted. */
  readonly nRunning: number;
  readonly meanAbsoluteError: number;
  /** Actual − P50, and actual/P50 − 1. Positive: later than announced. */
  readonly bias: MedianEstimate;
  readonly ratio: MedianEstimate;
  /** The planner's announced duration, and the median of the class, on the outages that had one; null for none. */
  readonly planned: ErrorBeside | null;
  readonly classMedian: ErrorBeside | null;
}

/**
 * Errors of whole cohorts: of outages whose last carried level has passed, which nothing of their own outcome decides. Null
 * where there is none.
 */
export function recordErrors(
  outages: readonly JudgedOutage[],
  until: Instant,
  unit: DurationUnit,
): ErrorRecord | null {
  const cohort = listCohort(outages, until);
  if (cohort.length === 0) return null;
  const ms = msPerDurationUnit(unit);
  const rows = cohort.map(({ announcement, start, lasted, levels }) => {
    const actual = (lasted ?? until - start) / ms;
    const p50 = (durationAt(levels, 0.5) ?? NaN) / ms;
    return {
      actual,
      error: Math.abs(actual - (announcement.value ?? p50)),
      bias: actual - p50,
      ratio: actual / p50 - 1,
      planned: announcement.planned,
      classMedian: announcement.classMedian,
    };
  });
  const beside = (other: 'planned' | 'classMedian'): ErrorBeside | null => {
    const known = rows.flatMap((row) => {
      const said = row[other];
      return said === null ? [] : [{ model: row.error, other: Math.abs(row.actual - said) }];
    });
    if (known.length === 0) return null;
    return {
      n: known.length,
      model: mean(known.map(({ model }) => model)),
      other: mean(known.map((each) => each.other)),
    };
  };
  return {
    n: rows.length,
    nRunning: cohort.filter(({ lasted }) => lasted === null).length,
    meanAbsoluteError: mean(rows.map(({ error }) => error)),
    bias: estimateMedian(rows.map(({ bias }) => bias)),
    ratio: estimateMedian(rows.map(({ ratio }) => ratio)),
    planned: beside('planned'),
    classMedian: beside('classMedian'),
  };
}

/** Outages with a P50 whose last level has passed. */
export function listCohort(outages: readonly JudgedOutage[], until: Instant): readonly JudgedOutage[] {
  return outages.filter(({ start, levels }) => {
    const last = levels.at(-1)?.duration ?? Infinity;
    return start + last <= until && (durationAt(levels, 0.5) ?? 0) > 0;
  });
}

/** The interval lies between two of the values, by the sign test: nothing of their shape is assumed. */
export function estimateMedian(values: readonly number[]): MedianEstimate {
  const sorted = sortedFinite(values);
  const n = sorted.length;
  const value = quantileOfSorted(sorted, 0.5);
  if (n === 0) return { value, low: null, high: null, n };
  const [low, high] = findBinomialBand(n, 0.5);
  const from = Math.round(low * n);
  const to = Math.round(high * n);
  return { value, low: sorted[from - 1] ?? null, high: sorted[to] ?? null, n };
}
