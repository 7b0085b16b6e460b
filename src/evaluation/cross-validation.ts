import type { JobContext, Progress } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import type { Table } from '#data/table.ts';
import type { FitOptions, ModelSpec } from '#models/regressor.ts';
import { createForecastUnseen } from './forecast-unseen.ts';
import type { ModelForecasts } from './intervals/model-forecast.ts';
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
  /** What each fitted model (not the blend) forecast for the test rows of each of these folds. */
  readonly forecasts: ReadonlyMap<ModelSpec, readonly ModelForecasts[]>;
  /** False when it was stopped before all models had seen all folds. */
  readonly isComplete: boolean;
}

/**
 * Fits every model on every fold and forecasts the samples it did not see: all models on the same
 * folds, so that their errors can be compared in pairs. Early stopping, where it is on, watches a
 * share of each fold's training samples, never its test samples.
 *
 * When `context.stop` aborts, the folds finished so far count, for all models alike; before the end
 * of the first fold, the models finished so far do. Cost: one fit per model and fold, spread over the
 * pool where there is one; the blend of the models (`stacking.ts`) needs none.
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
  const requests = folds.flatMap((_, fold) => specs.map((spec) => ({ spec, fold })));
  const finished = folds.map(() => new Map<ModelSpec, ModelForecasts>());
  const line = createProgressLine(specs, target, folds, finished);
  await runParts(createForecastUnseen(fitOptions), { features, target, folds }, requests, context, {
    onResult: (forecasts, index) => {
      const { spec, fold } = requests[index];
      finished[fold]?.set(spec, forecasts);
    },
    onProgress: (done, index) => context.onProgress(line(done, requests[index]?.spec)),
  });
  return score(specs, target, folds, finished, given);
}

/** What is said while folds are fitted: the first one not finished yet, and the best error over those that are. */
function createProgressLine(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: readonly ReadonlyMap<ModelSpec, ModelForecasts>[],
) {
  let nScored = 0;
  let best: { score?: number } = {};
  return (done: number, moved: ModelSpec | undefined): Progress => {
    const nFinished = countLeading(finished, (fold) => fold.size === specs.length);
    if (nFinished > nScored) best = { score: findBestError(specs, target, folds, finished, nFinished) };
    nScored = nFinished;
    return {
      phase: 'cross-validating',
      done,
      total: folds.length * specs.length,
      fold: Math.min(nFinished + 1, folds.length),
      nFolds: folds.length,
      ...(moved && { model: moved.name }),
      ...best,
    };
  };
}

function countLeading<Item>(items: readonly Item[], isCounted: (item: Item) => boolean): number {
  const end = items.findIndex((item) => !isCounted(item));
  return end < 0 ? items.length : end;
}

/** Lowest mean absolute error over the first folds. */
function findBestError(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: readonly ReadonlyMap<ModelSpec, ModelForecasts>[],
  nFinished: number,
): number {
  const errors = specs.map((spec) => {
    let sum = 0;
    let n = 0;
    for (let f = 0; f < nFinished; f++) {
      const { testRows } = folds[f];
      const predicted = finished[f]?.get(spec)?.predicted as Float64Array;
      testRows.forEach((row, i) => {
        sum += Math.abs(target[row] - predicted[i]);
      });
      n += testRows.length;
    }
    return sum / n;
  });
  return Math.min(...errors);
}

function score(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: readonly ReadonlyMap<ModelSpec, ModelForecasts>[],
  given: readonly GivenPredictions[],
): CrossValidation {
  // Folds are begun in order, but on several threads they need not end in it.
  const complete = folds.map((_, fold) => fold).filter((fold) => finished[fold]?.size === specs.length);
  const used = complete.length > 0 ? complete : [0];
  const usedFolds = used.map((fold) => folds[fold]);
  const scored = specs.filter((spec) => finished[used[0]]?.has(spec));
  const forecasts = new Map(
    scored.map((spec) => [spec, used.map((fold) => finished[fold]?.get(spec) as ModelForecasts)]),
  );
  const fitted = scored.map((spec) =>
    scoreModel(
      spec,
      target,
      usedFolds,
      (forecasts.get(spec) ?? []).map(({ predicted }) => predicted),
    ),
  );
  const announced = given.map(({ name, predictions }) =>
    scoreModel(
      { name, scale: 'identity' },
      target,
      usedFolds,
      usedFolds.map((fold) => Float64Array.from(fold.testRows, (row) => predictions[row])),
    ),
  );
  const blend = blendModels(specs, fitted, target, usedFolds);
  return {
    models: [...fitted, ...(blend ? [blend.score] : []), ...announced],
    specs: [...specs, ...(blend ? [blend.spec] : [])],
    folds: usedFolds,
    forecasts,
    isComplete: usedFolds.length === folds.length && scored.length === specs.length,
  };
}
