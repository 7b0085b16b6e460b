/** A dot of a stack: its column along the axis, and its place in the stack from 0. */
export interface StackedDot {
  readonly column: number;
  readonly place: number;
}

export interface DotStacks {
  readonly dots: readonly StackedDot[];
  /** Of the highest stack. */
  readonly height: number;
  /** Values beyond the ends of the axis, which have no dot. */
  readonly nBeyond: number;
}

/** Values as dots in `nColumns` columns of equal width along the axis, one upon another where they fall together. O(n). */
export function stackDots(
  values: ArrayLike<number>,
  [low, high]: readonly [number, number],
  nColumns: number,
): DotStacks {
  const heights = new Int32Array(nColumns);
  const dots: StackedDot[] = [];
  let nBeyond = 0;
  for (const value of Array.from(values)) {
    if (!(value >= low && value <= high)) {
      nBeyond++;
      continue;
    }
    const column = Math.min(nColumns - 1, Math.floor(((value - low) / (high - low)) * nColumns));
    const place = heights[column] ?? 0;
    dots.push({ column, place });
    heights[column] = place + 1;
  }
  return { dots, height: Math.max(0, ...heights), nBeyond };
}
