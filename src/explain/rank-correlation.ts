/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank. NaN where one never varies. O(n log n). */
export function correlateRanks(a: Float64Array, b: Float64Array): number {
  const ranksA = findRanks(a);
  const ranksB = findRanks(b);
  // Mean ranks of n values always average (n − 1) / 2.
  const centre = (a.length - 1) / 2;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  ranksA.forEach((rank, i) => {
    const fromA = rank - centre;
    const fromB = ranksB[i] - centre;
    product += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  });
  return product / Math.sqrt(squaresA * squaresB);
}

/** Ranks from 0, ties at their mean. */
function findRanks(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    for (let i = start; i < end; i++) ranks[order[i]] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
