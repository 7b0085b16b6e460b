import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import type { FitProgress } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type ConstantState, fitConstant, predictConstant } from './constant.ts';
import { encode, type Encoder } from './encoder.ts';
import {
  fitGradientBoosting,
  type GradientBoostingState,
  predictGradientBoosting,
} from './gradient-boosting.ts';
import { findConstraints } from './expected-directions.ts';
import { readHyperparameters } from './hyperparameters.ts';
import { type CensoredSamples, fitHazard, type HazardState, predictHazardQuantiles } from './hazard.ts';
import { type ImportedTreesState, predictImportedTrees } from './imported-trees.ts';
import { fitForest, type ForestState, predictForestQuantiles } from './forest.ts';
import { fitMedianPerClass, type MedianPerClassState, predictMedianPerClass } from './median-per-class.ts';
import type { ModelName } from './model-catalogue.ts';
import { type FamilySettings, listMembers, type ModelSpec, type WeightedSpec } from './model-spec.ts';
import { fitNearestPast, type NearestPastState, predictNearestPastQuantiles } from './nearest-past.ts';
import { type NeuralState, predictNeural } from './neural-state.ts';
import { fitPlan, type PlanState, predictPlan } from './plan.ts';
import { fitOwnPast, type OwnPastState, predictOwnPastQuantiles } from './own-past.ts';
import { type PreparedSamples, prepareSamples, type UnderWaySamples } from './prepared-samples.ts';
import { predictRidge, type RidgeState } from './ridge.ts';
import { canUseLogScale, fromScaleInPlace, type TargetScale, toScale } from './target-scale.ts';

/** A weighted mean of models, in the target's unit. They share the encoder; none is a blend itself. */
export interface BlendState {
  readonly family: 'blend';
  readonly members: readonly BlendMember[];
}

export interface BlendMember {
  readonly weight: number;
  readonly name: ModelName;
  readonly scale: TargetScale;
  readonly state: SingleState;
}

/** What a fit learnt, by family: plain data. */
export type SingleState =
  | ConstantState
  | MedianPerClassState
  | RidgeState
  | GradientBoostingState
  | ForestState
  | HazardState
  | PlanState
  | OwnPastState
  | NearestPastState
  | ImportedTreesState
  | NeuralState;
/** What learns a distribution: its prediction is the median. */
export type DistributionState = ForestState | HazardState | OwnPastState | NearestPastState;
export type ModelState = SingleState | BlendState;

/** A model that can predict. Everything but `predict` is plain data (see `model-file.ts`). */
export interface FittedModel {
  readonly spec: ModelSpec;
  readonly encoder: Encoder;
  readonly state: ModelState;
  /** Predictions in the target's unit, one a row of `features` (columns found by name). */
  readonly predict: (features: Table) => Float64Array;
}

export interface FitOptions {
  readonly onIteration?: (progress: FitProgress) => void;
  /** `fitNeural` of `neural.ts`, from whoever loaded it: it brings tfjs, so nothing here imports it. */
  readonly fitNeural?: NeuralFitter;
  /** Outages that are not over; of prepared samples they are a part. */
  readonly underWay?: UnderWaySamples | null;
}

/** Training data of a network, on the scale that is learnt. */
export type NeuralFitter = (
  data: {
    readonly matrix: FeatureMatrix;
    readonly nCategories: readonly number[];
    readonly target: Float64Array;
  },
  seed: number,
  context: JobContext,
) => Promise<NeuralState>;

/** Below this no model means anything. */
export const MINIMUM_ROWS = 5;

/**
 * Fits one model on a table of features and their durations: encode → scale → fit.
 *
 * Throws before any work: `length-mismatch`, `too-few-rows` (fewer than 5), `no-feature`,
 * `target-not-finite`, `target-not-positive` (log scale with a duration ≤ −1), `invalid-setting`.
 */
export async function fitModel(
  spec: ModelSpec,
  features: Table,
  target: Float64Array,
  options: FitOptions,
  context: JobContext,
): Promise<FittedModel> {
  if (features.nRows !== target.length) {
    throw new AppError('length-mismatch', `${features.nRows} rows of features, ${target.length} of target`, {
      name: 'target',
      expected: features.nRows,
      actual: target.length,
    });
  }
  return fitPrepared(spec, prepareSamples(features, target, options.underWay), options, context);
}

