/**
 * The median of the first k values for each k from 0 (NaN) to n; even counts take the mean of the
 * middle two. O(n log n): sorts once, then takes the values out of a linked list, last first, while the
 * middle moves by at most one place.
 */
export function computeRunningMedians(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const byValue = Array.from({ length: n }, (_, i) => i);
  byValue.sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  const placeOf = new Int32Array(n);
  byValue.forEach((i, place) => (placeOf[i] = place));
  const next = Int32Array.from({ length: n }, (_, place) => place + 1);
  const previous = Int32Array.from({ length: n }, (_, place) => place - 1);
  const valueAt = (place: number) => values[byValue[place] as number] as number;
  const medians = new Float64Array(n + 1).fill(NaN);
  let middle = (n - 1) >> 1; // the lower middle
  for (let k = n; k >= 1; k--) {
    const isOdd = k % 2 === 1;
    const after = next[middle] as number;
    medians[k] = isOdd ? valueAt(middle) : (valueAt(middle) + valueAt(after)) / 2;
    const removed = placeOf[k - 1] as number;
    if (isOdd && removed >= middle) middle = previous[middle] as number;
    else if (!isOdd && removed <= middle) middle = after;
    const left = previous[removed] as number;
    const right = next[removed] as number;
    if (left >= 0) next[left] = right;
    if (right < n) previous[right] = left;
  }
  return medians;
}
