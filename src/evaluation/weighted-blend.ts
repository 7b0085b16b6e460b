import { isRuleOfThumb } from '#models/model-catalogue.ts';
import { createSpec, type ModelSpec, type SpecId, type WeightedSpec } from '#models/model-spec.ts';
import { type OutOfFoldScore, scoreOutOfFold } from './out-of-fold-score.ts';
import type { Fold } from './splits.ts';
import type { Blend } from './stacking.ts';
import { chooseWeights } from './weighted-choice.ts';

/** A weighted choice as a model: the blend of those that have a weight, or the one that has all of it. */
export interface WeightedBlend {
  readonly id: SpecId;
  /** Null where one model has all the weight. */
  readonly blend: Blend | null;
  /** The heaviest first. Weights sum to 1. */
  readonly members: readonly WeightedSpec[];
  /** Nothing beats the best rule of thumb by one standard error: half of the weight is left to it. */
  readonly isGuarded: boolean;
}

/** A weight below this changes no answer by a minute. */
const LEAST_WEIGHT = 1e-3;

/**
 * Weighs models compared on few outages (`chooseWeights`). Each fold is answered with weights found on the outages of
 * the other folds, so that the blend's score has not seen what it is judged on. `predictions`: of each model, by fold, of
 * the fold's test rows. Costs no fit.
 */
export function weighModels(
  specs: readonly ModelSpec[],
  scores: readonly OutOfFoldScore[],
  predictions: ReadonlyMap<SpecId, readonly Float64Array[]>,
  target: Float64Array,
  folds: readonly Fold[],
): WeightedBlend | null {
  const candidates = scores.flatMap((score) => {
    const spec = specs.find(({ id }) => id === score.id);
    const predicted = predictions.get(score.id);
    return spec && predicted ? [{ spec, score, predicted }] : [];
  });
  const [first] = candidates;
  if (first === undefined) return null;
  const weigh = (tested: ReadonlySet<number>) =>
    chooseWeights(
      candidates.map(({ spec: { id, name }, score }) => ({
        id,
        isReference: isRuleOfThumb(name),
        absoluteErrors: score.absoluteErrors.map((error, row) => (tested.has(row) ? NaN : error)),
      })),
    );
  const { weights: all, isGuarded } = weigh(new Set());
  const kept = all.filter(({ weight }) => weight >= LEAST_WEIGHT);
  const total = kept.reduce((sum, { weight }) => sum + weight, 0);
  const members = kept.flatMap(({ id, weight }) => {
    const spec = specs.find((each) => each.id === id);
    return spec ? [{ weight: weight / total, spec }] : [];
  });
  const [heaviest] = members;
  if (heaviest && members.length === 1) return { id: heaviest.spec.id, blend: null, members, isGuarded };
  const blended = folds.map(({ testRows }, f) => {
    const { weights } = weigh(new Set(testRows));
    const weightOf = new Map(weights.map(({ id, weight }) => [id, weight]));
    return Float64Array.from(testRows, (_, i) =>
      candidates.reduce((sum, { spec, predicted }) => {
        const weight = weightOf.get(spec.id) ?? 0;
        return weight > 0 ? sum + weight * (predicted[f]?.[i] ?? NaN) : sum;
      }, 0),
    );
  });
  const spec = { ...createSpec('blend', { seed: first.spec.seed, members }), id: 'blend' };
  const score = scoreOutOfFold(spec, target, folds, blended);
  return { id: spec.id, blend: { spec, score }, members, isGuarded };
}
