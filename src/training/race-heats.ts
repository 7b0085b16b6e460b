import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import { judgeRace } from '#evaluation/race.ts';
import type { Fold } from '#evaluation/splits.ts';
import type { Candidates } from '#models/candidates.ts';
import { modelCatalogue, type ModelFamily } from '#models/model-catalogue.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import type { StoppedCandidates } from './contract.ts';
import type { Samples } from './training-set.ts';

/** What has been forecast of the test rows of each fold, by spec. */
export type FinishedFolds = readonly ReadonlyMap<SpecId, ModelForecasts>[];

/** From so many cells on, a fit takes long enough for a race: on fewer, every score is worth its time. */
const LEAST_RACED_CELLS = 20_000;

/** Whether candidates on these samples are to be raced: folds of few outages are drawn again, and few are told apart. */
export function isWorthRacing({ features, target }: Samples, blend: Candidates['blend']): boolean {
  return blend === 'stacked' && target.length * features.columns.length >= LEAST_RACED_CELLS;
}

/** Folds after which the race is looked at: the last time that it is worth it. */
const FIRST_HEAT = 2;
const LEAST_RACED_FOLDS = 4;

/** Positions of the folds, by when they are fitted: of a race the two that learn from most come first. */
export function splitHeats(folds: readonly Fold[]): readonly (readonly number[])[] {
  const all = folds.map((_, fold) => fold);
  if (folds.length < LEAST_RACED_FOLDS || folds.some(({ repeat }) => repeat > 0)) return [all];
  const nLearnt = (fold: number) => folds[fold]?.trainRows.length ?? 0;
  const first = all.toSorted((a, b) => nLearnt(b) - nLearnt(a)).slice(0, FIRST_HEAT);
  return [first, all.filter((fold) => !first.includes(fold))];
}

const slowFamilies: ReadonlySet<ModelFamily> = new Set(['gradient-boosting', 'hazard', 'forest']);
const isSlow = ({ name }: ModelSpec) =>
  slowFamilies.has(modelCatalogue[name].family) || name === 'plan-boosting';

/** Who of those that take long to fit cannot win: plain ones are what the others are measured by. Null where nobody. */
export function stopLosers(
  specs: readonly ModelSpec[],
  target: Float64Array,
  folds: readonly Fold[],
  finished: FinishedFolds,
  toCome: readonly number[],
): StoppedCandidates | null {
  const nToCome = toCome.reduce((sum, fold) => sum + (folds[fold]?.testRows.length ?? 0), 0);
  const done = folds.flatMap((_, fold) => (toCome.includes(fold) ? [] : [fold]));
  const errors = new Map(specs.map(({ id }) => [id, listErrors(id, target, folds, finished, done)]));
  const stand = judgeRace(errors, nToCome);
  const models = specs.flatMap((spec) => {
    const loss = stand?.lost.find(({ id }) => id === spec.id);
    return loss && isSlow(spec) ? [{ ...loss, name: spec.name }] : [];
  });
  const leader = specs.find(({ id }) => id === stand?.leader)?.name;
  if (!stand || !leader || models.length === 0) return null;
  return { nFolds: done.length, n: stand.n, leader, leaderMae: stand.leaderMae, models };
}

/** Absolute errors of a spec over the test rows of some folds that it has finished, one after the other. */
export function listErrors(
  id: SpecId,
  target: Float64Array,
  folds: readonly Fold[],
  finished: FinishedFolds,
  done: readonly number[],
): Float64Array {
  const parts = done.map((fold) => {
    const forecasts = finished[fold]?.get(id) as ModelForecasts;
    const known = errorsOf.get(forecasts) ?? measureErrors(forecasts, target, folds[fold] as Fold);
    errorsOf.set(forecasts, known);
    return known;
  });
  const errors = new Float64Array(parts.reduce((n, { length }) => n + length, 0));
  let at = 0;
  for (const part of parts) {
    errors.set(part, at);
    at += part.length;
  }
  return errors;
}

/** Remembered: they are asked for each time that a fit is done. */
const errorsOf = new WeakMap<ModelForecasts, Float64Array>();

function measureErrors(
  { predicted }: ModelForecasts,
  target: Float64Array,
  { testRows }: Fold,
): Float64Array {
  return predicted.map((value, i) => Math.abs((target[testRows[i] as number] as number) - value));
}
