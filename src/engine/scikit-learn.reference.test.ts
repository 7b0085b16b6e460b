import { describe, expect, it } from 'vitest';
import { exactExp } from '#base/exact-math.ts';
import { fitBoostingToEnd } from './boosting.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import fixture from './fixtures/scikit-learn.json' with { type: 'json' };
import { predictRaw } from './predictor.ts';
import { defaultSettings, type BoostingSettings } from './settings.ts';

// Made by scripts/reference/gradient_boosting.py; scores and predictions on samples that were not fitted.

const { nTrain, nCategories } = fixture;
const nSamples = fixture.target.length;

function createFeatures(kind: string, from: number, to: number): FeatureMatrix {
  const source: (number | null)[][] = kind === 'gappy' ? fixture.gappy : fixture.numbers;
  const columns = kind === 'categories' ? [...source, fixture.codes] : source;
  return {
    nSamples: to - from,
    columns: columns.map((column) => Float64Array.from(column.slice(from, to), (value) => value ?? NaN)),
    cardinalities: columns.map((_, f) => (f === 4 ? nCategories : 0)),
  };
}

const spreadOf = (values: ArrayLike<number>): number => {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length);
};

function fitCase(testCase: (typeof fixture.cases)[number]): { fitted: Float64Array; others: Float64Array } {
  const { isWeighted, ...settings } = testCase.settings as Partial<BoostingSettings> & {
    isWeighted?: boolean;
  };
  const ensemble = fitBoostingToEnd(
    {
      features: createFeatures(testCase.features, 0, nTrain),
      target: Float64Array.from(fixture.target.slice(0, nTrain)),
      init: testCase.baseline,
      ...(isWeighted && { sampleWeight: Float64Array.from(fixture.weights.slice(0, nTrain)) }),
    },
    { ...defaultSettings, nIterations: 30, minSamplesLeaf: 15, ...settings },
  );
  const predict = (from: number, to: number) => {
    const raw = predictRaw(ensemble, createFeatures(testCase.features, from, to));
    return settings.loss === 'gamma' ? raw.map(exactExp) : raw;
  };
  return { fitted: predict(0, nTrain), others: predict(nTrain, nSamples) };
}

const meanAbsoluteError = (predictions: Float64Array): number =>
  predictions.reduce((sum, value, i) => sum + Math.abs(value - fixture.target[nTrain + i]!), 0) /
  predictions.length;

const named = (names: RegExp, isWanted: boolean) =>
  fixture.cases
    .filter(({ name }) => names.test(name) === isWanted)
    .map((testCase) => [testCase.name, testCase] as const);

// Where choices differ. Monotone: a clipped value's loss is its true one here, scikit-learn takes the part
// that is linear in the value. Absolute, quantile and Huber in GradientBoostingRegressor: gradients are
// (mostly) ±1, so that many splits tie exactly, and it visits the features in a random order; its leaf
// percentiles also do not interpolate.
const isOtherwise = /monotone|^GradientBoostingRegressor, (absolute|quantile|Huber)/u;

describe('beside scikit-learn', () => {
  // The same trees: what differs is the rounding of gradients (30 bits here, 24 there).
  it.each(named(isOtherwise, false))('%s: the same predictions of the samples fitted on', (_, testCase) => {
    const { fitted } = fitCase(testCase);
    const spread = spreadOf(testCase.predictions);
    const far = fitted.filter((value, i) => Math.abs(value - testCase.predictions[i]!) > 1e-4 * spread);
    expect(far.length).toBeLessThan(0.01 * nTrain);
  });

  it.each(named(isOtherwise, true))(
    '%s: alike, by the standard deviation of the difference',
    (_, testCase) => {
      const { fitted } = fitCase(testCase);
      const difference = spreadOf(fitted.map((value, i) => value - testCase.predictions[i]!));
      expect(difference / spreadOf(testCase.predictions)).toBeLessThan(0.15);
    },
  );

  // 1 %: thresholds lie in the middle of a node's gap here, at its lower end in the histogram trees there.
  it.each(named(/gamma/u, false))('%s: the same error on other samples', (_, testCase) => {
    const { others } = fitCase(testCase);
    expect(Math.abs(meanAbsoluteError(others) / testCase.testError! - 1)).toBeLessThan(0.01);
  });
});
