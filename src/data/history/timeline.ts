import { computeRunningMedians } from './running-medians.ts';

/**
 * The finished outages of one unit or one class in the order of their ends, with what a question about
 * any instant needs at hand. Of an instant, only the first `countBefore(instant)` outages are its past.
 */
export interface Timeline {
  /** Milliseconds, ascending. */
  readonly ends: Float64Array;
  readonly starts: Float64Array;
  readonly durations: Float64Array;
  /** Median of the first k durations, k = 0 … n. */
  readonly medians: Float64Array;
  /** Position of the last long outage among the first k, k = 0 … n; −1 for none. */
  readonly lastLong: Int32Array;
}

/** `outages` are positions in the lists, in any order. O(n log n). */
export function buildTimeline(
  outages: readonly number[],
  lists: { readonly start: Float64Array; readonly end: Float64Array; readonly duration: Float64Array },
  longThreshold: number | null,
): Timeline {
  const { start, end, duration } = lists;
  const inOrder = outages.toSorted(
    (a, b) => (end[a] as number) - (end[b] as number) || (start[a] as number) - (start[b] as number) || a - b,
  );
  const pick = (values: Float64Array) => Float64Array.from(inOrder, (outage) => values[outage] as number);
  const durations = pick(duration);
  const lastLong = new Int32Array(inOrder.length + 1).fill(-1);
  for (let k = 1; k < lastLong.length; k++) {
    const isLong = longThreshold !== null && (durations[k - 1] as number) >= longThreshold;
    lastLong[k] = isLong ? k - 1 : (lastLong[k - 1] as number);
  }
  return {
    ends: pick(end),
    starts: pick(start),
    durations,
    medians: computeRunningMedians(durations),
    lastLong,
  };
}

/** That of a label never seen: its counts are 0. */
export const emptyTimeline = buildTimeline(
  [],
  { start: new Float64Array(0), end: new Float64Array(0), duration: new Float64Array(0) },
  null,
);

/** How many of the ascending values lie strictly before the instant. O(log n). */
export function countBefore(ascending: Float64Array, instant: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
