import { bootstrapErrors } from '#evaluation/bootstrap.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { measureErrorSizes } from '#evaluation/score-groups.ts';
import type { ScoreDetails } from './contract.ts';

/** Draws of outages at most for one interval: beyond, fewer resamples do, as the range is narrow by then. */
const MAX_DRAWS = 100_000;

/** A few milliseconds; O(outages) beyond some thousands. */
export function describeScore(
  actual: ArrayLike<number>,
  predicted: ArrayLike<number>,
  seed: number,
): ScoreDetails {
  const nResamples = Math.min(500, Math.ceil(MAX_DRAWS / actual.length));
  const estimates = bootstrapErrors(actual, predicted, { seed, nResamples });
  const { nSamples, r2Score, shareLate } = computeMetrics(actual, predicted);
  const { p80, p90 } = measureErrorSizes(actual, predicted);
  return {
    n: nSamples,
    mae: estimates.meanAbsoluteError,
    rmse: estimates.rootMeanSquaredError,
    medianAbsoluteError: estimates.medianAbsoluteError,
    bias: estimates.bias,
    r2: r2Score,
    shareLate,
    p80,
    p90,
  };
}
