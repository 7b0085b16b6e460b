import { argsort, gather, invertOrder, range } from '#base/arrays.ts';

/**
 * The median of the first k values for each k from 0 (NaN) to n; even counts take the mean of the
 * middle two. O(n log n): sorts once, then takes the values out of a linked list, last first, while the
 * middle moves by at most one place.
 */
export function computeRunningMedians(values: Float64Array): Float64Array {
  const n = values.length;
  const order = argsort(values);
  const sorted = gather(values, order);
  const placeOf = invertOrder(order);
  const next = range(n).map((place) => place + 1);
  const previous = range(n).map((place) => place - 1);
  const medians = new Float64Array(n + 1).fill(NaN);
  let middle = (n - 1) >> 1; // the lower middle
  for (let k = n; k >= 1; k--) {
    const isOdd = k % 2 === 1;
    const after = next[middle] as number;
    const low = sorted[middle] as number;
    medians[k] = isOdd ? low : (low + (sorted[after] as number)) / 2;
    const removed = placeOf[k - 1] as number;
    const [left, right] = [previous[removed] as number, next[removed] as number];
    if (isOdd && removed >= middle) middle = previous[middle] as number;
    else if (!isOdd && removed <= middle) middle = after;
    if (left >= 0) next[left] = right;
    if (right < n) previous[right] = left;
  }
  return medians;
}
