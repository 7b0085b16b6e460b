import type { JobContext } from '#base/job-context.ts';
import { createPacer } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import { selectRows } from '#data/table.ts';
import { type FitOptions, fitModel, type ModelSpec } from '#models/regressor.ts';
import { type ModelScore, scoreModel } from './model-score.ts';
import type { Fold } from './splits.ts';
import { blendModels } from './stacking.ts';

export type { ModelScore } from './model-score.ts';

/** Predictions that are not fitted: the planner's own announced durations. */
export interface GivenPredictions {
  readonly name: 'announced';
  readonly predictions: Float64Array;
}

export interface CrossValidation {
  readonly models: readonly ModelScore[];
  /** How to fit each of the models: those asked for, and the blend of them. */
  readonly specs: readonly ModelSpec[];
  /** The folds that every listed model was scored on. */
  readonly folds: readonly Fold[];
  /** False when it was stopped before all models had seen all folds. */
  readonly isComplete: boolean;
}

/**
 * Fits every model on every fold and predicts the samples it did not see: all models on the same
 * folds, so that their errors can be compared in pairs. Early stopping, where it is on, watches a
 * share of each fold's training samples, never its test samples.
 *
 * When `context.stop` aborts, the folds finished so far count, for all models alike; before the end
 * of the first fold, the models finished so far do. Cost: one fit per model and fold; the blend of the
 * models (`stacking.ts`) needs none.
 */
export async function crossValidate(
  specs: readonly ModelSpec[],
  features: Table,
  target: Float64Array,
  folds: readonly Fold[],
  context: JobContext,
  given: readonly GivenPredictions[] = [],
  fitOptions: Pick<FitOptions, 'fitNeural'> = {},
): Promise<CrossValidation> {
  const pace = createPacer(context);
  const byFold: Float64Array[][] = [];
  for (const [foldIndex, fold] of folds.entries()) {
    const train = selectRows(features, fold.trainRows);
    const test = selectRows(features, fold.testRows);
    const trainTarget = Float64Array.from(fold.trainRows, (row) => target[row] as number);
    const predictions: Float64Array[] = [];
    for (const [modelIndex, spec] of specs.entries()) {
      const nDone = foldIndex * specs.length + modelIndex;
      const watched: JobContext = {
        ...context,
        onProgress: (progress) =>
          context.onProgress({
            phase: 'cross-validating',
            done: nDone + progress.done / progress.total,
            total: folds.length * specs.length,
            fold: foldIndex + 1,
            nFolds: folds.length,
            model: spec.name,
            ...findBestScore(target, folds, byFold),
          }),
      };
      const model = await fitModel(spec, train, trainTarget, fitOptions, watched);
      await pace();
      // A fit cut short by "stop" is no fair score of this model.
      if (context.stop.aborted && nDone > 0) return score(specs, target, folds, byFold, predictions, given);
      predictions.push(model.predict(test));
    }
    byFold.push(predictions);
    const [first] = specs;
    if (first) {
      context.onProgress({
        phase: 'cross-validating',
        done: (foldIndex + 1) * specs.length,
        total: folds.length * specs.length,
        fold: foldIndex + 1,
        nFolds: folds.length,
        ...findBestScore(target, folds, byFold),
      });
    }
  }
  return score(specs, target, folds, byFold, [], given);
}

/** Lowest mean absolute error over the finished folds, for the progress line. */
function findBestScore(
  target: Float64Array,
  folds: readonly Fold[],
  byFold: Float64Array[][],
): { score?: number } {
  const [first] = byFold;
  if (!first) return {};
  const maes = first.map((_, model) => {
    let sum = 0;
    let n = 0;
    byFold.forEach((predictions, fold) => {
      (folds[fold] as Fold).testRows.forEach((row, i) => {
        sum += Math.abs((target[row] as number) - ((predictions[model] as Float64Array)[i] as number));
        n++;
      });
    });
    return sum / n;
  });
  return { score: Math.min(...maes) };
}

function score(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  byFold: Float64Array[][],
  unfinished: Float64Array[],
  given: readonly GivenPredictions[],
): CrossValidation {
  const finished = byFold.length > 0 ? byFold : [unfinished];
  const nModels = (finished[0] as Float64Array[]).length;
  const usedFolds = folds.slice(0, finished.length);
  const fitted = specs.slice(0, nModels).map((spec, model) =>
    scoreModel(
      spec,
      target,
      usedFolds,
      finished.map((predictions) => predictions[model] as Float64Array),
    ),
  );
  const announced = given.map(({ name, predictions }) =>
    scoreModel(
      { name, scale: 'identity' },
      target,
      usedFolds,
      usedFolds.map((fold) => Float64Array.from(fold.testRows, (row) => predictions[row] as number)),
    ),
  );
  const blend = blendModels(specs, fitted, target, usedFolds);
  return {
    models: [...fitted, ...(blend ? [blend.score] : []), ...announced],
    specs: [...specs, ...(blend ? [blend.spec] : [])],
    folds: usedFolds,
    isComplete: usedFolds.length === folds.length && nModels === specs.length,
  };
}
