import { createPacer, type JobContext } from '#base/job-context.ts';
import { sampleDeviation } from '#base/statistics.ts';
import type { OutageSet } from '#data/outages.ts';
import { bootstrapDifference } from '#evaluation/bootstrap.ts';
import type { CrossValidation } from '#evaluation/cross-validation.ts';
import { computeMetrics, type Metrics } from '#evaluation/metrics.ts';
import { modelCatalogue, type ModelFamily, type ModelName } from '#models/model-catalogue.ts';
import type { FittedModel } from '#models/regressor.ts';
import { describeScore } from './score-details.ts';
import type { Samples } from './training-set.ts';
import type { ModelScore, PairedDifference, Scores } from './contract.ts';

const referenceFamilies: ReadonlySet<ModelFamily> = new Set<ModelFamily>([
  'constant',
  'median-per-class',
  'announced',
  'ridge',
]);

/** A prediction that needs no learning worth the name: what a real model has to beat. Its fit costs nothing. */
export function isReference(name: ModelName): boolean {
  return referenceFamilies.has(modelCatalogue[name].family);
}

/** The model with the lowest mean out-of-fold error, the announced durations among them. */
export function findBest({ models }: CrossValidation): CrossValidation['models'][number] {
  return models.reduce((least, score) => (score.mae < least.mae ? score : least));
}

/** Cross-validated and test scores of every model that was fitted, and of the announced durations. */
export async function listScores(
  comparison: CrossValidation,
  fitted: ReadonlyMap<ModelName, FittedModel>,
  { announced }: OutageSet,
  testRows: Int32Array,
  test: Samples,
  seed: number,
  context: JobContext,
): Promise<readonly ModelScore[]> {
  const pace = createPacer(context);
  const best = findBest(comparison);
  const scores: ModelScore[] = [];
  for (const score of comparison.models) {
    await pace();
    const predicted =
      score.name === 'announced'
        ? Float64Array.from(testRows, (position) => announced?.[position] ?? NaN)
        : fitted.get(score.name)?.predict(test.features);
    if (!predicted) continue;
    const { name, scale, metrics, perFold } = score;
    const sd = sampleDeviation(perFold.map(({ meanAbsoluteError }) => meanAbsoluteError));
    scores.push({
      name,
      scale,
      isReference: isReference(name),
      cv: { ...toScores(metrics), sd },
      test: toScores(computeMetrics(test.target, predicted)),
      details: describeScore(test.target, predicted, seed),
      toBest: score === best ? null : compareErrors(score, best, seed),
    });
  }
  return scores;
}

/** Draws of outages in one comparison at most: beyond, fewer resamples do, as the range is narrow by then. */
const MAX_DRAWS = 1_000_000;

/** Mean paired difference |error| a − b over the outages both were scored on, with its bootstrap interval. */
export function compareErrors(
  a: CrossValidatedScore,
  b: CrossValidatedScore,
  seed: number,
): PairedDifference {
  const nResamples = Math.min(500, Math.ceil(MAX_DRAWS / a.absoluteErrors.length));
  return bootstrapDifference(a.absoluteErrors, b.absoluteErrors, { seed, nResamples });
}

type CrossValidatedScore = Pick<CrossValidation['models'][number], 'absoluteErrors'>;

export function toScores({ meanAbsoluteError, rootMeanSquaredError, r2Score }: Metrics): Scores {
  return { mae: meanAbsoluteError, rmse: rootMeanSquaredError, r2: r2Score };
}
