import { createRng } from '#base/random.ts';
import { runAtOnce, type Sliced } from '#base/slices.ts';
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
  return runAtOnce(bootstrapErrorsOfAll(actual, [predicted], options))[0];
}

/** The same of several predictions of the same outages, whose resamples are drawn but once; pausing between them. */
export function* bootstrapErrorsOfAll(
  actual: ArrayLike<number>,
  predictions: readonly ArrayLike<number>[],
  options: BootstrapOptions,
): Sliced<ErrorEstimates[]> {
  const errors = predictions.map((predicted) =>
    findErrors(actual, predicted).sort((a, b) => Math.abs(a) - Math.abs(b)),
  );
  const drawn = errors.map((): CountedScores[] => []);
  for (const { n, members } of groupByLength(errors)) {
    const counts = new Int32Array(n);
    yield* drawResamples(n, options, (indices) => {
      counts.fill(0);
      for (let i = 0; i < n; i++) counts[indices[i]] = counts[indices[i]] + 1;
      for (const member of members) drawn[member]?.push(scoreCounted(errors[member], counts));
    });
  }
  return errors.map((own, i) => estimateErrors(own, drawn[i], options));
}

function estimateErrors(
  errors: Float64Array,
  drawn: readonly CountedScores[],
  { confidence = 0.9 }: BootstrapOptions,
): ErrorEstimates {
  const whole = scoreCounted(errors, new Int32Array(errors.length).fill(1));
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

/** A mean with its interval, and the number of values it is of. */
export type MeanEstimate = Estimate & { readonly nSamples: number };

/**
 * Mean difference of two models' absolute errors on the same outages, a − b, with its interval: the
 * outages are resampled in pairs, so what is hard for both cancels out. Negative: a is better.
 */
export function bootstrapDifference(
  a: Float64Array,
  b: Float64Array,
  options: BootstrapOptions,
): MeanEstimate {
  return bootstrapMean(
    a.map((error, row) => error - b[row]),
    options,
  );
}

/** Values that are NaN are left out; NaN throughout for no value. */
export function bootstrapMean(values: Float64Array, options: BootstrapOptions): MeanEstimate {
  return runAtOnce(bootstrapMeans([values], options))[0];
}

/** The same of several samples; where they are of one size, their resamples are drawn but once. Pausing between them. */
export function* bootstrapMeans(
  samples: readonly Float64Array[],
  options: BootstrapOptions,
): Sliced<MeanEstimate[]> {
  const known = samples.map((values) => values.filter((value) => !Number.isNaN(value)));
  const drawn = known.map((): number[] => []);
  for (const { n, members } of groupByLength(known)) {
    yield* drawResamples(n, options, (indices) => {
      for (const member of members) drawn[member]?.push(meanAt(known[member], indices));
    });
  }
  return known.map((values, i) => ({
    value: mean(values),
    ...findRange(Float64Array.from(drawn[i]).sort(), options.confidence ?? 0.9),
    nSamples: values.length,
  }));
}

function meanAt(values: Float64Array, indices: Uint32Array): number {
  let sum = 0;
  // By position: an iterator over so many takes several times as long.
  for (let i = 0; i < indices.length; i++) sum += values[indices[i]];
  return sum / indices.length;
}

/** Positions of the samples of each length but 0. */
function groupByLength(samples: readonly Float64Array[]): { n: number; members: number[] }[] {
  const lengths = [...new Set(samples.map(({ length }) => length))].filter((n) => n > 0);
  return lengths.map((n) => ({
    n,
    members: samples.flatMap(({ length }, i) => (length === n ? [i] : [])),
  }));
}

/** Gives each resample as n positions below n, in one array that is filled anew. */
function* drawResamples(
  n: number,
  options: BootstrapOptions,
  onResample: (indices: Uint32Array) => void,
): Sliced<void> {
  const rng = createRng(options.seed);
  const indices = new Uint32Array(n);
  const nResamples = countResamples(n, options);
  for (let resample = 0; resample < nResamples; resample++) {
    for (let i = 0; i < n; i++) indices[i] = rng.nextBelow(n);
    onResample(indices);
    yield;
  }
}

function countResamples(n: number, { nResamples = N_RESAMPLES }: BootstrapOptions): number {
  return Math.max(50, Math.min(nResamples, Math.floor(MAX_DRAWS / n)));
}

function findRange(sorted: Float64Array, confidence: number): Pick<Estimate, 'low' | 'high'> {
  const tail = (1 - confidence) / 2;
  return { low: quantileOfSorted(sorted, tail), high: quantileOfSorted(sorted, 1 - tail) };
}
