import { sampleDeviation } from '#base/statistics.ts';
import type { OutageSet } from '#data/outages.ts';
import type { CrossValidation } from '#evaluation/cross-validation.ts';
import { computeMetrics, type Metrics } from '#evaluation/metrics.ts';
import { modelCatalogue, type ModelFamily, type ModelName } from '#models/model-catalogue.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { Samples } from './training-set.ts';
import type { ModelScore, Scores } from './training.ts';

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

/** Cross-validated and test scores of every model that was fitted, and of the announced durations. */
export function listScores(
  { models }: CrossValidation,
  fitted: ReadonlyMap<ModelName, FittedModel>,
  { announced }: OutageSet,
  testRows: Int32Array,
  test: Samples,
): readonly ModelScore[] {
  return models.flatMap((score): ModelScore[] => {
    const predicted =
      score.name === 'announced'
        ? Float64Array.from(testRows, (position) => announced?.[position] ?? NaN)
        : fitted.get(score.name)?.predict(test.features);
    if (!predicted) return [];
    const { name, scale, metrics, perFold } = score;
    const sd = sampleDeviation(perFold.map(({ meanAbsoluteError }) => meanAbsoluteError));
    return [
      {
        name,
        scale,
        isReference: isReference(name),
        cv: { ...toScores(metrics), sd },
        test: toScores(computeMetrics(test.target, predicted)),
      },
    ];
  });
}

function toScores({ meanAbsoluteError, rootMeanSquaredError, r2Score }: Metrics): Scores {
  return { mae: meanAbsoluteError, rmse: rootMeanSquaredError, r2: r2Score };
}
