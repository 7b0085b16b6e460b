import { argsort, gather } from './arrays.ts';

/** Spearman's rank correlation: Pearson's of the ranks, equal values sharing their mean rank. NaN where one never varies. O(n log n). */
export function correlateRanks(a: Float64Array, b: Float64Array): number {
  const ranksB = findRanks(b);
  // Mean ranks of n values always average (n − 1) / 2.
  const centre = (a.length - 1) / 2;
  let product = 0;
  let squaresA = 0;
  let squaresB = 0;
  for (const [i, rank] of findRanks(a).entries()) {
    const fromA = rank - centre;
    const fromB = (ranksB[i] as number) - centre;
    product += fromA * fromB;
    squaresA += fromA * fromA;
    squaresB += fromB * fromB;
  }
  return product / Math.sqrt(squaresA * squaresB);
}

/** Ranks from 0, equal values sharing their mean rank. */
function findRanks(values: Float64Array): Float64Array {
  const order = argsort(values);
  const sorted = gather(values, order);
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start + 1;
    while (end < order.length && sorted[end] === sorted[start]) end++;
    for (const position of order.subarray(start, end)) ranks[position] = (start + end - 1) / 2;
    start = end;
  }
  return ranks;
}
