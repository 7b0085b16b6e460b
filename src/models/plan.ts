import { exactLog1p } from '#base/exact-math.ts';
import type { JobContext } from '#base/job-context.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type ConstantState, predictConstant } from './constant.ts';
import {
  fitGradientBoosting,
  type GradientBoostingState,
  predictGradientBoosting,
} from './gradient-boosting.ts';
import type { BoostingHyperparameters } from './hyperparameters.ts';
import { type ExpectedDirection, findConstraints, fitWithin } from './expected-directions.ts';
import { fitMedianPerClass, type MedianPerClassState, predictMedianPerClass } from './median-per-class.ts';
import { type PreparedSamples, prepareEncoded } from './prepared-samples.ts';
import { fitRidge, predictRidge, type RidgeState } from './ridge.ts';
import { selectSamples, selectValues } from './select-samples.ts';

/** How a planned duration is corrected: not at all, by the usual overrun of the class, or by a model of the overrun. */
export const planCorrections = ['none', 'per-class', 'linear', 'boosting'] as const;
export type PlanCorrection = (typeof planCorrections)[number];

export type PlanPartState = ConstantState | MedianPerClassState | RidgeState | GradientBoostingState;

/**
 * The planned duration times what outages usually take of it (reference-class forecasting: Flyvbjerg 2006), on the
 * scale log(1 + duration): log(1 + planned) + correction.
 */
export interface PlanState {
  readonly family: 'plan';
  /** Position of the planned duration, in the target's unit, among the features; −1: it is none of them. */
  readonly planIndex: number;
  /** Of log((1 + actual) / (1 + planned)), learnt on the outages that have a plan. */
  readonly correction: PlanPartState;
  /** The same kind of model of log(1 + actual), for outages without a plan. */
  readonly withoutPlan: PlanPartState;
}

export interface PlanSettings {
  readonly planFeature: string;
  readonly correction: PlanCorrection;
  /** Features that the linear corrections do not look at, by name. */
  readonly without: readonly string[];
  /** Of a boosted correction; null for the others. */
  readonly boosting: BoostingHyperparameters | null;
}

/** A plan of no length is none. */
export function isPlanned(value: number): boolean {
  return value > 0 && Number.isFinite(value);
}

/** Planned durations; NaN where the plan is not among the features (a fit without it). */
export function findPlans({ planIndex }: Pick<PlanState, 'planIndex'>, matrix: FeatureMatrix): Float64Array {
  return matrix.columns[planIndex] ?? new Float64Array(matrix.nSamples).fill(NaN);
}

/** What a part is fitted by. */
interface PlanOptions extends PlanSettings {
  readonly expected?: readonly ExpectedDirection[] | undefined;
}

/** Two fits of the correction's kind at most. Durations must be above −1. */
export async function fitPlan(
  samples: PreparedSamples,
  settings: PlanOptions,
  seed: number,
  context: JobContext,
): Promise<PlanState> {
  const { encoder, matrix, target } = samples;
  const planIndex = encoder.features.findIndex(({ name }) => name === settings.planFeature);
  const plan = findPlans({ planIndex }, matrix);
  const all = Uint32Array.from(plan, (_, row) => row);
  const planned = all.filter((row) => isPlanned(plan[row]));
  const unplanned = all.filter((row) => !isPlanned(plan[row]));
  const logTarget = target.map(exactLog1p);
  const overrun = Float64Array.from(planned, (row) => logTarget[row] - exactLog1p(plan[row]));
  const isCorrected = settings.correction !== 'none' && planned.length >= MIN_ROWS;
  // Outages without a plan are of another kind than those with one, where there are enough to tell.
  const others = unplanned.length >= MIN_ROWS ? unplanned : all;
  return {
    family: 'plan',
    planIndex,
    correction: isCorrected
      ? await fitPart(select(samples, planned, overrun), settings, seed, context)
      : { family: 'constant', value: 0 },
    withoutPlan: await fitPart(
      select(samples, others, selectValues(logTarget, others)),
      settings,
      seed,
      context,
    ),
  };
}

/** Fewer outages correct nothing. */
const MIN_ROWS = 5;

function select(
  { encoder, matrix, nCategories }: PreparedSamples,
  rows: Uint32Array,
  target: Float64Array,
): PreparedSamples {
  return prepareEncoded(encoder, { matrix: selectSamples(matrix, rows), nCategories }, target);
}

/** A model of what stands in the samples' target, as it is. */
async function fitPart(
  samples: PreparedSamples,
  { correction, without, boosting, expected }: PlanOptions,
  seed: number,
  context: JobContext,
): Promise<PlanPartState> {
  const { encoder, matrix, nCategories, target } = samples;
  if (correction === 'linear') {
    const unused = encoder.features.flatMap(({ name }, i) => (without.includes(name) ? [i] : []));
    const fit = (left: ReadonlySet<number>) =>
      fitRidge(matrix, target, nCategories, { isBounded: true, without: left });
    return fitWithin(findConstraints(expected, encoder), fit, new Set(unused));
  }
  if (boosting === null) return fitMedianPerClass(matrix, target, nCategories);
  const options = { hyperparameters: boosting, init: 'mean', scale: 'identity', seed, expected } as const;
  return fitGradientBoosting(samples, options, context);
}

/** On the scale log(1 + duration). */
export function predictPlan(state: PlanState, matrix: FeatureMatrix): Float64Array {
  const plan = findPlans(state, matrix);
  const correction = predictPlanPart(state.correction, matrix);
  const withoutPlan = predictPlanPart(state.withoutPlan, matrix);
  return correction.map((overrun, i) =>
    isPlanned(plan[i]) ? exactLog1p(plan[i]) + overrun : withoutPlan[i],
  );
}

function predictPlanPart(state: PlanPartState, matrix: FeatureMatrix): Float64Array {
  switch (state.family) {
    case 'constant':
      return predictConstant(state, matrix.nSamples);
    case 'median-per-class':
      return predictMedianPerClass(state, matrix);
    case 'ridge':
      return predictRidge(state, matrix);
    default:
      return predictGradientBoosting(state, matrix);
  }
}
