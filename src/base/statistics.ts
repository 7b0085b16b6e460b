import { AppError } from './errors.ts';

/** Arithmetic mean; NaN for no value. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] as number;
  return sum / values.length;
}

/** Standard deviation with n − 1 in the denominator; 0 for fewer than two values. */
export function sampleDeviation(values: ArrayLike<number>): number {
  if (values.length < 2) return 0;
  const centre = mean(values);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += ((values[i] as number) - centre) ** 2;
  return Math.sqrt(sum / (values.length - 1));
}

/** A sorted copy without NaN. O(n log n). */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  const known = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) known[n++] = value;
  }
  return known.slice(0, n).sort();
}

/** Quantile of already sorted values by linear interpolation (type 7, numpy's default); NaN for none. */
export function quantileOfSorted(sorted: ArrayLike<number>, share: number): number {
  if (!(share >= 0 && share <= 1)) {
    throw new AppError('invalid-setting', `share must be in [0, 1], got ${share}`, {
      name: 'share',
      value: share,
    });
  }
  if (sorted.length === 0) return NaN;
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (high - low) * (position - below);
}

/** Median of the values that are not NaN; NaN for none. */
export function median(values: ArrayLike<number>): number {
  return quantileOfSorted(sortedFinite(values), 0.5);
}

/** The least and the greatest value; [∞, −∞] of none. */
export function findRange(values: ArrayLike<number>): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** The distinct codes, the most frequent first; of equals the lower. O(n + distinct log distinct). */
export function rankByFrequency(codes: Iterable<number>): number[] {
  const counts = new Map<number, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, nA], [b, nB]) => nB - nA || a - b).map(([code]) => code);
}
