import { isRuleOfThumb, modelCatalogue } from '#models/model-catalogue.ts';
import { createSpec, listMembers, type ModelSpec, type WeightedSpec } from '#models/model-spec.ts';
import { type OutOfFoldScore, scoreOutOfFold } from './out-of-fold-score.ts';
import type { Fold } from './splits.ts';

/** Rounds of greedy selection: weights are multiples of 1/20. */
const N_ROUNDS = 20;

/** Only models within this factor of the best error may join: what is far off can only fit chance. */
export const WORST_FACTOR = 1.25;

/**
 * Non-negative weights, summing to 1, of the models whose mean together has the lowest mean absolute
 * error: greedy forward selection with replacement (Caruana et al. 2004), from the best single model.
 * NaN rows are left out. O(rounds × models × rows).
 */
export function findBlendWeights(
  predictions: readonly Float64Array[],
  target: Float64Array,
  rows: ArrayLike<number>,
): Float64Array {
  const counts = new Float64Array(predictions.length);
  const known = Int32Array.from(rows).filter((row) =>
    predictions.every((values) => !Number.isNaN(values[row])),
  );
  const sum = new Float64Array(known.length);
  for (let round = 0; round < N_ROUNDS; round++) {
    let best = 0;
    let lowest = Infinity;
    predictions.forEach((values, model) => {
      let error = 0;
      known.forEach((row, i) => {
        const mean = (sum[i] + values[row]) / (round + 1);
        error += Math.abs(target[row] - mean);
      });
      if (error < lowest) {
        lowest = error;
        best = model;
      }
    });
    counts[best] = counts[best] + 1;
    const chosen = predictions[best];
    known.forEach((row, i) => (sum[i] = sum[i] + chosen[row]));
  }
  return counts.map((count) => count / N_ROUNDS);
}

export interface Blend {
  readonly spec: ModelSpec;
  readonly score: OutOfFoldScore;
}

/**
 * Stacks fitted models by their out-of-fold predictions (Wolpert 1992). Each fold is blended with
 * weights found on the other folds, so the blend's score has not seen what it is judged on; the
 * weights of its spec come from all folds. Null where one model takes all the weight, or fewer than
 * two folds are there. Costs no fit.
 */
export function blendModels(
  specs: readonly ModelSpec[],
  scores: readonly OutOfFoldScore[],
  target: Float64Array,
  folds: readonly Fold[],
): Blend | null {
  const bestMae = scores.reduce((least, score) => Math.min(least, score.metrics.meanAbsoluteError), Infinity);
  const members = scores.flatMap((score) => {
    const spec = specs.find(({ id }) => id === score.id);
    return spec && isBlendable(spec) && score.metrics.meanAbsoluteError <= WORST_FACTOR * bestMae
      ? [{ spec, score }]
      : [];
  });
  const firstRepeat = folds.filter((fold) => fold.repeat === 0);
  if (members.length < 2 || firstRepeat.length < 2) return null;
  const predictions = members.map(({ score }) => score.predictions);
  const weights = findBlendWeights(
    predictions,
    target,
    firstRepeat.flatMap(({ testRows }) => Array.from(testRows)),
  );
  if (weights.filter((weight) => weight > 0).length < 2) return null;
  const blended = firstRepeat.map((fold) => {
    const others = firstRepeat
      .filter((other) => other !== fold)
      .flatMap(({ testRows }) => Array.from(testRows));
    const fair = findBlendWeights(predictions, target, others);
    return Float64Array.from(fold.testRows, (row) =>
      predictions.reduce((sum, values, m) => sum + fair[m] * values[row], 0),
    );
  });
  const [first] = members;
  const weighted = members.flatMap((member, m) => {
    const weight = weights[m];
    return weight > 0 ? [{ weight, spec: member.spec }] : [];
  });
  const spec = { ...createSpec('blend', { seed: first.spec.seed, members: weighted }), id: 'blend' };
  return { spec, score: scoreOutOfFold(spec, target, firstRepeat, blended) };
}

/**
 * Half the best model and half the own past of the outage's unit and class. What a model has made of other units is held
 * to what this one did; the weight is fixed, as a weight found would be found from few units. Of a blend the members
 * stand beside the own past, at half their weight. Null without an own past, and where that is the best. Costs no fit.
 */
export function blendHalfOwnPast(
  specs: readonly ModelSpec[],
  scores: readonly OutOfFoldScore[],
  stacked: Blend | null,
  target: Float64Array,
  folds: readonly Fold[],
): Blend | null {
  const ownSpec = specs.find(({ name }) => name === 'own-past');
  const own = scores.find(({ id }) => id === ownSpec?.id);
  if (!ownSpec || !own) return null;
  const best = [...scores, ...(stacked ? [stacked.score] : [])].reduce((least, score) =>
    score.metrics.meanAbsoluteError < least.metrics.meanAbsoluteError ? score : least,
  );
  const bestSpec = best === stacked?.score ? stacked.spec : specs.find(({ id }) => id === best.id);
  if (!bestSpec || best === own) return null;
  const halved = listParts(bestSpec).map(({ weight, spec: part }) => ({ weight: weight / 2, spec: part }));
  const members = [...halved, { weight: 0.5, spec: ownSpec }];
  const spec = createSpec('blend-own-past', { seed: ownSpec.seed, members });
  const firstRepeat = folds.filter((fold) => fold.repeat === 0);
  const blended = firstRepeat.map(({ testRows }) =>
    Float64Array.from(testRows, (row) => (best.predictions[row] + own.predictions[row]) / 2),
  );
  return {
    spec: { ...spec, id: 'blend-own-past' },
    score: scoreOutOfFold(spec, target, firstRepeat, blended),
  };
}

/** What a model is the mean of; itself where it is none. */
function listParts(spec: ModelSpec): readonly WeightedSpec[] {
  const members = listMembers(spec);
  return members.length > 0 ? members : [{ weight: 1, spec }];
}

/**
 * Reference predictions stay out: a blend is to be of models that look at the outage. So does the neural
 * network: a blend with it could not be explained exactly.
 */
function isBlendable({ name }: ModelSpec): boolean {
  const { family } = modelCatalogue[name];
  if (family === 'plan') return !isRuleOfThumb(name);
  return family === 'ridge' || family === 'gradient-boosting' || family === 'hazard' || family === 'forest';
}
