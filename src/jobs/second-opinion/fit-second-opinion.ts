import type { JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { findBinomialBand } from '#evaluation/intervals/binomial-band.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { scoreOutOfFold } from '#evaluation/out-of-fold-score.ts';
import { createNeuralSpec } from '#models/candidates.ts';
import { encode, fitEncoder } from '#models/encoder.ts';
import { fitNeural } from '#models/neural.ts';
import { predictNeuralQuantiles } from '#models/neural-state.ts';
import { fromScaleInPlace, toScale } from '#models/target-scale.ts';
import type {
  SecondOpinion,
  SecondOpinionSamples,
  Disagreement,
  FitSecondOpinionRequest,
  IntervalRecord,
  Spread,
} from './contract.ts';
import { describeScore, estimateDifference, summariseFolds, toScores } from '#training/score-summary.ts';
import { createStages } from '#base/stages.ts';
import { selectSamples, type Samples } from '#training/training-set.ts';
import type { TestPredictions } from '#training/contract.ts';

/** Promised by P10–P90. */
const PROMISE = 0.8;
const N_FURTHEST = 5;

/**
 * Fits the neural network on the training rows and on each fold of all outages, scores it as the other models were, and
 * says where its P10–P90 and the model's part. Runs in a worker of its own, the only one that holds tfjs.
 *
 * After a stop the network so far is the one that is scored, on the folds finished so far (at least on one).
 */
export async function fitSecondOpinion(
  { samples, seed, bestErrors, test: ours }: FitSecondOpinionRequest,
  context: JobContext,
): Promise<SecondOpinion> {
  const { target, trainRows, testRows, folds } = samples;
  const stage = createStages(context, { fitting: 1, comparing: folds.length });
  const training = selectSamples(samples, trainRows);
  const test = selectSamples(samples, testRows);
  const spreads = await fitAndForecast(training, test, samples, seed, stage('fitting'));

  const comparing = stage('comparing');
  const byFold: Float64Array[] = [];
  for (const [index, fold] of folds.entries()) {
    const watched: JobContext = {
      ...comparing,
      onProgress: ({ done, total }) =>
        comparing.onProgress({
          phase: 'cross-validating',
          done: index + done / total,
          total: folds.length,
          fold: index + 1,
          nFolds: folds.length,
        }),
    };
    const [known, unseen] = [selectSamples(samples, fold.trainRows), selectSamples(samples, fold.testRows)];
    const forecasts = await fitAndForecast(known, unseen, samples, seed, watched);
    // A fit cut short by a stop is no fair score, unless it is the only one.
    if (context.stop.aborted && index > 0) break;
    byFold.push(Float64Array.from(forecasts, ({ p50 }) => p50));
    if (context.stop.aborted) break;
  }

  const medians = spreads.map(({ p50 }) => p50);
  const spec = createNeuralSpec(target, seed);
  const scored = scoreOutOfFold(spec, target, folds.slice(0, byFold.length), byFold);
  // A result kept by an earlier version compared fewer outages.
  const best =
    bestErrors?.length === target.length ? { absoluteErrors: Float64Array.from(bestErrors) } : null;
  return {
    score: {
      id: spec.id,
      name: spec.name,
      scale: spec.scale,
      isReference: false,
      cv: summariseFolds(scored),
      test: toScores(computeMetrics(test.target, medians)),
      details: describeScore(test.target, medians, seed),
      toBest: best && estimateDifference(scored, best, seed),
    },
    nTest: testRows.length,
    theirs: recordIntervals(spreads, test.target),
    band: findBinomialBand(testRows.length, PROMISE),
    disagreement: findDisagreement(ours, spreads),
    isStopped: context.stop.aborted,
  };
}

/** P10, P50 and P90 of each unseen outage in the target's unit, by a network fitted on the known ones. */
async function fitAndForecast(
  known: Samples,
  unseen: Samples,
  { target }: SecondOpinionSamples,
  seed: number,
  context: JobContext,
): Promise<readonly Spread[]> {
  const { scale } = createNeuralSpec(target, seed);
  const encoder = fitEncoder(known.features);
  const { matrix, nCategories } = encode(encoder, known.features);
  const state = await fitNeural({ matrix, nCategories, target: toScale(known.target, scale) }, seed, context);
  const raw = predictNeuralQuantiles(state, encode(encoder, unseen.features).matrix);
  const [p10, p50, p90] = raw.map((values) => fromScaleInPlace(values, scale));
  return Array.from(unseen.target, (_, i) => ({
    p10: p10?.[i] ?? NaN,
    p50: p50?.[i] ?? NaN,
    p90: p90?.[i] ?? NaN,
  }));
}

function recordIntervals(spreads: readonly Spread[], actual: ArrayLike<number>): IntervalRecord {
  const isHeld = ({ p10, p90 }: Spread, i: number) => p10 <= (actual[i] ?? NaN) && (actual[i] ?? NaN) <= p90;
  return {
    coverage: spreads.filter(isHeld).length / spreads.length,
    meanWidth: mean(spreads.map(({ p10, p90 }) => p90 - p10)),
  };
}

function findDisagreement(
  { rows, actual, predicted, intervals }: TestPredictions,
  spreads: readonly Spread[],
): Disagreement | null {
  if (!intervals) return null;
  const pairs = spreads.flatMap((theirs, i) => {
    const ours = { p10: intervals.p10[i] ?? NaN, p50: predicted[i] ?? NaN, p90: intervals.p90[i] ?? NaN };
    if (Number.isNaN(ours.p10) || Number.isNaN(ours.p90)) return [];
    return [{ row: rows[i] ?? -1, actual: actual[i] ?? NaN, ours, theirs }];
  });
  if (pairs.length === 0) return null;
  const isDisputed = ({ ours, theirs }: (typeof pairs)[number]) =>
    !isInside(theirs.p50, ours) || !isInside(ours.p50, theirs);
  const disputed = pairs.filter(isDisputed);
  const errorOf = (some: typeof pairs) =>
    some.length === 0 ? NaN : mean(some.map((pair) => Math.abs(pair.actual - pair.ours.p50)));
  // By ratio: ten days are much on a week and little on a year.
  const gap = ({ ours, theirs }: (typeof pairs)[number]) =>
    Math.abs(theirs.p50 - ours.p50) / (1 + Math.min(Math.abs(theirs.p50), Math.abs(ours.p50)));
  return {
    n: pairs.length,
    nDisputed: disputed.length,
    ours: recordIntervals(
      pairs.map(({ ours }) => ours),
      pairs.map((pair) => pair.actual),
    ),
    errorDisputed: errorOf(disputed),
    errorAgreed: errorOf(pairs.filter((pair) => !isDisputed(pair))),
    furthest: disputed.toSorted((a, b) => gap(b) - gap(a)).slice(0, N_FURTHEST),
  };
}

function isInside(value: number, { p10, p90 }: Spread): boolean {
  return p10 <= value && value <= p90;
}
