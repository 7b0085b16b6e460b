import { type JobContext, createPacer } from '#base/job-context.ts';
import { type BoostingSettings, type FitProgress, fitBoosting } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { predictRaw } from '#engine/predictor.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { type Constraints, type ExpectedDirection, findConstraints } from './expected-directions.ts';
import type { BoostingHyperparameters } from './hyperparameters.ts';
import type { HeldOutSplit, PreparedSamples } from './prepared-samples.ts';
import { predictRidge, type RidgeState } from './ridge.ts';
import type { TargetScale } from './target-scale.ts';
import { createTreeWalk } from './tree-walk.ts';

/** Boosted trees, on a linear model's predictions where `start` is one. */
export interface GradientBoostingState {
  readonly family: 'gradient-boosting';
  readonly start: RidgeState | null;
  readonly trees: TreeEnsemble;
}

export interface BoostingOptions {
  readonly hyperparameters: BoostingHyperparameters;
  readonly init: 'mean' | 'linear';
  readonly scale: TargetScale;
  readonly seed: number;
  readonly expected?: readonly ExpectedDirection[] | undefined;
}

/**
 * Fits boosting, giving the thread back between trees. With early stopping, a seeded share of the training samples is
 * kept aside to find the number of trees, which is then refitted on all of them. When `context.stop` aborts, the trees
 * grown so far are the model.
 */
export async function fitGradientBoosting(
  samples: PreparedSamples,
  options: BoostingOptions,
  context: JobContext,
  onIteration?: (progress: FitProgress) => void,
): Promise<GradientBoostingState> {
  const { hyperparameters, seed } = options;
  if (hyperparameters.nIterNoChange === 0) return fitOnce(samples, null, options, context, onIteration);
  const { kept, held } = samples.holdOut(hyperparameters.validationFraction, seed);
  const watched = await fitOnce(kept, held, options, context, onIteration);
  if (context.stop.aborted) return watched;
  const nIterations = Math.max(1, countTrees(watched.trees));
  const settled = { ...options, hyperparameters: { ...hyperparameters, nIterations, nIterNoChange: 0 } };
  return fitOnce(samples, null, settled, context, onIteration);
}

async function fitOnce(
  samples: PreparedSamples,
  held: HeldOutSplit['held'] | null,
  options: BoostingOptions,
  context: JobContext,
  onIteration?: (progress: FitProgress) => void,
): Promise<GradientBoostingState> {
  const { hyperparameters, init, scale, seed, expected } = options;
  const { matrix, encoder } = samples;
  const start = init === 'linear' ? samples.findRidge(scale, null, [], expected) : null;
  const steps = fitBoosting(
    {
      features: matrix,
      binned: await samples.findBins(hyperparameters.maxBins, seed, context),
      target: samples.findTarget(scale),
      init: start
        ? predictRidge(start, matrix)
        : hyperparameters.loss === 'absoluteError'
          ? 'median'
          : 'mean',
      ...(held && {
        validation: {
          features: held.matrix,
          target: held.findTarget(scale),
          ...(start && { init: predictRidge(start, held.matrix) }),
        },
      }),
    },
    toSettings(options, findConstraints(expected, encoder)),
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

function toSettings(
  { hyperparameters, seed }: BoostingOptions,
  monotoneConstraints: Constraints | null,
): BoostingSettings {
  const { validationFraction: _, ...shared } = hyperparameters;
  return { ...shared, seed, ...(monotoneConstraints && { monotoneConstraints }) };
}

/** On the scale that was learnt. */
export function predictGradientBoosting(state: GradientBoostingState, matrix: FeatureMatrix): Float64Array {
  return predictRaw(state.trees, matrix, state.start ? { init: predictRidge(state.start, matrix) } : {});
}

/**
 * Predictions on the learnt scale after each of so many trees (or all there are): those of fits that differ in the
 * number of trees alone. One way down each tree.
 */
export function predictStages(
  state: GradientBoostingState,
  matrix: FeatureMatrix,
  counts: readonly number[],
): Float64Array[] {
  const { trees, start } = state;
  const nTrees = countTrees(trees);
  const raw = predictRaw(trees, matrix, {
    nIterations: 0,
    ...(start && { init: predictRidge(start, matrix) }),
  });
  const wantedCounts = new Set(counts.map((wanted) => Math.min(wanted, nTrees)));
  const stages = new Map([[0, raw.slice()]]);
  const walk = createTreeWalk(trees, matrix);
  for (let tree = 0; tree < Math.max(...wantedCounts); tree++) {
    const root = trees.treeStarts[tree];
    for (let i = 0; i < raw.length; i++) raw[i] = raw[i] + trees.value[walk(root, i)];
    if (wantedCounts.has(tree + 1)) stages.set(tree + 1, raw.slice());
  }
  return counts.map((wanted) => (stages.get(Math.min(wanted, nTrees)) as Float64Array).slice());
}
