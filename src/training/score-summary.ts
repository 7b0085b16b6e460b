import { createPacer, type JobContext } from '#base/job-context.ts';
import { runAtOnce, runInSlices, type Sliced } from '#base/slices.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import type { OutageSet } from '#data/outages.ts';
import {
  bootstrapDifference,
  bootstrapErrorsOfAll,
  bootstrapMeans,
  type ErrorEstimates,
} from '#evaluation/bootstrap.ts';
import { computeMetrics, type Metrics } from '#evaluation/metrics.ts';
import type { OutOfFoldScore } from '#evaluation/out-of-fold-score.ts';
import { measureErrorSizes } from '#evaluation/score-groups.ts';
import { isReference } from '#models/model-catalogue.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { Comparison } from './comparison.ts';
import type { ModelScore, PairedDifference, ScoreDetails, Scores } from './contract.ts';
import type { FinalFits } from './final-fits.ts';

/** The model with the lowest mean out-of-fold error; the announced durations where they are known of every outage. */
export function findBest({ scores }: Comparison): OutOfFoldScore {
  const countScored = ({ absoluteErrors }: OutOfFoldScore) =>
    absoluteErrors.reduce((n, error) => (Number.isNaN(error) ? n : n + 1), 0);
  const nScored = Math.max(...scores.map(countScored));
  const whole = scores.filter((score) => countScored(score) === nScored);
  return whole.reduce((least, score) =>
    score.metrics.meanAbsoluteError < least.metrics.meanAbsoluteError ? score : least,
  );
}

/** Cross-validated and test scores of every model that was fitted, and of the announced durations. */
export async function listScores(
  comparison: Comparison,
  { tested }: FinalFits,
  { announced, target }: OutageSet,
  testRows: Int32Array,
  seed: number,
  context: JobContext,
): Promise<readonly ModelScore[]> {
  const pick = (values: ArrayLike<number>) =>
    Float64Array.from(testRows, (position) => values[position] ?? NaN);
  const known = comparison.scores.flatMap((score) => {
    const predicted =
      score.name === 'announced' ? pick(announced ?? []) : tested.get(score.id)?.forecasts.predicted;
    return predicted ? [{ score, predicted }] : [];
  });
  const best = findBest(comparison);
  const actual = pick(target);
  const predictions = known.map(({ predicted }) => predicted);
  const others = known.flatMap(({ score }) => (score === best ? [] : [score]));
  const pace = createPacer(context);
  const details = await runInSlices(describeScores(actual, predictions, seed), pace);
  const differences = await runInSlices(estimateDifferences(others, best, seed), pace);
  return known.map(({ score, predicted }, i): ModelScore => {
    const { id, name, scale } = score;
    return {
      id,
      name,
      scale,
      isReference: isReference(name),
      cv: summariseFolds(score),
      test: toScores(computeMetrics(actual, predicted)),
      details: details[i] as ScoreDetails,
      toBest: score === best ? null : (differences[others.indexOf(score)] as PairedDifference),
    };
  });
}

/** Pooled scores, and how far the folds' errors differ. */
export function summariseFolds({ metrics, perFold }: OutOfFoldScore): ModelScore['cv'] {
  const sd = sampleDeviation(perFold.map(({ meanAbsoluteError }) => meanAbsoluteError));
  return { ...toScores(metrics), sd };
}

export function toScores({ meanAbsoluteError, rootMeanSquaredError, r2Score }: Metrics): Scores {
  return { mae: meanAbsoluteError, rmse: rootMeanSquaredError, r2: r2Score };
}

type Errors = Pick<OutOfFoldScore, 'absoluteErrors'>;

/** Draws of outages in one comparison at most: beyond, fewer resamples do, as the range is narrow by then. */
const MAX_DRAWS_OF_DIFFERENCE = 1_000_000;

/** Mean paired difference |error| a − b over the outages both were scored on, with its bootstrap interval. */
export function estimateDifference(a: Errors, b: Errors, seed: number): PairedDifference {
  const nResamples = countResamples(MAX_DRAWS_OF_DIFFERENCE, a.absoluteErrors.length);
  return bootstrapDifference(a.absoluteErrors, b.absoluteErrors, { seed, nResamples });
}

/** The same of several models and one best. */
function* estimateDifferences(
  scores: readonly Errors[],
  { absoluteErrors: best }: Errors,
  seed: number,
): Sliced<PairedDifference[]> {
  const differences = scores.map(({ absoluteErrors }) =>
    absoluteErrors.map((error, i) => error - (best[i] as number)),
  );
  const nResamples = countResamples(MAX_DRAWS_OF_DIFFERENCE, best.length);
  return yield* bootstrapMeans(differences, { seed, nResamples });
}

/** Mean absolute errors of two predictions on the same n outages, and a − b with its interval. */
export interface PairedErrors {
  readonly n: number;
  readonly a: number;
  readonly b: number;
  readonly difference: PairedDifference;
}

/** Two predictions on the outages where both are known; null where there are none. */
export function compareOnSame(a: Errors, b: Errors, seed: number): PairedErrors | null {
  const both = a.absoluteErrors.map((error, i) => error - (b.absoluteErrors[i] as number));
  const isKnown = (_: number, i: number) => !Number.isNaN(both[i]);
  const n = both.filter(isKnown).length;
  if (n === 0) return null;
  return {
    n,
    a: mean(a.absoluteErrors.filter(isKnown)),
    b: mean(b.absoluteErrors.filter(isKnown)),
    difference: estimateDifference(a, b, seed),
  };
}

/** By how much the announced durations were further off than a model, where both are known; null without them. */
export function compareWithAnnounced(
  { scores }: Comparison,
  model: SpecId,
  seed: number,
): PairedDifference | null {
  const announced = scores.find(({ name }) => name === 'announced');
  const score = scores.find(({ id }) => id === model);
  return announced && score ? estimateDifference(announced, score, seed) : null;
}

/** Draws of outages at most for one model's intervals. */
const MAX_DRAWS_OF_DETAILS = 100_000;

/** More of one model's test scores. A few milliseconds; O(outages) beyond some thousands. */
export function describeScore(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  seed: number,
): ScoreDetails {
  return runAtOnce(describeScores(actual, [predicted], seed))[0] as ScoreDetails;
}

function* describeScores(
  actual: ArrayLike<number>,
  predictions: readonly ArrayLike<number>[],
  seed: number,
): Sliced<ScoreDetails[]> {
  const nResamples = countResamples(MAX_DRAWS_OF_DETAILS, actual.length);
  const estimates = yield* bootstrapErrorsOfAll(actual, predictions, { seed, nResamples });
  return predictions.map((predicted, i): ScoreDetails => {
    const { meanAbsoluteError, rootMeanSquaredError, medianAbsoluteError, bias } = estimates[
      i
    ] as ErrorEstimates;
    const { nSamples, r2Score, shareLate } = computeMetrics(actual, predicted);
    const { p80, p90 } = measureErrorSizes(actual, predicted);
    return {
      n: nSamples,
      mae: meanAbsoluteError,
      rmse: rootMeanSquaredError,
      medianAbsoluteError,
      bias,
      r2: r2Score,
      shareLate,
      p80,
      p90,
    };
  });
}

function countResamples(maxDraws: number, nOutages: number): number {
  return Math.min(500, Math.ceil(maxDraws / nOutages));
}
