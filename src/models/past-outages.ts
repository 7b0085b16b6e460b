import { quantileOfSorted } from '#base/statistics.ts';

/** Fewer past outages have no P10 and P90 worth the name. */
export const LEAST_PAST_OUTAGES = 8;

/** Quantiles of each sample's own past: `out[q][i]` at share `shares[q]`; `findPast(i)` gives durations, ascending. */
export function collectQuantiles(
  nSamples: number,
  shares: readonly number[],
  findPast: (sample: number) => Float64Array,
): Float64Array[] {
  const out = shares.map(() => new Float64Array(nSamples));
  for (let sample = 0; sample < nSamples; sample++) {
    const past = findPast(sample);
    shares.forEach((share, q) => {
      (out[q] as Float64Array)[sample] = quantileOfSorted(past, share);
    });
  }
  return out;
}
