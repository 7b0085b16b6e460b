import { type JobContext, createPacer } from '#base/job-context.ts';
import { createRng, deriveSeed, shuffleInPlace } from '#base/random.ts';
import { type BoostingSettings, type FitProgress, fitBoosting } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { predictRaw } from '#engine/predictor.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import type { Hyperparameters } from './hyperparameters.ts';
import { fitRidge, predictRidge, type RidgeState } from './ridge.ts';
import { selectSamples, selectValues } from './select-samples.ts';

/** Boosted trees, on a linear model's predictions where `start` is one. */
export interface GradientBoostingState {
  readonly family: 'gradient-boosting';
  readonly start: RidgeState | null;
  readonly trees: TreeEnsemble;
}

/** Training data of one fit, on the scale that is learnt. */
export interface BoostingData {
  readonly matrix: FeatureMatrix;
  /** Codes of each feature, 0 for numbers: for the linear start. */
  readonly nCategories: readonly number[];
  readonly target: Float64Array;
  readonly sampleWeight?: Float64Array | undefined;
  /** Watched for early stopping, or only scored when `nIterNoChange` is 0. */
  readonly validation?: { readonly matrix: FeatureMatrix; readonly target: Float64Array } | undefined;
}

export interface BoostingOptions {
  readonly hyperparameters: Hyperparameters;
  readonly init: 'mean' | 'linear';
  readonly seed: number;
  /** True on the logarithmic scale: the linear start is then held in the range of the target. */
  readonly isLogScale: boolean;
}

/**
 * Fits boosting, giving the thread back between trees. With early stopping and no validation set, a
 * seeded share of the training samples is kept aside to find the number of trees, which is then
 * refitted on all of them. When `context.stop` aborts, the trees grown so far are the model.
 */
export async function fitGradientBoosting(
  data: BoostingData,
  options: BoostingOptions,
  context: JobContext,
  onIteration?: (progress: FitProgress) => void,
): Promise<GradientBoostingState> {
  const { hyperparameters, seed } = options;
  if (hyperparameters.nIterNoChange > 0 && !data.validation) {
    const probe = await fitOnce(
      holdOut(data, hyperparameters.validationFraction, seed),
      options,
      context,
      onIteration,
    );
    const nIterations = Math.max(1, countTrees(probe.trees));
    if (context.stop.aborted) return probe;
    const settled = { ...options, hyperparameters: { ...hyperparameters, nIterations, nIterNoChange: 0 } };
    return fitOnce(data, settled, context, onIteration);
  }
  return fitOnce(data, options, context, onIteration);
}

function holdOut(data: BoostingData, share: number, seed: number): BoostingData {
  const order = Uint32Array.from(data.target, (_, i) => i);
  shuffleInPlace(order, createRng(deriveSeed(seed, 1)));
  const nHeld = Math.max(1, Math.round(share * order.length));
  const held = order.subarray(0, nHeld).sort();
  const kept = order.subarray(nHeld).sort();
  return {
    matrix: selectSamples(data.matrix, kept),
    nCategories: data.nCategories,
    target: selectValues(data.target, kept),
    sampleWeight: data.sampleWeight && selectValues(data.sampleWeight, kept),
    validation: { matrix: selectSamples(data.matrix, held), target: selectValues(data.target, held) },
  };
}

async function fitOnce(
  data: BoostingData,
  options: BoostingOptions,
  context: JobContext,
  onIteration?: (progress: FitProgress) => void,
): Promise<GradientBoostingState> {
  const { matrix, target, sampleWeight, validation } = data;
  const ridgeOptions = { sampleWeight, isBounded: options.isLogScale };
  const start = options.init === 'linear' ? fitRidge(matrix, target, data.nCategories, ridgeOptions) : null;
  const loss = options.hyperparameters.loss;
  const steps = fitBoosting(
    {
      features: matrix,
      target,
      init: start ? predictRidge(start, matrix) : loss === 'absoluteError' ? 'median' : 'mean',
      ...(sampleWeight && { sampleWeight }),
      ...(validation && {
        validation: {
          features: validation.matrix,
          target: validation.target,
          ...(start && { init: predictRidge(start, validation.matrix) }),
        },
      }),
    },
    toSettings(options),
  );
  const pace = createPacer(context);
  let step = steps.next();
  while (!step.done) {
    onIteration?.(step.value);
    const { iteration, nIterations } = step.value;
    await pace(() => ({ phase: 'fitting', done: iteration, total: nIterations }));
    step = steps.next(context.stop.aborted ? 'stop' : undefined);
  }
  return { family: 'gradient-boosting', start, trees: step.value };
}

function toSettings({ hyperparameters, seed }: BoostingOptions): BoostingSettings {
  const { validationFraction: _, ...shared } = hyperparameters;
  return { ...shared, seed };
}

/** On the scale that was learnt. */
export function predictGradientBoosting(state: GradientBoostingState, matrix: FeatureMatrix): Float64Array {
  return predictRaw(state.trees, matrix, state.start ? { init: predictRidge(state.start, matrix) } : {});
}
