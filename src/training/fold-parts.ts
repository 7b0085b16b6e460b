import type { Part } from '#base/parts.ts';
import { type ModelForecasts, forecastEncoded } from '#evaluation/intervals/model-forecast.ts';
import { addNoiseFeatures } from '#explain/noise-features.ts';
import type { Encoder } from '#models/encoder.ts';
import { selectRows, type Table } from '#data/table.ts';
import type { ModelSpec } from '#models/model-spec.ts';
import { fitModel, type ModelState } from '#models/regressor.ts';
import { withGrace } from './grace.ts';
import {
  type EvaluationOptions,
  evaluateSpecs,
  fitOnFold,
  prepareFold,
  type SharedFolds,
} from './shared-folds.ts';
import { selectSamples } from './training-set.ts';

export interface EvaluationRequest {
  /** Specs that one fit serves (`groupByFit`). */
  readonly specs: readonly ModelSpec[];
  /** Position in `folds`. */
  readonly fold: number;
}

/** `evaluateSpecs`, with a way to fit networks which no other thread can be given. */
export function createEvaluation(
  options: EvaluationOptions,
): Part<SharedFolds, EvaluationRequest, readonly ModelForecasts[]> {
  return {
    name: 'evaluate-specs',
    isBound: options.fitNeural !== undefined,
    run: (folds, { specs, fold }, context) => evaluateSpecs(specs, folds, fold, context, options),
  };
}

export const evaluateOnFold = createEvaluation({});

export interface FinalFitRequest {
  readonly spec: ModelSpec;
  /** Position in `folds`. */
  readonly fold: number;
  /** Columns of chance beside the real features: their names, and the seed of their noise. */
  readonly noise?: { readonly names: readonly string[]; readonly seed: number };
  /** Goes on for a while after a stop: this fit is needed. */
  readonly hasGrace?: boolean;
}

/** All of a fitted model but the functions: `createFittedModel` gives it back. */
export interface FittedState {
  readonly encoder: Encoder;
  readonly state: ModelState;
  /** Of the fold's test rows; null for a model with columns of chance. */
  readonly forecasts: ModelForecasts | null;
}

/** Noise of its own: the test rows have the first. */
const UNDER_WAY_STREAM = 2;

/** One fit that is kept. */
export const fitFinalModel: Part<SharedFolds, FinalFitRequest, FittedState> = {
  name: 'fit-final-model',
  run: async (folds, { spec, fold, noise, hasGrace }, context) => {
    const patient = hasGrace ? withGrace(context) : context;
    if (noise) {
      const { trainRows = new Int32Array(0), underWay } = folds.folds[fold] ?? {};
      const { features, target, underWay: beside } = selectSamples(folds, trainRows);
      const addNoise = (table: Table, stream: number) =>
        addNoiseFeatures(table, noise.names, noise.seed, stream);
      const learnt = beside &&
        underWay && {
          features: addNoise(selectRows(beside.features, underWay.learnt), UNDER_WAY_STREAM),
          elapsed: underWay.elapsed,
        };
      const options = learnt ? { underWay: learnt } : {};
      const { encoder, state } = await fitModel(
        coarsen(spec),
        addNoise(features, 0),
        target,
        options,
        patient,
      );
      return { encoder, state, forecasts: null };
    }
    const model = await fitOnFold(spec, folds, fold, patient);
    const forecasts = forecastEncoded(model, prepareFold(folds, fold).test);
    return { encoder: model.encoder, state: model.state, forecasts };
  },
};

/** Of hazards a third of the trees at thrice the rate: what chance reaches shows as well, and nothing else is asked of it. */
function coarsen(spec: ModelSpec): ModelSpec {
  const { settings } = spec;
  if (settings.family !== 'hazard') return spec;
  const { nIterations, learningRate } = settings.hyperparameters;
  const coarse = { nIterations: Math.ceil(nIterations / 3), learningRate: Math.min(1, 3 * learningRate) };
  return { ...spec, settings: { ...settings, hyperparameters: { ...settings.hyperparameters, ...coarse } } };
}
