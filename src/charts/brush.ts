/** Of an axis, in shares of its height: from, to. */
export type Range = readonly [number, number];

/** Less than this was a click, which bounds nothing. */
const LEAST_SPAN = 0.02;

/** Whether a line passes every bound; where it has no value on a bound axis, it does not. */
export function isPicked(shares: readonly number[], bounds: ReadonlyMap<number, Range>): boolean {
  return [...bounds].every(([axis, [low, high]]) => {
    const share = shares[axis] ?? NaN;
    return share >= low - 1e-9 && share <= high + 1e-9;
  });
}

/** One end of a range moved, not beyond the other end nor the axis; null where all of the axis is left. */
export function moveBound([low, high]: Range, end: 0 | 1, by: number): Range | null {
  const moved: Range =
    end === 0 ? [Math.min(high, Math.max(0, low + by)), high] : [low, Math.max(low, Math.min(1, high + by))];
  return moved[0] <= 1e-9 && moved[1] >= 1 - 1e-9 ? null : moved;
}

/** What was dragged over; null for a click. */
export function spanOf(from: number, to: number): Range | null {
  return Math.abs(to - from) < LEAST_SPAN ? null : [Math.min(from, to), Math.max(from, to)];
}
