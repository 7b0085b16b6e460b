import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binByThresholds, binFeatures } from '../../binning.ts';
import { fitBoosting } from '../../boosting.ts';
import { ensembleToJson } from '../../ensemble-json.ts';
import type { FitInput } from '../../fit-input.ts';
import type { CreateGrower } from '../../grower.ts';
import { defaultSettings, lossNames, type BoostingSettings } from '../../settings.ts';
import { runToEnd } from '../../steps.ts';
import { createProblem, type ProblemShape, toTargetOf } from '../random-problem.ts';
import { createOracleGrower } from './grower.ts';

function fitBytes(input: FitInput, settings: BoostingSettings, create?: CreateGrower): string {
  return JSON.stringify(ensembleToJson(runToEnd(fitBoosting(input, settings, create))));
}

/** The kernel's model and the oracle's have the same bytes. */
function expectSameModel(input: FitInput, settings: BoostingSettings): void {
  expectEqualText(fitBytes(input, settings), fitBytes(input, settings, createOracleGrower));
}

/** As `toBe`, but a difference is shown by its surroundings, not by two whole models. */
function expectEqualText(got: string, want: string): void {
  let at = 0;
  while (at < want.length && got[at] === want[at]) at += 1;
  expect(got.slice(Math.max(0, at - 40), at + 40)).toBe(want.slice(Math.max(0, at - 40), at + 40));
}

describe('the kernel gives the bytes of the oracle', () => {
  const base: BoostingSettings = { ...defaultSettings, nIterations: 12, minSamplesLeaf: 5, quantile: 0.7 };

  function expectSameBytes(
    shape: ProblemShape,
    settings: Partial<BoostingSettings>,
    isWeighted = false,
  ): void {
    const { features, target, weights } = createProblem(shape);
    const input: FitInput = {
      features,
      target: toTargetOf(settings.loss ?? base.loss, target),
      init: 'median',
      ...(isWeighted && { sampleWeight: weights }),
    };
    expectSameModel(input, { ...base, ...settings });
  }

  it.each(lossNames)('with loss %s, with and without weights', (loss) => {
    expectSameBytes({ nSamples: 500, seed: 1 }, { loss });
    expectSameBytes({ nSamples: 501, seed: 2 }, { loss }, true);
  });

  it.each<[string, ProblemShape, Partial<BoostingSettings>]>([
    [
      'one-sample leaves and as many bins as values',
      { nSamples: 900, seed: 3 },
      { maxBins: 65_535, minSamplesLeaf: 1 },
    ],
    [
      'more bins than are searched at a time',
      { nSamples: 5000, seed: 19 },
      { maxBins: 65_535, minSamplesLeaf: 3, maxLeafNodes: null, maxDepth: 9 },
    ],
    ['monotone constraints', { nSamples: 700, seed: 4 }, { monotoneConstraints: [1, 0, -1, 0, 0] }],
    [
      'subsamples of samples and features',
      { nSamples: 700, seed: 5 },
      { subsample: 0.6, columnSubsample: 0.5 },
    ],
    ['depth first', { nSamples: 700, seed: 6 }, { maxLeafNodes: null, maxDepth: 6, minSamplesLeaf: 1 }],
    [
      'no limit but the samples',
      { nSamples: 300, seed: 7 },
      { maxLeafNodes: null, maxDepth: null, minSamplesLeaf: 1 },
    ],
    ['L2 and few bins', { nSamples: 700, seed: 8 }, { l2Regularization: 3.7, maxBins: 7 }],
    ['many categories', { nSamples: 3000, seed: 9, nCategories: 255 }, { minSamplesLeaf: 20 }],
    ['one feature', { nSamples: 64, seed: 10, nExtra: 0, nCategories: 0 }, { minSamplesLeaf: 1 }],
    ['eleven features', { nSamples: 2000, seed: 11, nExtra: 8 }, {}],
    ['many samples', { nSamples: 70_001, seed: 12, nExtra: 5 }, { nIterations: 3, maxLeafNodes: 31 }],
  ])('with %s', (_, shape, settings) => {
    expectSameBytes(shape, settings);
    expectSameBytes(shape, settings, true);
  });

  it.each(lossNames)('with loss %s in leaves of thousands of samples', (loss) => {
    const shape = { nSamples: 6001, seed: 14, nExtra: 1 };
    expectSameBytes(shape, { loss, maxLeafNodes: 3, nIterations: 4 });
    expectSameBytes(shape, { loss, maxLeafNodes: 3, nIterations: 4 }, true);
  });

  it.each(lossNames)('with loss %s, constraints, and validation samples that stop it', (loss) => {
    const train = createProblem({ nSamples: 400, seed: 15 });
    const held = createProblem({ nSamples: 150, seed: 16 });
    const input: FitInput = {
      features: train.features,
      target: toTargetOf(loss, train.target),
      init: 'mean',
      validation: {
        features: held.features,
        target: toTargetOf(loss, held.target),
        sampleWeight: held.weights,
      },
    };
    const chosen = {
      ...base,
      loss,
      nIterations: 60,
      nIterNoChange: 4,
      subsample: 0.7,
      minSamplesLeaf: 2,
      monotoneConstraints: [-1, 1, 0, 0, 0] as const,
    };
    expectSameModel(input, chosen);
  });

  it('with as many bins as samples that were cut on other samples', () => {
    const shape = { nSamples: 90, nCategories: 0, nExtra: 2 };
    const { features, target } = createProblem({ ...shape, seed: 17 });
    const { thresholds } = binFeatures(createProblem({ ...shape, seed: 18 }).features, 65_535, 0);
    const binned = binByThresholds(features, thresholds);
    expect(binned.binCounts).toContain(binned.nSamples);
    const input: FitInput = { features, target, init: 'mean', binned };
    expectSameModel(input, base);
  });

  it('with any settings, on any shape of samples', () => {
    const shapes = fc.record({
      nSamples: fc.integer({ min: 1, max: 400 }),
      seed: fc.integer({ min: 0, max: 1e6 }),
      nExtra: fc.integer({ min: 0, max: 6 }),
      nCategories: fc.constantFrom(0, 2, 9, 80),
    });
    const someSettings = fc.record({
      loss: fc.constantFrom(...lossNames),
      nIterations: fc.integer({ min: 1, max: 5 }),
      maxLeafNodes: fc.constantFrom(null, 2, 5, 31),
      maxDepth: fc.constantFrom(null, 1, 4, 9),
      minSamplesLeaf: fc.constantFrom(1, 2, 5, 40),
      l2Regularization: fc.constantFrom(0, 0, 0.3, 25),
      maxBins: fc.constantFrom(2, 9, 30, 100, 255, 65_535),
      subsample: fc.constantFrom(1, 0.8, 0.3),
      columnSubsample: fc.constantFrom(1, 0.5),
      huberDelta: fc.constantFrom(0.7, 30),
    });
    fc.assert(
      fc.property(shapes, someSettings, fc.boolean(), (shape, chosen, isWeighted) => {
        fc.pre(!isWeighted || createProblem(shape).weights.some((weight) => weight > 0));
        expectSameBytes(shape, chosen, isWeighted);
      }),
      { numRuns: 250 },
    );
  });

  it('on any numbers, however large or small', () => {
    for (const scale of [1e-90, 1e-9, 1e9, 1e90]) {
      const { features, target } = createProblem({ nSamples: 200, seed: 13 });
      const input: FitInput = { features, target: target.map((value) => value * scale), init: 'mean' };
      expectSameModel(input, base);
    }
  });
});
