import { expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { binFeatures, type BinnedFeatures } from '#engine/binning.ts';
import { fitBoostingToEnd } from '#engine/boosting.ts';
import { predictRaw } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { createProblem } from '#engine/testing/random-problem.ts';
import { addTreesByInterval, binPeriods, expandPeriods, joinInterval } from './person-periods.ts';

const N_INTERVALS = 9;

/** Outages with ties, missing values and categories, and the interval that each reached. */
function plant(seed: number) {
  const { features } = createProblem({ nSamples: 300, seed, nExtra: 2, nCategories: 6 });
  const rng = createRng(seed);
  for (const values of features.columns) for (let i = 0; i < values.length; i += 7) values[i] = NaN;
  (features.columns[0] as Float64Array).forEach((value, i, all) => (all[i] = Math.round(4 * value) / 4));
  const reached = Array.from({ length: 300 }, () => rng.nextBelow(N_INTERVALS));
  return { features, reached, rows: expandPeriods(reached.map((last) => last + 1)) };
}

test.each([1, 2, 3])('bins are those of the table laid out in values (seed %i)', (seed) => {
  const { features, rows, reached } = plant(seed);
  expect(rows.sample.length).toBe(reached.reduce((sum, last) => sum + last + 1, 0));
  for (const maxBins of [5, 64, 300]) {
    expect(binPeriods(features, rows, maxBins)).toEqual({
      ...binFeatures(joinInterval(features, rows), maxBins, 1),
      runs: rows.sample,
    });
  }
});

test.each([1, 2, 3])('rows of one outage summed together grow the same trees (seed %i)', (seed) => {
  const { features, rows, reached } = plant(seed);
  const target = Float64Array.from(rows.interval, (interval, row) =>
    Number(interval === reached[rows.sample[row] as number]),
  );
  const { runs: _, ...binned } = binPeriods(features, rows, 64);
  for (const more of [{ loss: 'logistic' }, { subsample: 0.6, columnSubsample: 0.5 }] as const) {
    const settings = { ...defaultSettings, nIterations: 20, maxLeafNodes: null, minSamplesLeaf: 3, ...more };
    const fit = (given: BinnedFeatures) =>
      fitBoostingToEnd({ features: null, binned: given, target, init: 'mean' }, settings);
    expect(fit({ ...binned, runs: rows.sample })).toEqual(fit(binned));
  }
});

test.each([1, 2, 3])(
  'one way down a tree for all intervals gives each one’s prediction (seed %i)',
  (seed) => {
    const { features, rows, reached } = plant(seed);
    const target = Float64Array.from(rows.interval, (interval, row) =>
      Number(interval === reached[rows.sample[row] as number]),
    );
    const settings = { ...defaultSettings, nIterations: 30, maxLeafNodes: null, minSamplesLeaf: 3 };
    const laidOut = joinInterval(features, rows);
    const trees = fitBoostingToEnd({ features: laidOut, target, init: 'mean' }, settings);
    const { columns } = features;
    for (let i = 0; i < 300; i += 5) (columns.at(-1) as Float64Array)[i] = 999; // a category nobody has seen
    const out = new Float64Array(300 * N_INTERVALS).fill(trees.baseline as number);
    addTreesByInterval(trees, features, N_INTERVALS, out);
    const all = expandPeriods(Array.from({ length: 300 }, () => N_INTERVALS));
    expect(out).toEqual(predictRaw(trees, joinInterval(features, all)));
  },
);
