import { describe, expect, it } from 'vitest';
import { fitBoosting, fitBoostingToEnd } from './boosting.ts';
import type { FeatureMatrix } from './feature-matrix.ts';
import type { FitInput } from './fit-input.ts';
import { defaultSettings, type BoostingSettings } from './settings.ts';
import { createProblem } from './testing/random-problem.ts';

const { features, target, weights } = createProblem({ nSamples: 600, seed: 1 });
const settings: BoostingSettings = { ...defaultSettings, nIterations: 5, minSamplesLeaf: 5 };
type FitOnValues = Extract<FitInput, { features: FeatureMatrix }>;
const input: FitOnValues = { features, target, init: 'mean' };

describe('bad input throws a code, a name, a value and a bound, before any work', () => {
  const wrong =
    (change: Partial<FitOnValues>, changed: Partial<BoostingSettings> = {}) =>
    () =>
      fitBoosting({ ...input, ...change }, { ...settings, ...changed });
  const bad = (values: Float64Array, index: number, value: number) =>
    values.map((old, i) => (i === index ? value : old));

  it.each([
    ['NaN target', wrong({ target: bad(target, 3, NaN) }), 'target-not-finite', 'target[3] is NaN'],
    ['infinite target', wrong({ target: bad(target, 3, Infinity) }), 'target-not-finite', 'Infinity'],
    ['short target', wrong({ target: target.slice(1) }), 'length-mismatch', '599 values where 600'],
    [
      'negative weight',
      wrong({ sampleWeight: bad(weights, 2, -1) }),
      'weight-invalid',
      'sampleWeight[2] is -1',
    ],
    ['no weight at all', wrong({ sampleWeight: new Float64Array(600) }), 'weight-invalid', 'not all 0'],
    ['NaN start', wrong({ init: bad(target, 0, NaN) }), 'target-not-finite', 'init[0] is NaN'],
    [
      'too many categories',
      wrong({ features: { ...features, cardinalities: [0, 0, 0, 0, 256] } }),
      'too-many-categories',
      '256',
    ],
    [
      'no sample',
      wrong(
        {
          features: { nSamples: 0, columns: [new Float64Array(0)], cardinalities: [0] },
          target: new Float64Array(0),
        },
        {},
      ),
      'too-few-rows',
      '0 samples',
    ],
    [
      'no feature',
      wrong({ features: { nSamples: 600, columns: [], cardinalities: [] } }),
      'no-feature',
      'no feature',
    ],
    [
      'ragged columns',
      wrong({
        features: { ...features, columns: features.columns.map((c, f) => (f === 1 ? c.slice(1) : c)) },
      }),
      'length-mismatch',
      'columns[1]',
    ],
    [
      'gamma with 0',
      wrong({ target: bad(target, 5, 0) }, { loss: 'gamma' }),
      'target-not-positive',
      'target[5] is 0',
    ],
    [
      'logistic with 2',
      wrong({ target: target.map((_, i) => (i === 5 ? 2 : 1)) }, { loss: 'logistic' }),
      'invalid-setting',
      'target[5] is 2',
    ],
    [
      'early stopping without validation',
      wrong({}, { nIterNoChange: 3 }),
      'invalid-setting',
      'needs validation',
    ],
    ['learningRate 0', wrong({}, { learningRate: 0 }), 'invalid-setting', 'learningRate must be'],
    [
      'maxBins 1',
      wrong({}, { maxBins: 1 }),
      'invalid-setting',
      'maxBins must be an integer from 2 to 65535; got 1',
    ],
    ['half a tree', wrong({}, { nIterations: 0.5 }), 'invalid-setting', 'nIterations'],
    [
      'a constrained category',
      wrong({}, { monotoneConstraints: [0, 0, 0, 0, 1] }),
      'invalid-setting',
      'monotoneConstraints[4]',
    ],
    [
      'unknown loss',
      wrong({}, { loss: 'hinge' as 'gamma' }),
      'invalid-setting',
      'squaredError, absoluteError',
    ],
    [
      'warm start with another loss',
      wrong({ warmStart: { ...fitBoostingToEnd(input, settings), loss: 'huber' } }),
      'invalid-setting',
      'huber',
    ],
  ])('%s', (_, attempt, code, words) => {
    expect(attempt).toThrow(
      expect.objectContaining({ code, message: expect.stringContaining(words) as string }),
    );
  });
});
