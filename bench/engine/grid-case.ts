import type { Part } from '#base/parts.ts';
import { binFeatures, type BinnedFeatures } from '#engine/binning.ts';
import { fitBoostingToEnd } from '#engine/boosting.ts';
import { defaultSettings, type BoostingSettings } from '#engine/settings.ts';
import { generateOutages, samplesOf, type Samples } from './data.ts';
import { timeBest, type Clock } from './figure.ts';

/** Settings of the reference script: as many bins as values, one-sample leaves. */
export const referenceSettings: BoostingSettings = {
  ...defaultSettings,
  maxLeafNodes: null,
  maxDepth: 5,
  minSamplesLeaf: 1,
  maxBins: 65_535,
};

export const N_FOLDS = 5;

/** The points of the reference script's grid on one fold that have one depth. */
export interface GridRequest {
  readonly fold: number;
  readonly maxDepth: number;
}

/** The whole grid, the longest fits first. */
export const gridRequests: readonly GridRequest[] = [7, 5, 3].flatMap((maxDepth) =>
  Array.from({ length: N_FOLDS }, (_, fold) => ({ fold, maxDepth })),
);

/** Mean squared errors on the fold's test samples, of 18 points each. */
export const fitPoints: Part<Samples, GridRequest, number[]> = {
  name: 'fit-points',
  run: async (sample, { fold, maxDepth }, context) => {
    const { train, test } = takeFold(sample, fold);
    const binned = binFeatures(train.features, referenceSettings.maxBins, 0);
    const errors: number[] = [];
    for (const settings of listSettings(maxDepth)) {
      errors.push(...scoreStages(train, test, binned, settings));
      // Fits are shorter than a slice, and a hand may be waiting for this thread.
      await context.yieldNow();
    }
    return errors;
  },
};

/** The whole grid on one thread, best of three. */
export function timeGrid(clock: Clock): number {
  const sample = generateOutages(800, 42);
  return timeBest(clock, 3, () => {
    for (let fold = 0; fold < N_FOLDS; fold++) {
      const { train, test } = takeFold(sample, fold);
      const binned = binFeatures(train.features, referenceSettings.maxBins, 0);
      for (const settings of [3, 5, 7].flatMap(listSettings)) {
        scoreStages(train, test, binned, settings);
      }
    }
  });
}

function takeFold(sample: Samples, fold: number): { readonly train: Samples; readonly test: Samples } {
  const all = Array.from(sample.target, (_, i) => i);
  return {
    train: samplesOf(
      sample,
      all.filter((i) => i % N_FOLDS !== fold),
    ),
    test: samplesOf(
      sample,
      all.filter((i) => i % N_FOLDS === fold),
    ),
  };
}

/** The fits of 50 and 100 trees are the beginnings of that of 200. */
export function listSettings(maxDepth: number): BoostingSettings[] {
  return [0.01, 0.1, 0.2].flatMap((learningRate) =>
    [0.8, 1].map((subsample) => ({
      ...referenceSettings,
      nIterations: 200,
      learningRate,
      maxDepth,
      subsample,
    })),
  );
}

/** Numbers of trees that the grid asks for. */
export const STAGES = [50, 100, 200] as const;

/** Mean squared errors after 50, 100 and 200 trees: one fit, whose test samples go along from tree to tree. */
function scoreStages(
  train: Samples,
  test: Samples,
  binned: BinnedFeatures,
  settings: BoostingSettings,
): number[] {
  const input = { ...train, init: 'mean', binned, validation: test } as const;
  const { validationScores } = fitBoostingToEnd(input, settings);
  return STAGES.map((nTrees) => validationScores[nTrees - 1] ?? NaN);
}
