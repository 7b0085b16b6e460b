import { AppError } from '#base/errors.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { modelCatalogue, type ModelFamily } from '#models/model-catalogue.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { OutOfFoldScore } from './out-of-fold-score.ts';

/** A plainer model is proposed only while it loses less than this share of the best one's error. */
const MATERIAL_SHARE = 0.01;

/** A loss below this share is nothing a planner could notice, however surely it is there. */
const NEGLIGIBLE_SHARE = 0.005;

const yardsticks: ReadonlySet<ModelFamily> = new Set<ModelFamily>(['announced', 'neural']);

/** Why a model is proposed, as a code the screens word. */
export type SelectionReason =
  | 'lowest-error' // it has the lowest mean absolute error
  | 'simplest-within-one-standard-error' // a plainer model that cannot be told from the best
  | 'weighted-on-few' // few outages: the models that err least, each by its error
  | 'simplest-negligible-loss'; // a plainer model that is surely worse, but by under 0.5 %

export interface Selection {
  readonly chosen: SpecId;
  readonly reason: SelectionReason;
  readonly mae: number;
  /** The model with the lowest error; the same as `chosen` with reason 'lowest-error'. */
  readonly best: SpecId;
  readonly bestMae: number;
  /** Mean paired difference |error| chosen − best, and its standard error; both 0 for the best itself. */
  readonly difference: number;
  readonly standardError: number;
}

/** Mean and standard error of the paired differences a − b of two models' absolute errors, over shared rows. */
export function measurePairedLoss(
  a: Float64Array,
  b: Float64Array,
): { readonly difference: number; readonly standardError: number; readonly nSamples: number } {
  const differences = a.map((error, row) => error - b[row]).filter((value) => !Number.isNaN(value));
  return {
    difference: mean(differences),
    standardError: sampleDeviation(differences) / Math.sqrt(differences.length),
    nSamples: differences.length,
  };
}

/**
 * Proposes the model with the lowest mean absolute error, or the plainest one that cannot be told from
 * it: whose paired loss is under one standard error (Breiman et al. 1984's rule, with the error of the
 * difference) and under 1 % of the error, or is under 0.5 % anyway. The announced duration and
 * the neural network are yardsticks, never proposed: the one is no model, the other gives no reasons. `weighted`: what few
 * outages were weighted to, which is then proposed.
 */
export function chooseModel(scores: readonly OutOfFoldScore[], weighted: SpecId | null = null): Selection {
  const eligible = scores
    .filter((score) => !yardsticks.has(modelCatalogue[score.name].family))
    .sort((a, b) => maeOf(a) - maeOf(b) || complexityOf(a) - complexityOf(b));
  const [best] = eligible;
  if (!best) throw new AppError('internal', 'no model to choose from', {});
  const given = eligible.find(({ id }) => id === weighted);
  if (given) {
    const loss = measurePairedLoss(given.absoluteErrors, best.absoluteErrors);
    return describeSelection({ score: given, ...loss }, best, 'weighted-on-few');
  }
  const tied = eligible
    .map((score) => ({ score, ...measurePairedLoss(score.absoluteErrors, best.absoluteErrors) }))
    .filter(({ score, difference, standardError }) => {
      const isUnsure = difference <= standardError && difference <= MATERIAL_SHARE * maeOf(best);
      return score === best || isUnsure || difference <= NEGLIGIBLE_SHARE * maeOf(best);
    })
    .sort((a, b) => complexityOf(a.score) - complexityOf(b.score) || maeOf(a.score) - maeOf(b.score));
  const [proposed] = tied;
  return describeSelection(proposed, best, findReason(proposed, best));
}

interface Proposal {
  readonly score: OutOfFoldScore;
  readonly difference: number;
  readonly standardError: number;
}

function describeSelection(proposed: Proposal, best: OutOfFoldScore, reason: SelectionReason): Selection {
  return {
    chosen: proposed.score.id,
    reason,
    mae: maeOf(proposed.score),
    best: best.id,
    bestMae: maeOf(best),
    difference: proposed.difference,
    standardError: proposed.score === best ? 0 : proposed.standardError,
  };
}

function findReason(proposed: Proposal, best: OutOfFoldScore): SelectionReason {
  if (proposed.score === best) return 'lowest-error';
  return proposed.difference <= proposed.standardError
    ? 'simplest-within-one-standard-error'
    : 'simplest-negligible-loss';
}

function maeOf({ metrics }: OutOfFoldScore): number {
  return metrics.meanAbsoluteError;
}

function complexityOf(score: OutOfFoldScore): number {
  return modelCatalogue[score.name].complexity;
}
