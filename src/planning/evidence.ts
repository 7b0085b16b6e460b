import type { CellRow } from '#data/cell.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { determineDependents } from '#inference/dependent-inputs.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { LeverDirection, PlanSupport } from './contract.ts';

/** How the duration went with a lever among outages alike in all else that the file holds. */
export interface LeverEvidence {
  readonly column: string;
  readonly n: number;
  /** Of the duration by unit of the lever, with its 90 % interval. */
  readonly slope: number;
  readonly low: number;
  readonly high: number;
  /** How much of the lever's spread the rest does not explain, in [0, 1]. */
  readonly freedom: number;
}

/**
 * Why a lever's effect looks like selection: `against-expected` what the planner expects and the outages, or the model, say
 * the contrary; `against-model` the outages alike say the contrary of the model; `never-free` the rest all but settles it.
 */
export const leverDoubts = ['against-expected', 'against-model', 'never-free'] as const;
export type LeverDoubt = (typeof leverDoubts)[number];

/** Less of a lever's spread than this was never varied freely. */
const LEAST_FREEDOM = 0.2;

/**
 * Null where nothing speaks against it. `modelSlope`: by how much the model's answer rises a unit of the lever, over the
 * values it may take; null where it does not move.
 */
export function doubtLever(
  { low, high, slope, freedom }: LeverEvidence,
  expected: LeverDirection | undefined,
  modelSlope: number | null,
): LeverDoubt | null {
  if (expected !== undefined) {
    const sign = expected === 'shortens' ? -1 : 1;
    const isAgainst = sign < 0 ? low > 0 : high < 0;
    const isModelAgainst =
      modelSlope !== null && Math.sign(modelSlope) === -sign && Math.sign(slope) === -sign;
    if (isAgainst || isModelAgainst) return 'against-expected';
  }
  const contradicts = modelSlope !== null && (modelSlope > 0 ? high < 0 : modelSlope < 0 && low > 0);
  if (contradicts) return 'against-model';
  return freedom < LEAST_FREEDOM ? 'never-free' : null;
}

/** By how much the P50 of a case rises a unit of a lever, from one of its bounds to the other; null where it has none there. */
export function measureModelSlope(
  model: ModelAtWork,
  cells: CellRow,
  { column, min, max }: PlanSupport['bounds'][number],
): number | null {
  const { features } = model.summary;
  const position = features.findIndex(({ name }) => name === column);
  if (!(max > min)) return null;
  const [low, high] = predictCases(
    model,
    [min, max].map((value) => determineDependents(features, cells, position, value)),
    undefined,
    'file',
  ).map(({ interval }) => (interval && isClaimed(interval.p50) ? interval.p50.value : null));
  return low === null || high === null || low === undefined || high === undefined
    ? null
    : (high - low) / (max - min);
}
