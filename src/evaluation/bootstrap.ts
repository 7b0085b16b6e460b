import { createRng } from '#base/random.ts';
import { mean, quantileOfSorted } from '#base/statistics.ts';
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
 * outages of the same kind happened. Pairs with NaN are left out. All four are measured on the same
 * resamples. O(resamples × outages).
 */
export function bootstrapErrors(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: BootstrapOptions,
): ErrorEstimates {
  const errors = findErrors(actual, predicted).sort((a, b) => Math.abs(a) - Math.abs(b));
  const n = errors.length;
  const { seed, confidence = 0.9 } = options;
  const rng = createRng(seed);
  const nDrawn = n === 0 ? 0 : countResamples(n, options);
  const counts = new Int32Array(n);
  const drawn = Array.from({ length: nDrawn }, () => {
    counts.fill(0);
    for (let i = 0; i < n; i++) {
      const index = rng.nextBelow(n);
      counts[index] = counts[index] + 1;
    }
    return scoreCounted(errors, counts);
  });
  const whole = scoreCounted(errors, counts.fill(1));
  const estimate = (name: keyof CountedScores): Estimate => ({
    value: whole[name],
    ...findRange(Float64Array.from(drawn, (scores) => scores[name]).sort(), confidence),
  });
  return {
    meanAbsoluteError: estimate('meanAbsoluteError'),
    rootMeanSquaredError: estimate('rootMeanSquaredError'),
    medianAbsoluteError: estimate('medianAbsoluteError'),
    bias: estimate('bias'),
  };
}

type CountedScores = Readonly<Record<keyof ErrorEstimates, number>>;

/** The scores of a sample that holds error i `counts[i]` times; errors ascend by size, n of them in all. */
function scoreCounted(errors: Float64Array, counts: Int32Array): CountedScores {
  const n = errors.length;
  // The middle one, or the two about the middle.
  const [lower, upper] = [Math.floor((n - 1) / 2), Math.floor(n / 2)];
  let [sum, sizes, squares, seen] = [0, 0, 0, 0];
  let [low, high] = [NaN, NaN];
  for (let i = 0; i < n; i++) {
    const count = counts[i];
    const error = errors[i];
    const size = Math.abs(error);
    sum += count * error;
    sizes += count * size;
    squares += count * size * size;
    if (seen <= lower && lower < seen + count) low = size;
    if (seen <= upper && upper < seen + count) high = size;
    seen += count;
  }
  return {
    meanAbsoluteError: sizes / n,
    rootMeanSquaredError: Math.sqrt(squares / n),
    medianAbsoluteError: (low + high) / 2,
    bias: sum / n,
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
  const differences = a.map((error, row) => error - b[row]).filter((value) => !Number.isNaN(value));
  return { ...bootstrap(differences, mean, options), nSamples: differences.length };
}

/** NaN throughout for no value. */
export function bootstrap(
  values: Float64Array,
  statistic: (sample: Float64Array) => number,
  options: BootstrapOptions,
): Estimate {
  const n = values.length;
  if (n === 0) return { value: NaN, low: NaN, high: NaN };
  const rng = createRng(options.seed);
  const sample = new Float64Array(n);
  const statistics = Float64Array.from({ length: countResamples(n, options) }, () => {
    for (let i = 0; i < n; i++) sample[i] = values[rng.nextBelow(n)];
    return statistic(sample);
  }).sort();
  return { value: statistic(values), ...findRange(statistics, options.confidence ?? 0.9) };
}

function countResamples(n: number, { nResamples = N_RESAMPLES }: BootstrapOptions): number {
  return Math.max(50, Math.min(nResamples, Math.floor(MAX_DRAWS / n)));
}

function findRange(sorted: Float64Array, confidence: number): Pick<Estimate, 'low' | 'high'> {
  const tail = (1 - confidence) / 2;
  return { low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
}