/** The same on samples that other fits share; errors as above. */
export async function fitPrepared(
  spec: ModelSpec,
  samples: PreparedSamples,
  options: FitOptions,
  context: JobContext,
): Promise<FittedModel> {
  checkFitInput(spec, samples);
  const { settings } = spec;
  if (settings.family === 'blend') return fitBlend(spec, settings.members, samples, options, context);
  return createFittedModel(spec, samples.encoder, await fitState(spec, settings, samples, options, context));
}

async function fitBlend(
  spec: ModelSpec,
  specs: readonly WeightedSpec[],
  samples: PreparedSamples,
  options: FitOptions,
  context: JobContext,
): Promise<FittedModel> {
  const members: FittedModel[] = [];
  for (const { spec: member } of specs) members.push(await fitPrepared(member, samples, options, context));
  return assembleBlend(spec, members);
}

/** A blend of models fitted on the same rows, one a member of its spec, in their order. Fits nothing. */
export function assembleBlend(spec: ModelSpec, fitted: readonly FittedModel[]): FittedModel {
  const [first] = fitted;
  if (!first) throw new AppError('invalid-setting', 'a blend needs members', { name: 'members', value: 0 });
  const weights = listMembers(spec).map(({ weight }) => weight);
  const members = fitted.map(({ spec: { name, scale }, state }, i): BlendMember => {
    if (state.family === 'blend') throw new AppError('internal', 'a blend of blends', {});
    return { weight: weights[i], name, scale, state };
  });
  return createFittedModel(spec, first.encoder, { family: 'blend', members });
}

function checkFitInput({ scale, settings }: ModelSpec, { matrix, target }: PreparedSamples): void {
  if ('hyperparameters' in settings) readHyperparameters(settings.family, settings.hyperparameters);
  if (target.length < MINIMUM_ROWS) {
    throw new AppError('too-few-rows', `${target.length} training rows, at least ${MINIMUM_ROWS} needed`, {
      nRows: target.length,
      minimum: MINIMUM_ROWS,
    });
  }
  if (matrix.columns.length === 0) throw new AppError('no-feature', 'no column to learn from', {});
  const row = target.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) {
    throw new AppError('target-not-finite', `target of row ${row} is ${target[row]}`, {
      row,
      value: String(target[row]),
    });
  }
  if (scale === 'log1p' && !canUseLogScale(target)) {
    const bad = target.findIndex((value) => value <= -1);
    throw new AppError(
      'target-not-positive',
      `log(1 + x) needs durations above −1, row ${bad} has ${target[bad]}`,
      { row: bad, value: target[bad] },
    );
  }
}

async function fitState(
  { name, scale, seed, expected }: ModelSpec,
  settings: Exclude<FamilySettings, { family: 'blend' }>,
  samples: PreparedSamples,
  options: FitOptions,
  context: JobContext,
): Promise<SingleState> {
  const { encoder, matrix, nCategories } = samples;
  const target = samples.findTarget(scale);
  switch (settings.family) {
    case 'constant':
      return fitConstant(target);
    case 'median-per-class': {
      const { classFeature } = settings;
      const only = classFeature === null ? undefined : findFeature(encoder, classFeature);
      return fitMedianPerClass(matrix, target, nCategories, only);
    }
    case 'own-past': {
      const { unitFeature, classFeature } = settings;
      return fitOwnPast(matrix, target, nCategories, {
        unitIndex: unitFeature === null ? -1 : findFeature(encoder, unitFeature),
        ...(classFeature !== null && { classIndex: findFeature(encoder, classFeature) }),
      });
    }
    case 'nearest-past':
      return fitNearestPast(matrix, target, nCategories);
    case 'ridge':
      return samples.findRidge(scale, settings.hyperparameters.strength, settings.without, expected);
    case 'hazard':
      return fitHazard(
        {
          matrix,
          target,
          underWay: scaleElapsed(samples, scale),
          constraints: findConstraints(expected, encoder),
        },
        settings.hyperparameters,
        seed,
        context,
      );
    case 'plan':
      return fitPlan(samples, { ...settings, expected }, seed, context);
    case 'gradient-boosting': {
      const { hyperparameters, init } = settings;
      return fitGradientBoosting(
        samples,
        { hyperparameters, init, scale, seed, expected },
        context,
        options.onIteration,
      );
    }
    case 'forest': {
      const { hyperparameters } = settings;
      const binned = await samples.findBins(hyperparameters.maxBins, seed, context);
      return fitForest({ matrix, target, binned }, hyperparameters, seed, context);
    }
    case 'imported-trees':
      throw new AppError('invalid-setting', 'imported trees are not fitted here', {
        name: 'model',
        value: name,
      });
    // The last family stands as the default: the lint rule does not see that the cases are all there are.
    default:
      if (options.fitNeural) return options.fitNeural({ matrix, nCategories, target }, seed, context);
      throw new AppError('invalid-setting', 'the neural network is not loaded here', {
        name: 'model',
        value: name,
      });
  }
}

