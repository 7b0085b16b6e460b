import { createRng } from '#base/random.ts';
import { mean, median, quantileOfSorted } from '#base/statistics.ts';
import { findErrors } from './metrics.ts';

/** An estimate with the range that resampling the outages gives it. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly seed: number;
  /** Of the interval; 0.9 leaves 5 % on each side. */
  readonly confidence?: number;
  readonly nResamples?: number;
}

export interface ErrorEstimates {
  readonly meanAbsoluteError: Estimate;
  readonly rootMeanSquaredError: Estimate;
  readonly medianAbsoluteError: Estimate;
  readonly bias: Estimate;
}

const N_RESAMPLES = 1000;

/** Draws at most in all: beyond 20,000 outages fewer resamples do, as the range is narrow by then. */
const MAX_DRAWS = 20_000_000;

/**
 * Percentile bootstrap (Efron 1979) of the error scores: how far they could lie elsewhere had other
 * outages of the same kind happened. Pairs with NaN are left out. O(resamples × outages).
 */
export function bootstrapErrors(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: BootstrapOptions,
): ErrorEstimates {
  const errors = findErrors(actual, predicted);
  return {
    meanAbsoluteError: bootstrap(errors, (sample) => mean(sample.map(Math.abs)), options),
    rootMeanSquaredError: bootstrap(
      errors,
      (sample) => Math.sqrt(mean(sample.map((error) => error * error))),
      options,
    ),
    medianAbsoluteError: bootstrap(errors, (sample) => median(sample.map(Math.abs)), options),
    bias: bootstrap(errors, mean, options),
  };
}

/**
 * Mean difference of two models' absolute errors on the same outages, a − b, with its interval: the
 * outages are resampled in pairs, so what is hard for both cancels out. Negative: a is better.
 */
export function bootstrapDifference(
  a: Float64Array,
  b: Float64Array,
  options: BootstrapOptions,
): Estimate & { readonly nSamples: number } {
  const differences = a
    .map((error, row) => error - (b[row] as number))
    .filter((value) => !Number.isNaN(value));
  return { ...bootstrap(differences, mean, options), nSamples: differences.length };
}

/** NaN throughout for no value. */
export function bootstrap(
  values: Float64Array,
  statistic: (sample: Float64Array) => number,
  { seed, confidence = 0.9, nResamples = N_RESAMPLES }: BootstrapOptions,
): Estimate {
  const n = values.length;
  if (n === 0) return { value: NaN, low: NaN, high: NaN };
  const rng = createRng(seed);
  const sample = new Float64Array(n);
  const nDrawn = Math.max(50, Math.min(nResamples, Math.floor(MAX_DRAWS / n)));
  const statistics = Float64Array.from({ length: nDrawn }, () => {
    for (let i = 0; i < n; i++) sample[i] = values[rng.nextBelow(n)] as number;
    return statistic(sample);
  }).sort();
  const tail = (1 - confidence) / 2;
  return {
    value: statistic(values),
    low: quantileOfSorted(statistics, tail),
    high: quantileOfSorted(statistics, 1 - tail),
  };
}
