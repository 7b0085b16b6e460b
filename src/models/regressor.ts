import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { Table } from '#data/table.ts';
import type { FitProgress } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type ConstantState, fitConstant, predictConstant } from './constant.ts';
import { encode, type EncodedSamples, encodeSamples, type Encoder } from './encoder.ts';
import {
  type BoostingData,
  fitGradientBoosting,
  type GradientBoostingState,
  predictGradientBoosting,
} from './gradient-boosting.ts';
import { checkHyperparameters, type Hyperparameters } from './hyperparameters.ts';
import { chooseForestSettings, fitForest, type ForestState, predictForest } from './forest.ts';
import { fitMedianPerClass, type MedianPerClassState, predictMedianPerClass } from './median-per-class.ts';
import { modelCatalogue, type ModelName } from './model-catalogue.ts';
import { type NeuralState, predictNeural } from './neural-state.ts';
import { fitRidge, predictRidge, type RidgeState } from './ridge.ts';
import { canUseLogScale, fromScaleInPlace, type TargetScale, toScale } from './target-scale.ts';

export type { ModelName } from './model-catalogue.ts';

/** Which model to fit, and how: everything that, with the data, decides the model's bytes. */
export interface ModelSpec {
  readonly name: ModelName;
  readonly scale: TargetScale;
  readonly hyperparameters: Hyperparameters;
  readonly seed: number;
  /** Of a median per class: the feature it goes by. Absent: the one that predicts best is found. */
  readonly classFeature?: string;
  /** Of a blend: the models whose predictions are averaged in the target's unit. Weights sum to 1. */
  readonly members?: readonly WeightedSpec[];
}

export interface WeightedSpec {
  readonly weight: number;
  readonly spec: ModelSpec;
}

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
  ConstantState | MedianPerClassState | RidgeState | GradientBoostingState | ForestState | NeuralState;
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
  readonly sampleWeight?: Float64Array;
  /** Scored after each tree; watched where early stopping is on. */
  readonly validation?: { readonly features: Table; readonly target: Float64Array };
  readonly onIteration?: (progress: FitProgress) => void;
  /** `encodeSamples(features)` made before. */
  readonly encoded?: EncodedSamples;
  /** Models already fitted on the same rows: a blend takes its members from here instead of refitting them. */
  readonly fitted?: ReadonlyMap<ModelName, FittedModel>;
  /** `fitNeural` of `neural.ts`, from whoever loaded it: it brings tfjs, so nothing here imports it. */
  readonly fitNeural?: NeuralFitter;
}

export type NeuralFitter = (data: BoostingData, seed: number, context: JobContext) => Promise<NeuralState>;

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
  checkFitInput(spec, features, target);
  if (spec.members) return fitBlend(spec, spec.members, features, target, options, context);
  const { encoder, encoded } = options.encoded ?? encodeSamples(features);
  const { matrix, nCategories } = encoded;
  const validation = options.validation && {
    matrix: encode(encoder, options.validation.features).matrix,
    target: toScale(options.validation.target, spec.scale),
  };
  const scaled = toScale(target, spec.scale);
  const data = { matrix, nCategories, target: scaled, sampleWeight: options.sampleWeight, validation };
  const state = await fitState(spec, data, encoder, options, context);
  return createFittedModel(spec, encoder, state);
}

async function fitBlend(
  spec: ModelSpec,
  specs: readonly WeightedSpec[],
  features: Table,
  target: Float64Array,
  options: FitOptions,
  context: JobContext,
): Promise<FittedModel> {
  const members: BlendMember[] = [];
  let encoder: Encoder | null = null;
  for (const { weight, spec: member } of specs) {
    const model =
      options.fitted?.get(member.name) ?? (await fitModel(member, features, target, options, context));
    if (model.state.family === 'blend') throw new AppError('internal', 'a blend of blends', {});
    members.push({ weight, name: member.name, scale: member.scale, state: model.state });
    encoder = model.encoder;
  }
  if (!encoder) throw new AppError('invalid-setting', 'a blend needs members', { name: 'members', value: 0 });
  return createFittedModel(spec, encoder, { family: 'blend', members });
}

function checkFitInput(spec: ModelSpec, features: Table, target: Float64Array): void {
  checkHyperparameters(spec.hyperparameters);
  if (features.nRows !== target.length) {
    throw new AppError('length-mismatch', `${features.nRows} rows of features, ${target.length} of target`, {
      name: 'target',
      expected: features.nRows,
      actual: target.length,
    });
  }
  if (target.length < MINIMUM_ROWS) {
    throw new AppError('too-few-rows', `${target.length} training rows, at least ${MINIMUM_ROWS} needed`, {
      nRows: target.length,
      minimum: MINIMUM_ROWS,
    });
  }
  if (features.columns.length === 0) throw new AppError('no-feature', 'no column to learn from', {});
  const row = target.findIndex((value) => !Number.isFinite(value));
  if (row >= 0) {
    throw new AppError('target-not-finite', `target of row ${row} is ${target[row]}`, {
      row,
      value: String(target[row]),
    });
  }
  if (spec.scale === 'log1p' && !canUseLogScale(target)) {
    const bad = target.findIndex((value) => value <= -1);
    throw new AppError(
      'target-not-positive',
      `log(1 + x) needs durations above −1, row ${bad} has ${target[bad]}`,
      {
        row: bad,
        value: target[bad],
      },
    );
  }
}

async function fitState(
  spec: ModelSpec,
  data: BoostingData,
  { features }: Encoder,
  options: FitOptions,
  context: JobContext,
): Promise<SingleState> {
  const { family, init } = modelCatalogue[spec.name];
  const isLogScale = spec.scale === 'log1p';
  switch (family) {
    case 'constant':
      return fitConstant(data.target);
    case 'median-per-class':
      return fitMedianPerClass(
        data.matrix,
        data.target,
        data.nCategories,
        spec.classFeature === undefined
          ? undefined
          : features.findIndex(({ name }) => name === spec.classFeature),
      );
    case 'ridge':
      return fitRidge(data.matrix, data.target, data.nCategories, {
        sampleWeight: data.sampleWeight,
        isBounded: isLogScale,
      });
    case 'gradient-boosting': {
      const { hyperparameters, seed } = spec;
      return fitGradientBoosting(
        data,
        { hyperparameters, init, seed, isLogScale },
        context,
        options.onIteration,
      );
    }
    case 'forest':
      return fitForest(data, chooseForestSettings(data.target.length, spec.seed), context);
    case 'neural':
      if (options.fitNeural) return options.fitNeural(data, spec.seed, context);
      throw new AppError('invalid-setting', 'the neural network is not loaded here', {
        name: 'model',
        value: spec.name,
      });
    default:
      throw new AppError('invalid-setting', `a ${spec.name} model is not fitted by this function`, {
        name: 'model',
        value: spec.name,
      });
  }
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
    case 'neural':
      return predictNeural(state, matrix);
    // The last family stands as the default: the lint rule does not see that the cases are all there are.
    default:
      return predictForest(state, matrix);
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
