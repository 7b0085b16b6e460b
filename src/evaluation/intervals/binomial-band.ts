/**
 * The counts between which a binomial count falls with at least `confidence`, as shares of n: the
 * quantiles at (1 − confidence)/2 on each side. A true share `probability` seldom shows outside it.
 *
 * The probabilities are summed outward from the most likely count, by their ratios: only + − × ÷.
 * O(√n) counts matter.
 */
export function findBinomialBand(
  n: number,
  probability: number,
  confidence = 0.95,
): readonly [number, number] {
  if (n < 1) return [0, 1];
  const mode = Math.min(n, Math.floor((n + 1) * probability));
  const odds = probability / (1 - probability);
  const below: number[] = [];
  for (let k = mode, p = 1; k > 0; k--) {
    p *= k / (n - k + 1) / odds;
    if (p < NEGLIGIBLE) break;
    below.push(p);
  }
  const weights = [...below.toReversed(), 1];
  const first = mode - below.length;
  for (let k = mode, p = 1; k < n; k++) {
    p *= ((n - k) / (k + 1)) * odds;
    if (p < NEGLIGIBLE) break;
    weights.push(p);
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const tail = ((1 - confidence) / 2) * total;
  return [(first + countUpTo(weights, tail)) / n, (first + countUpTo(weights, total - tail)) / n];
}

/** A count this much less likely than the most likely one does not move a 95 % band. */
const NEGLIGIBLE = 1e-15;

/** Index of the first weight at which the running sum reaches `bound`. */
function countUpTo(weights: readonly number[], bound: number): number {
  let sum = 0;
  const index = weights.findIndex((weight) => {
    sum += weight;
    return sum >= bound;
  });
  return index < 0 ? weights.length - 1 : index;
}
