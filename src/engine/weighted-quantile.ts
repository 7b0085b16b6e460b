/**
 * The quantile of `values` under `weights` (null = equal). Unweighted: linear interpolation as numpy's
 * default. Weighted: the lowest value at which the weight up to and with it reaches the share.
 * O(n log n); reorders `values` when unweighted. 0 for no value or no weight.
 */
export function findWeightedQuantile(
  values: Float64Array,
  weights: Float64Array | null,
  share: number,
): number {
  if (values.length === 0) return 0;
  if (weights === null) {
    values.sort();
    const position = share * (values.length - 1);
    const below = Math.floor(position);
    const low = values[below];
    const high = values[Math.min(below + 1, values.length - 1)];
    return low + (high - low) * (position - below);
  }
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b] || a - b);
  let total = 0;
  for (const i of order) total += weights[i];
  let sum = 0;
  let last = 0;
  for (const i of order) {
    if (weights[i] === 0) continue;
    last = values[i];
    sum += weights[i];
    if (sum >= share * total) break;
  }
  return last;
}
