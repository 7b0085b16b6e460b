import { AppError } from '#base/errors.ts';
import type { JobContext, Progress } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import { type OutOfFoldScore, scoreOutOfFold } from '#evaluation/out-of-fold-score.ts';
import type { Fold } from '#evaluation/splits.ts';
import { blendHalfOwnPast, blendModels } from '#evaluation/stacking.ts';
import { type WeightedBlend, weighModels } from '#evaluation/weighted-blend.ts';
import type { Candidates } from '#models/candidates.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import { createEvaluation } from './fold-parts.ts';
import { type EvaluationOptions, groupByFit, type SharedFolds } from './shared-folds.ts';

/** Predictions that are not fitted: the planner's own announced durations. */
export interface GivenPredictions {
  readonly name: 'announced';
  readonly predictions: Float64Array;
}

/** What is compared: no two specs of one id. */
export interface ComparedSpecs {
  readonly specs: readonly ModelSpec[];
  /**
   * A weighted mean of them is one more candidate, where it takes more than one: `stacked` by what errs least together, or
   * `weighted` by each one's error, for few outages. Absent: none.
   */
  readonly blend?: Candidates['blend'];
  /** Half the best of them and half the own past is one more, where the own past is one of them. */
  readonly hasHalfOwnPast?: boolean;
  readonly given?: readonly GivenPredictions[];
}

export interface Comparison {
  readonly scores: readonly OutOfFoldScore[];
  /** How to fit each of the models: those asked for, and the blend of them. */
  readonly specs: readonly ModelSpec[];
  /** The folds that every listed model was scored on. */
  readonly folds: readonly Fold[];
  /** What each fitted model (not the blend) forecast for the test rows of each of these folds. */
  readonly forecasts: ReadonlyMap<SpecId, readonly ModelForecasts[]>;
  /** Of a weighted blend: what was weighted how. Its id is then the choice. */
  readonly weighted: WeightedBlend | null;
  /** False when it was stopped before all models had seen all folds. */
  readonly isComplete: boolean;
}

/**
 * Fits every spec on every fold and forecasts the samples it did not see: all models on the same
 * folds, so that their errors can be compared in pairs. Early stopping, where it is on, watches a
 * share of each fold's training samples, never its test samples.
 *
 * When `context.stop` aborts, the folds finished so far count, for all models alike; before the end
 * of the first fold, the models finished so far do. Cost: one fit per model and fold, spread over the
 * pool where there is one (specs that differ in the number of trees alone share one); the blend of the models
 * (`stacking.ts`) needs none. Throws `invalid-setting` for two specs of one id.
 */
export async function compareSpecs(
  compared: ComparedSpecs,
  outages: SharedFolds,
  context: JobContext,
  options: EvaluationOptions = {},
): Promise<Comparison> {
  const { specs } = compared;
  const { target, folds } = outages;
  checkIds(specs);
  const groups = groupByFit(specs);
  const requests = folds.flatMap((_, fold) => groups.map((group) => ({ specs: group, fold })));
  const finished = folds.map(() => new Map<SpecId, ModelForecasts>());
  const line = createProgressLine(specs, target, folds, finished);
  const nSpecsPerGroup = specs.length / groups.length;
  await runParts(createEvaluation(options), outages, requests, context, {
    onResult: (forecasts, index) => {
      const request = requests[index];
      request?.specs.forEach(({ id }, i) => finished[request.fold]?.set(id, forecasts[i] as ModelForecasts));
    },
    onProgress: (done, index) => context.onProgress(line(done * nSpecsPerGroup, requests[index]?.specs[0])),
  });
  return score(compared, target, folds, finished);
}

function checkIds(specs: readonly ModelSpec[]): void {
  const seen = new Set<SpecId>();
  for (const { id } of specs) {
    if (seen.has(id)) {
      throw new AppError('invalid-setting', `two specs are called ${id}`, { name: 'id', value: id });
    }
    seen.add(id);
  }
}

/** What is said while folds are fitted: the first one not finished yet, and the best error over those that are. */
function createProgressLine(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: readonly ReadonlyMap<SpecId, ModelForecasts>[],
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
  finished: readonly ReadonlyMap<SpecId, ModelForecasts>[],
  nFinished: number,
): number {
  const errors = specs.map(({ id }) => {
    let sum = 0;
    let n = 0;
    for (let f = 0; f < nFinished; f++) {
      const { testRows } = folds[f] as Fold;
      const predicted = finished[f]?.get(id)?.predicted as Float64Array;
      testRows.forEach((row, i) => {
        sum += Math.abs((target[row] as number) - (predicted[i] as number));
      });
      n += testRows.length;
    }
    return sum / n;
  });
  return Math.min(...errors);
}

function score(
  { specs, blend, hasHalfOwnPast = false, given = [] }: ComparedSpecs,
  target: Float64Array,
  folds: readonly Fold[],
  finished: readonly ReadonlyMap<SpecId, ModelForecasts>[],
): Comparison {
  // Folds are begun in order, but on several threads they need not end in it.
  const complete = folds.flatMap((_, fold) => (finished[fold]?.size === specs.length ? [fold] : []));
  const used = complete.length > 0 ? complete : [0];
  const usedFolds = used.map((fold) => folds[fold] as Fold);
  const scored = specs.filter(({ id }) => finished[used[0] as number]?.has(id));
  const forecasts = new Map(
    scored.map(({ id }) => [id, used.map((fold) => finished[fold]?.get(id) as ModelForecasts)]),
  );
  const predictions = new Map(
    [...forecasts].map(([id, ofFolds]) => [id, ofFolds.map(({ predicted }) => predicted)]),
  );
  const fitted = scored.map((spec) =>
    scoreOutOfFold(spec, target, usedFolds, predictions.get(spec.id) ?? []),
  );
  const announced = given.map(({ name, predictions: ofRows }) =>
    scoreOutOfFold(
      { id: name, name, scale: 'identity' },
      target,
      usedFolds,
      usedFolds.map((fold) => Float64Array.from(fold.testRows, (row) => ofRows[row] as number)),
    ),
  );
  const weighted = blend === 'weighted' ? weighModels(specs, fitted, predictions, target, usedFolds) : null;
  const stacked = blend === 'stacked' ? blendModels(specs, fitted, target, usedFolds) : null;
  const half = hasHalfOwnPast ? blendHalfOwnPast(specs, fitted, stacked, target, usedFolds) : null;
  const blends = [weighted?.blend ?? null, stacked, half].filter((each) => each !== null);
  return {
    scores: [...fitted, ...blends.map((blend) => blend.score), ...announced],
    specs: [...specs, ...blends.map(({ spec }) => spec)],
    folds: usedFolds,
    forecasts,
    weighted,
    isComplete: usedFolds.length === folds.length && scored.length === specs.length,
  };
}
