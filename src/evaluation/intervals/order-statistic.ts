import { AppError } from '#base/errors.ts';

/**
 * Slack for level · (n + 1) to be read as the integer it stands for: 0.07 · 100 is 7.000000000000001
 * in binary, and the next rank up would be one too many.
 */
const ROUNDING = 1e-9;

/** Most order statistics kept of one sample of residuals: a model file stays small however long the data. */
const MAX_KEPT = 4096;

/** A sorted sample of residuals, or of a large one the order statistics at an even grid of ranks. JSON-able. */
export interface OrderStatistics {
  /** Size of the sample they were taken from. */
  readonly n: number;
  /** Ascending. values[j] has rank j + 1 when none was left out, else rank ceil((j + 1) · n / length). */
  readonly values: readonly number[];
}

/** NaN is left out; of more than `maxKept` values an even grid of ranks is kept. O(n log n). */
export function collectOrderStatistics(
  sample: ArrayLike<number>,
  maxKept: number = MAX_KEPT,
): OrderStatistics {
  const sorted = Float64Array.from(sample)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const n = sorted.length;
  const nKept = Math.min(n, maxKept);
  const values = Array.from({ length: nKept }, (_, j) => sorted[rankOfKept(j, n, nKept) - 1]);
  return { n, values };
}

function rankOfKept(j: number, n: number, nKept: number): number {
  return Math.ceil(((j + 1) * n) / nKept);
}

/**
 * Rank whose order statistic the next, exchangeable value stays at or below with probability ≥ `level`:
 * ceil((n + 1) · level). Above n there is no such value (Vovk, Gammerman & Shafer 2005; Lei et al. 2018).
 */
export function upperRank(level: number, n: number): number {
  checkLevel(level);
  return Math.ceil(level * (n + 1) - ROUNDING);
}

/** Rank whose order statistic the next value stays below with probability ≤ `level`: floor((n + 1) · level). */
export function lowerRank(level: number, n: number): number {
  checkLevel(level);
  return Math.floor(level * (n + 1) + ROUNDING);
}

/** Smallest n that can carry an upper bound at `level`: 4 for 0.8, 9 for 0.9, 19 for 0.95. */
export function neededForUpper(level: number): number {
  checkLevel(level);
  return Math.ceil(level / (1 - level) - ROUNDING);
}

/** Smallest n that can carry a lower bound at `level`: 9 for 0.1. */
export function neededForLower(level: number): number {
  return neededForUpper(1 - level);
}

/** The upper bound at `level`, or null where n is too small. Between kept ranks, the next above. O(1). */
export function findUpper(sample: OrderStatistics, level: number): number | null {
  const rank = upperRank(level, sample.n);
  if (rank > sample.n) return null;
  // The smallest j with ceil((j + 1) · n / kept) ≥ rank.
  let j = Math.max(0, Math.floor(((rank - 1) * sample.values.length) / sample.n) - 1);
  while (rankOfKept(j, sample.n, sample.values.length) < rank) j += 1;
  return sample.values[j];
}

/** The lower bound at `level`, or null where n is too small. Between kept ranks, the next below. O(1). */
export function findLower(sample: OrderStatistics, level: number): number | null {
  const rank = lowerRank(level, sample.n);
  if (rank < 1) return null;
  let j = Math.min(sample.values.length, Math.ceil((rank * sample.values.length) / sample.n) + 1) - 1;
  while (j >= 0 && rankOfKept(j, sample.n, sample.values.length) > rank) j -= 1;
  return j < 0 ? null : sample.values[j];
}

/**
 * Largest level that a bound may be claimed at: (number of the sample for which `isWithin`) / (n + 1).
 * `isWithin` must be true up to some value and false above. Never 1: what was never exceeded can still
 * be exceeded. O(log n).
 */
export function findLevel(sample: OrderStatistics, isWithin: (value: number) => boolean): number {
  let low = 0;
  let high = sample.values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isWithin(sample.values[middle])) low = middle + 1;
    else high = middle;
  }
  const rank = low === 0 ? 0 : rankOfKept(low - 1, sample.n, sample.values.length);
  return rank / (sample.n + 1);
}

function checkLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw new AppError('invalid-setting', `level must be between 0 and 1, both excluded; got ${level}.`, {
    name: 'level',
    value: level,
    min: 0,
    max: 1,
  });
}
