import { AppError } from '#base/errors.ts';
import type { JobContext, Progress } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { mean } from '#base/statistics.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import { type OutOfFoldScore, scoreOutOfFold } from '#evaluation/out-of-fold-score.ts';
import type { Fold } from '#evaluation/splits.ts';
import { blendHalfOwnPast, blendModels } from '#evaluation/stacking.ts';
import { type WeightedBlend, weighModels } from '#evaluation/weighted-blend.ts';
import type { Candidates } from '#models/candidates.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import type { StoppedCandidates } from './contract.ts';
import { putQuickThenSlow, putSlowFirst } from './fit-order.ts';
import { createEvaluation } from './fold-parts.ts';
import { type FinishedFolds, listErrors, splitHeats, stopLosers } from './race-heats.ts';
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
  /** What takes long to fit is stopped after two folds where it cannot win any more; from four folds on, without repeats. */
  readonly isRaced?: boolean;
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
  /** Candidates of a race that have no score among the others; null where all have. */
  readonly stopped: StoppedCandidates | null;
  /** False when it was stopped before all models had seen all folds. */
  readonly isComplete: boolean;
}

/**
 * Fits every spec on every fold and forecasts the samples it did not see: all models on the same
 * folds, so that their errors can be compared in pairs. Early stopping, where it is on, watches a
 * share of each fold's training samples, never its test samples.
 *
 * Raced, the two folds that learn from most are done first; then what takes long and cannot win (`race.ts`) is stopped and
 * has no score. The same whoever does the fits, as all of them are waited for.
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
  const finished = folds.map(() => new Map<SpecId, ModelForecasts>());
  const tell = createProgressLine(specs, target, folds, finished);
  const evaluation = createEvaluation(options);
  const heats = compared.isRaced ? splitHeats(folds) : [folds.map((_, fold) => fold)];
  let stopped: StoppedCandidates | null = null;
  let running = specs;
  for (const [heat, heatFolds] of heats.entries()) {
    if (heat > 0) {
      if (context.stop.aborted) break;
      stopped = stopLosers(specs, target, folds, finished, heatFolds);
      running = specs.filter(({ id }) => !stopped?.models.some((loser) => loser.id === id));
    }
    const groups = groupByFit(running);
    const requests = heatFolds.flatMap((fold, i) => {
      const order = heat === 0 && i === 0 ? putQuickThenSlow : putSlowFirst;
      return order(groups, ([first]) => first as ModelSpec).map((group) => ({ specs: group, fold }));
    });
    const nBefore = heat === 0 ? 0 : specs.length * (heats[0]?.length ?? 0);
    const total = nBefore + running.length * (heat === 0 ? folds.length : heatFolds.length);
    await runParts(evaluation, outages, requests, context, {
      onResult: (forecasts, index) => {
        const request = requests[index];
        request?.specs.forEach(({ id }, i) =>
          finished[request.fold]?.set(id, forecasts[i] as ModelForecasts),
        );
      },
      onProgress: (done, index) => {
        const nDone = nBefore + (done * running.length) / groups.length;
        context.onProgress(tell(running, nDone, total, requests[index]?.specs[0]));
      },
    });
  }
  return { ...score({ ...compared, specs: running }, target, folds, finished), stopped };
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

/**
 * What is said while folds are fitted: the fold, and the candidate that leads with its error. Compared are those that have
 * done all folds that are done; before the first one is, those that have done the one under way.
 */
function createProgressLine(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: FinishedFolds,
) {
  let nSeen = 0;
  let leading: Pick<Progress, 'leader' | 'score' | 'nCompared'> = {};
  return (
    running: readonly ModelSpec[],
    done: number,
    total: number,
    moved: ModelSpec | undefined,
  ): Progress => {
    const whole = folds.flatMap((_, fold) =>
      running.every(({ id }) => finished[fold]?.has(id)) ? [fold] : [],
    );
    const nFinished = finished.reduce((sum, fold) => sum + fold.size, 0);
    if (nFinished > nSeen) {
      const sizes = finished.map(({ size }) => size);
      const begun = sizes.indexOf(Math.max(...sizes));
      leading = findLeader(specs, target, folds, finished, whole.length > 0 ? whole : [begun]);
    }
    nSeen = nFinished;
    return {
      phase: 'cross-validating',
      done,
      total,
      fold: Math.min(whole.length + 1, folds.length),
      nFolds: folds.length,
      ...(moved && { model: moved.name }),
      ...leading,
    };
  };
}

/** Lowest mean absolute error over some folds, of those that have done them. */
function findLeader(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: FinishedFolds,
  done: readonly number[],
): Pick<Progress, 'leader' | 'score' | 'nCompared'> {
  const scores = specs
    .filter(({ id }) => done.every((fold) => finished[fold]?.has(id)))
    .map(({ id, name }) => {
      const errors = listErrors(id, target, folds, finished, done);
      return { leader: name, score: mean(errors), nCompared: errors.length };
    });
  return scores.reduce((best, each) => (each.score < best.score ? each : best));
}

function score(
  { specs, blend, hasHalfOwnPast = false, given = [] }: ComparedSpecs,
  target: Float64Array,
  folds: readonly Fold[],
  finished: FinishedFolds,
): Omit<Comparison, 'stopped'> {
  // Folds are begun in order, but on several threads they need not end in it.
  const complete = folds.flatMap((_, fold) =>
    specs.every(({ id }) => finished[fold]?.has(id)) ? [fold] : [],
  );
  const used = complete.length > 0 ? complete : [finished.findIndex(({ size }) => size > 0)];
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