function scaleElapsed({ underWay }: PreparedSamples, scale: TargetScale): CensoredSamples | null {
  return underWay && { ...underWay, elapsed: toScale(underWay.elapsed, scale) };
}

/** −1 where the encoder has none of that name. */
function findFeature({ features }: Encoder, name: string): number {
  return features.findIndex((each) => each.name === name);
}

/** Joins what was learnt with the way to use it: also how a model file comes back to life. */
export function createFittedModel(spec: ModelSpec, encoder: Encoder, state: ModelState): FittedModel {
  const predict = (features: Table) =>
    fromScaleInPlace(predictState(state, encode(encoder, features).matrix), spec.scale);
  return { spec, encoder, state, predict };
}

/** The member of a blend that has the most say (the first of equals); any other model itself. */
export function findLeadingState(state: ModelState): SingleState {
  if (state.family !== 'blend') return state;
  return state.members.reduce((best, member) => (member.weight > best.weight ? member : best)).state;
}

/** Predictions on the scale that was learnt; a blend's are in the target's unit. */
export function predictState(state: ModelState, matrix: FeatureMatrix): Float64Array {
  switch (state.family) {
    case 'blend':
      return predictBlend(state, matrix);
    case 'constant':
      return predictConstant(state, matrix.nSamples);
    case 'median-per-class':
      return predictMedianPerClass(state, matrix);
    case 'ridge':
      return predictRidge(state, matrix);
    case 'gradient-boosting':
      return predictGradientBoosting(state, matrix);
    case 'plan':
      return predictPlan(state, matrix);
    case 'imported-trees':
      return predictImportedTrees(state, matrix);
    case 'neural':
      return predictNeural(state, matrix);
    // Those that learn a distribution stand as the default: the lint rule does not see that the cases are all there are.
    default:
      return predictDistribution(state, matrix, [0.5])[0];
  }
}

export function isDistribution(state: ModelState): state is DistributionState {
  const { family } = state;
  return family === 'forest' || family === 'hazard' || family === 'own-past' || family === 'nearest-past';
}

/** Quantiles on the scale that was learnt: `out[q][i]` at `shares[q]`, ascending, for sample i. */
export function predictDistribution(
  state: DistributionState,
  matrix: FeatureMatrix,
  shares: readonly number[],
): Float64Array[] {
  switch (state.family) {
    case 'hazard':
      return predictHazardQuantiles(state, matrix, shares);
    case 'own-past':
      return predictOwnPastQuantiles(state, matrix, shares);
    case 'nearest-past':
      return predictNearestPastQuantiles(state, matrix, shares);
    default:
      return predictForestQuantiles(state, matrix, shares);
  }
}

function predictBlend(state: BlendState, matrix: FeatureMatrix): Float64Array {
  const out = new Float64Array(matrix.nSamples);
  for (const member of state.members) {
    const predicted = fromScaleInPlace(predictState(member.state, matrix), member.scale);
    for (let i = 0; i < out.length; i++) out[i] = out[i] + member.weight * predicted[i];
  }
  return out;
}
