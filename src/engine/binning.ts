import { createRng } from '#base/random.ts';
import { findBinThresholds } from './bin-thresholds.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import { createBinner, type Binner } from './kernel/binning-kernel.ts';
import { drawWithoutReplacement } from './sampling.ts';
import { runToEnd } from './steps.ts';

/** Thresholds come from at most this many samples, as in LightGBM and scikit-learn. */
const MAX_THRESHOLD_SAMPLES = 200_000;

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
  /** By sample: neighbours of one number share all bins but those of the last feature, so that they are summed together. */
  readonly runs?: Int32Array;
}

/** Values that are sorted and binned between two yields. */
const VALUES_PER_STEP = 1_000_000;

/**
 * Cuts every feature (`findBinThresholds`) and puts every sample in its bins. Beyond 200,000 samples the
 * thresholds come from that many, drawn once by `seed`. `features` must have passed `checkFeatureMatrix`.
 */
export function binFeatures(features: FeatureMatrix, maxBins: number, seed: number): BinnedFeatures {
  return runToEnd(binFeaturesInSteps(features, maxBins, seed));
}

/** `binFeatures` in steps of at most a million values, or one feature where it has more. */
export function* binFeaturesInSteps(
  features: FeatureMatrix,
  maxBins: number,
  seed: number,
): Generator<undefined, BinnedFeatures, unknown> {
  const { nSamples, columns, cardinalities } = features;
  const binner = createBinner(nSamples);
  const drawn = drawThresholdSamples(nSamples, seed);
  const thresholds: Float64Array[] = [];
  let work = 0;
  for (const [index, column] of columns.entries()) {
    const isNumeric = cardinalities[index] === 0;
    thresholds.push(
      isNumeric ? findBinThresholds(binner.sortNumbers(column, drawn), maxBins) : new Float64Array(0),
    );
    work += drawn?.length ?? nSamples;
    if (work < VALUES_PER_STEP) continue;
    work = 0;
    yield;
  }
  const binned = yield* binColumns(features, thresholds, binner);
  binner.release();
  return binned;
}

/** Bins other samples (a validation set) by thresholds that were found before. */
export function binByThresholds(
  features: FeatureMatrix,
  thresholds: readonly Float64Array[],
): BinnedFeatures {
  const binner = createBinner(features.nSamples);
  const binned = runToEnd(binColumns(features, thresholds, binner));
  binner.release();
  return binned;
}

/** null = all. */
function drawThresholdSamples(nSamples: number, seed: number): Uint32Array | null {
  if (nSamples <= MAX_THRESHOLD_SAMPLES) return null;
  const order = new Uint32Array(nSamples);
  drawWithoutReplacement(order, MAX_THRESHOLD_SAMPLES, createRng(seed));
  return order.slice(0, MAX_THRESHOLD_SAMPLES);
}

function* binColumns(
  features: FeatureMatrix,
  thresholds: readonly Float64Array[],
  binner: Binner,
): Generator<undefined, BinnedFeatures, unknown> {
  const { nSamples, cardinalities } = features;
  const binCounts = thresholds.map((bounds, index) => cardinalities[index] || bounds.length + 1);
  const isWide = binCounts.some((count) => count > 255);
  const columns: (Uint8Array | Uint16Array)[] = [];
  let work = 0;
  for (const [index, values] of features.columns.entries()) {
    const bins = isWide ? new Uint16Array(nSamples) : new Uint8Array(nSamples);
    if (cardinalities[index] > 0) binCodes(values, cardinalities[index], bins);
    else binner.binNumbers(values, thresholds[index], bins);
    columns.push(bins);
    work += nSamples;
    if (work < VALUES_PER_STEP) continue;
    work = 0;
    yield;
  }
  return { nSamples, cardinalities, columns, binCounts, thresholds };
}

function binCodes(values: Float64Array, cardinality: number, outBins: Uint8Array | Uint16Array): void {
  for (let i = 0; i < values.length; i++) {
    const code = values[i];
    const isKnown = code >= 0 && code < cardinality && Math.floor(code) === code;
    outBins[i] = isKnown ? code : cardinality;
  }
}
