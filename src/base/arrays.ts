/** 0 … n − 1. */
export function range(n: number): Int32Array {
  const positions = new Int32Array(n);
  for (let i = 0; i < n; i++) positions[i] = i;
  return positions;
}

/** At most `most` of the positions 0 … n − 1, evenly spread from the first on, ascending. */
export function spreadEvenly(n: number, most: number): Int32Array {
  const length = Math.min(n, most);
  return range(length).map((i) => Math.floor((i * n) / length));
}

/** The values at the positions, in their order, in an array of the same kind. Each position must exist. O(positions). */
export function gather(values: Float64Array, positions: ArrayLike<number>): Float64Array;
export function gather(values: Int32Array, positions: ArrayLike<number>): Int32Array;
export function gather<T>(values: readonly T[], positions: ArrayLike<number>): T[];
export function gather(
  values: Float64Array | Int32Array | readonly unknown[],
  positions: ArrayLike<number>,
): Float64Array | Int32Array | unknown[] {
  if (values instanceof Float64Array) return copyTo(new Float64Array(positions.length), values, positions);
  if (values instanceof Int32Array) return copyTo(new Int32Array(positions.length), values, positions);
  return Array.from(positions, (position) => values[position]);
}

function copyTo<A extends Float64Array | Int32Array>(out: A, values: A, positions: ArrayLike<number>): A {
  for (let i = 0; i < out.length; i++) out[i] = values[positions[i] as number] as number;
  return out;
}

/** a − b, value by value; NaN where either is. */
export function subtract(a: Float64Array, b: ArrayLike<number>): Float64Array {
  return a.map((value, i) => value - (b[i] as number));
}

/** How many of the ascending values lie strictly below `value`: the first place it could take. O(log n). */
export function lowerBound(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of the ascending values lie at or below `value`. O(log n). */
export function upperBound(ascending: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The positions in ascending order of their values, equal values in order of position. No value may be NaN. O(n log n). */
export function argsort(values: ArrayLike<number>): Int32Array {
  return range(values.length).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
}

/** Where each position stands in an order of all of them: placeOf[order[place]] = place. */
export function invertOrder(order: ArrayLike<number>): Int32Array {
  const placeOf = new Int32Array(order.length);
  for (let place = 0; place < order.length; place++) placeOf[order[place] as number] = place;
  return placeOf;
}

/** How often each of the codes 0 … nCodes − 1 occurs; −1, a missing label, is not counted. */
export function countCodes(codes: Iterable<number>, nCodes: number): Int32Array {
  const counts = new Int32Array(nCodes);
  for (const code of codes) if (code >= 0) counts[code] = (counts[code] as number) + 1;
  return counts;
}
