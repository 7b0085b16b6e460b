import { mean, median, quantileOfSorted, sortedFinite } from '#base/statistics.ts';

/** The middle of some neighbouring points. */
export interface SliceMedian {
  readonly x: number;
  readonly y: number;
  readonly n: number;
}

/**
 * Medians of `y` in slices of about equal count along `x`: where residuals lean. At most `maxSlices`, each of at
 * least five points; a pair with NaN is left out. O(n log n).
 */
export function findSliceMedians(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  maxSlices = 10,
): readonly SliceMedian[] {
  const order = orderBy(x, (i) => !Number.isNaN(x[i]) && !Number.isNaN(y[i]));
  return cutEvenly(order, Math.min(maxSlices, Math.floor(order.length / 5))).map((slice) => ({
    x: median(slice.map((i) => x[i])),
    y: median(slice.map((i) => y[i])),
    n: slice.length,
  }));
}

export interface IntervalSlice {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The announced range along the prediction: means over at most 24 slices of at least four neighbours, as classes
 * differ in width. Outages whose range could not be claimed (NaN) are left out. O(n log n).
 */
export function averageIntervals(
  predicted: ArrayLike<number>,
  low: ArrayLike<number>,
  high: ArrayLike<number>,
): readonly IntervalSlice[] {
  const order = orderBy(predicted, (i) => !Number.isNaN(low[i]) && !Number.isNaN(high[i]));
  return cutEvenly(order, Math.min(24, Math.floor(order.length / 4))).map((slice) => ({
    x: mean(slice.map((i) => predicted[i])),
    low: mean(slice.map((i) => low[i])),
    high: mean(slice.map((i) => high[i])),
  }));
}

function orderBy(values: ArrayLike<number>, isKept: (index: number) => boolean): number[] {
  return Array.from({ length: values.length }, (_, i) => i)
    .filter((i) => isKept(i))
    .sort((a, b) => values[a] - values[b] || a - b);
}

function cutEvenly(order: readonly number[], nSlices: number): number[][] {
  const border = (slice: number) => Math.floor((slice * order.length) / nSlices);
  return Array.from({ length: nSlices }, (_, slice) => order.slice(border(slice), border(slice + 1)));
}

/**
 * The range of values to draw where one far value would press all others together: the ends, unless they lie more
 * than half its width beyond the range of the middle 98 %; then that range and a tenth. NaN for none. O(n log n).
 */
export function findRobustRange(values: ArrayLike<number>): readonly [low: number, high: number] {
  const sorted = sortedFinite(values);
  const [least, greatest] = [sorted[0] ?? NaN, sorted.at(-1) ?? NaN];
  const [from, to] = [quantileOfSorted(sorted, 0.01), quantileOfSorted(sorted, 0.99)];
  const width = to - from;
  return [
    least < from - width / 2 ? from - width / 10 : least,
    greatest > to + width / 2 ? to + width / 10 : greatest,
  ];
}
