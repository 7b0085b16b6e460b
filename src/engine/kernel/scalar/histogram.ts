import type { FitViews } from './fit-views.ts';

/** Per bin of one feature, that of missing values last: the samples and the sums of their gradients and hessians. */
export interface Histogram {
  readonly counts: Float64Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

/** Sums samples `indices[start … end)`. All values are integers below 2^51, so that no order matters. */
export function buildHistogram(
  { columns, binCounts, indices, gradients, hessians }: FitViews,
  feature: number,
  start: number,
  end: number,
): Histogram {
  const nBins = binCounts[feature] + 1;
  const histogram = {
    counts: new Float64Array(nBins),
    gradients: new Float64Array(nBins),
    hessians: new Float64Array(nBins),
  };
  for (const sample of indices.subarray(start, end)) {
    const bin = columns[feature][sample];
    histogram.counts[bin] += 1;
    histogram.gradients[bin] += gradients[sample];
    histogram.hessians[bin] += hessians ? hessians[sample] : 1;
  }
  return histogram;
}
