/**
 * Cuts one feature into at most `maxBins` bins of about equal sample count.
 *
 * `sorted` ascends and has no NaN. Returns the upper bounds of all bins but the last, ascending and finite,
 * so that `x` belongs to bin i when thresholds[i−1] < x ≤ thresholds[i]. With no more distinct values than
 * bins each value has its own bin and the bounds are midpoints. O(n), or O(maxBins · log n) when values abound.
 */
export function findBinThresholds(sorted: Float64Array, maxBins: number): Float64Array {
  return cutByValue(sorted, maxBins) ?? cutByCount(sorted, maxBins);
}

/** A bin for each distinct value; null when there are more than `maxBins`. */
function cutByValue(sorted: Float64Array, maxBins: number): Float64Array | null {
  const thresholds = new Float64Array(Math.min(maxBins - 1, sorted.length));
  let nThresholds = 0;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] === sorted[i - 1]) continue;
    if (nThresholds === maxBins - 1) return null;
    thresholds[nThresholds++] = midpoint(sorted[i - 1], sorted[i]);
  }
  return thresholds.slice(0, nThresholds);
}

/**
 * Each bin takes its share of the samples that are left, as nearly as whole values allow: the border is
 * moved to the nearer end of the run of equal values that it falls in.
 */
function cutByCount(sorted: Float64Array, maxBins: number): Float64Array {
  const thresholds = new Float64Array(maxBins - 1);
  let nThresholds = 0;
  let start = 0;
  while (nThresholds < maxBins - 1) {
    const wanted = start + (sorted.length - start) / (maxBins - nThresholds);
    const value = sorted[Math.min(Math.floor(wanted), sorted.length - 1)];
    const runStart = countBelow(sorted, value, start, false);
    const runEnd = countBelow(sorted, value, start, true);
    const isStartNearer = runStart > start && wanted - runStart <= runEnd - wanted;
    const border = isStartNearer || runEnd === sorted.length ? runStart : runEnd;
    if (border <= start) break;
    thresholds[nThresholds++] = midpoint(sorted[border - 1], sorted[border]);
    start = border;
  }
  return thresholds.slice(0, nThresholds);
}

/** First position from `low` on whose value is not below `value` (or not below or equal). */
function countBelow(sorted: Float64Array, value: number, low: number, orEqual: boolean): number {
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value || (orEqual && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A finite t with low ≤ t < high. */
function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const finite = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, middle));
  return finite >= low && finite < high ? finite : Math.max(low, -Number.MAX_VALUE);
}
