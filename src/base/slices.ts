/**
 * Work that can be interrupted: it yields wherever it may pause, some milliseconds apart, and returns its result.
 * One text serves both whoever must have the result at once and whoever must let others yield in between.
 */
export type Sliced<T> = Generator<void, T, void>;

/** Rows of a simple loop between two pauses: a millisecond or two. */
export const SLICE_ROWS = 32_768;

/** True on every `SLICE_ROWS`th row but the first: time to yield. */
export function isSliceEnd(row: number): boolean {
  return row > 0 && row % SLICE_ROWS === 0;
}

export function runAtOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Awaits `pace` at every pause; what it throws ends the work. */
export async function runInSlices<T>(work: Sliced<T>, pace: () => Promise<void>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pace();
  }
}

/** The values but NaN in ascending order; runs are sorted apart and merged. O(n log n). */
export function* sortFinite(values: Float64Array): Sliced<Float64Array> {
  let sorted = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    if (isSliceEnd(i)) yield;
    const value = values[i] as number;
    if (!Number.isNaN(value)) sorted[n++] = value;
  }
  sorted = sorted.subarray(0, n);
  for (let from = 0; from < sorted.length; from += SLICE_ROWS) {
    sorted.subarray(from, from + SLICE_ROWS).sort();
    yield;
  }
  let spare = new Float64Array(sorted.length);
  for (let width = SLICE_ROWS; width < sorted.length; width *= 2) {
    for (let from = 0; from < sorted.length; from += 2 * width) yield* merge(sorted, from, width, spare);
    [sorted, spare] = [spare, sorted];
  }
  return sorted;
}

/** Merges the runs [from, from + width) and the one behind it into the same places of `outMerged`. */
function* merge(values: Float64Array, from: number, width: number, outMerged: Float64Array): Sliced<void> {
  const middle = Math.min(from + width, values.length);
  const end = Math.min(middle + width, values.length);
  let left = from;
  let right = middle;
  for (let at = from; at < end; at++) {
    if (isSliceEnd(at)) yield;
    const takesLeft =
      right === end || (left < middle && (values[left] as number) <= (values[right] as number));
    outMerged[at] = values[takesLeft ? left++ : right++] as number;
  }
}
