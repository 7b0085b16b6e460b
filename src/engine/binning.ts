import { createRng, type Rng } from '#base/random.ts';
import type { FeatureMatrix } from './feature-matrix.ts';

/** Thresholds come from at most this many values of a feature, as in LightGBM and scikit-learn. */
const MAX_THRESHOLD_SAMPLE = 200_000;

/** Features as small integers: what trees are grown on. Shared by all fits on the same samples. */
export interface BinnedFeatures {
  readonly nSamples: number;
  readonly cardinalities: readonly number[];
  /**
   * Column-major, one array per feature. Numeric: x is in bin i when thresholds[i−1] < x ≤ thresholds[i].
   * Categorical: the code. The bin after the last, number `binCounts[f]`, holds missing values.
   */
  readonly columns: readonly (Uint8Array | Uint16Array)[];
  /** Bins of each feature, the one for missing values not counted. */
  readonly binCounts: readonly number[];
  /** Upper bounds of all bins but the last, ascending and finite; empty for a categorical feature. */
  readonly thresholds: readonly Float64Array[];
}

/**
 * Cuts one feature into at most `maxBins` bins of about equal sample count.
 *
 * Returns the upper bounds of all bins but the last, ascending and finite, so that `x` belongs to bin i
 * when thresholds[i−1] < x ≤ thresholds[i]. With no more distinct values than bins each value has its
 * own bin and the bounds are midpoints. NaN is skipped here; the caller gives it the reserved bin.
 * Draws from `rng` only when there are over 200,000 values. O(n log n).
 */
export function findBinThresholds(values: Float64Array, maxBins: number, rng: Rng): Float64Array {
  const { distinct, counts } = countDistinct(sortSample(values, rng));
  if (distinct.length <= maxBins) {
    const thresholds = new Float64Array(Math.max(0, distinct.length - 1));
    for (let i = 0; i < thresholds.length; i++) thresholds[i] = midpoint(distinct[i], distinct[i + 1]);
    return thresholds;
  }
  return cutByCount(distinct, counts, maxBins);
}

function sortSample(values: Float64Array, rng: Rng): Float64Array {
  let nFinite = 0;
  for (let i = 0; i < values.length; i++) if (!Number.isNaN(values[i])) nFinite += 1;
  const nTaken = Math.min(nFinite, MAX_THRESHOLD_SAMPLE);
  const sample = new Float64Array(nTaken);
  let taken = 0;
  let left = nFinite;
  for (let i = 0; taken < nTaken; i++) {
    if (Number.isNaN(values[i])) continue;
    // Selection sampling (Knuth 3.4.2 S): every subset equally likely, order kept.
    if (left === nTaken - taken || rng.nextUint32() * left < (nTaken - taken) * 4294967296) {
      sample[taken++] = values[i] + 0; // −0 becomes 0, so that both are one value
    }
    left -= 1;
  }
  return sample.sort();
}

function countDistinct(sorted: Float64Array): { distinct: Float64Array; counts: Float64Array } {
  const distinct = new Float64Array(sorted.length);
  const counts = new Float64Array(sorted.length);
  let nDistinct = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (nDistinct === 0 || sorted[i] !== distinct[nDistinct - 1]) distinct[nDistinct++] = sorted[i];
    counts[nDistinct - 1] += 1;
  }
  return { distinct: distinct.subarray(0, nDistinct), counts: counts.subarray(0, nDistinct) };
}

/** Greedy equal-count cut: a bin closes when its share of what is left is reached; a value is never cut in two. */
function cutByCount(distinct: Float64Array, counts: Float64Array, maxBins: number): Float64Array {
  const thresholds = new Float64Array(maxBins - 1);
  let nThresholds = 0;
  let nLeft = counts.reduce((sum, count) => sum + count, 0);
  let inBin = 0;
  for (let i = 0; i < distinct.length - 1 && nThresholds < maxBins - 1; i++) {
    inBin += counts[i];
    const nBinsLeft = maxBins - nThresholds;
    const nDistinctAfter = distinct.length - 1 - i;
    // Half of the next value's samples decide on which side of it the border is nearer to the share.
    const isFull = (inBin + counts[i + 1] / 2) * nBinsLeft >= nLeft;
    if (!isFull && nDistinctAfter > nBinsLeft - 1) continue;
    thresholds[nThresholds++] = midpoint(distinct[i], distinct[i + 1]);
    nLeft -= inBin;
    inBin = 0;
  }
  return thresholds.subarray(0, nThresholds);
}

/** A finite t with low ≤ t < high. */
function midpoint(low: number, high: number): number {
  const middle = low / 2 + high / 2;
  const finite = Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, middle));
  return finite >= low && finite < high ? finite : Math.max(low, -Number.MAX_VALUE);
}

/** Cuts every feature and puts every sample in its bins. `features` must have passed `checkFeatureMatrix`. */
export function binFeatures(features: FeatureMatrix, maxBins: number, seed: number): BinnedFeatures {
  const rng = createRng(seed);
  const thresholds = features.columns.map((column, index) =>
    features.cardinalities[index] > 0 ? new Float64Array(0) : findBinThresholds(column, maxBins, rng),
  );
  return binByThresholds(features, thresholds);
}

/** Bins other samples (a validation set) by thresholds that were found before. */
export function binByThresholds(
  features: FeatureMatrix,
  thresholds: readonly Float64Array[],
): BinnedFeatures {
  const { nSamples, cardinalities } = features;
  const binCounts = thresholds.map((bounds, index) => cardinalities[index] || bounds.length + 1);
  const isWide = binCounts.some((count) => count > 255);
  const columns = features.columns.map((values, index) => {
    const bins = isWide ? new Uint16Array(nSamples) : new Uint8Array(nSamples);
    if (cardinalities[index] > 0) binCodes(values, cardinalities[index], bins);
    else binNumbers(values, thresholds[index], bins);
    return bins;
  });
  return { nSamples, cardinalities, columns, binCounts, thresholds };
}

function binCodes(values: Float64Array, cardinality: number, outBins: Uint8Array | Uint16Array): void {
  for (let i = 0; i < values.length; i++) {
    const code = values[i];
    const isKnown = code >= 0 && code < cardinality && Math.floor(code) === code;
    outBins[i] = isKnown ? code : cardinality;
  }
}

function binNumbers(values: Float64Array, thresholds: Float64Array, outBins: Uint8Array | Uint16Array): void {
  const missingBin = thresholds.length + 1;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (Number.isNaN(value)) {
      outBins[i] = missingBin;
      continue;
    }
    let low = 0;
    let high = thresholds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (value <= thresholds[middle]) high = middle;
      else low = middle + 1;
    }
    outBins[i] = low;
  }
}
