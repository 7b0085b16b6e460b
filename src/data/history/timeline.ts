import { gather } from '#base/arrays.ts';
import { computeRunningMedians } from './running-medians.ts';

/**
 * The finished outages of one unit or one class in the order of their ends, with what a question about
 * any instant needs at hand. Of an instant, only the first `lowerBound(ends, instant)` outages are its past.
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
  const difference = (values: Float64Array, a: number, b: number) => (values[a] ?? NaN) - (values[b] ?? NaN);
  const inOrder = outages.toSorted((a, b) => difference(end, a, b) || difference(start, a, b) || a - b);
  const durations = gather(duration, inOrder);
  const lastLong = new Int32Array(inOrder.length + 1).fill(-1);
  let last = -1;
  for (const [position, value] of durations.entries()) {
    if (longThreshold !== null && value >= longThreshold) last = position;
    lastLong[position + 1] = last;
  }
  return {
    ends: gather(end, inOrder),
    starts: gather(start, inOrder),
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
