import { describe, expect, it } from 'vitest';
import { exactExp } from '#base/exact-math.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { fitBoosting, fitBoostingToEnd } from './boosting.ts';
import { ensembleToJson } from './ensemble-json.ts';
import type { FitInput } from './fit-input.ts';
import { findLeafIndices, predictRaw, stagedPredict } from './predictor.ts';
import { defaultSettings, lossNames, type BoostingSettings } from './settings.ts';
import { createProblem, takeSamples, toTargetOf } from './testing/random-problem.ts';
import { countTrees, type TreeEnsemble } from './tree-ensemble.ts';

const { features, target, weights } = createProblem({ nSamples: 600, seed: 1 });
const fresh = createProblem({ nSamples: 600, seed: 2 });
const settings: BoostingSettings = {
  ...defaultSettings,
  nIterations: 40,
  minSamplesLeaf: 5,
  maxLeafNodes: 8,
  quantile: 0.8,
};
const input: FitInput = { features, target, init: 'mean' };

const meanSquare = (predictions: Float64Array, actual: Float64Array) =>
  predictions.reduce((sum, value, i) => sum + (value - actual[i]!) ** 2, 0) / actual.length;

// Gradients are quantised to 30 bits: leaf values of exact data are exact to 1e-8 of the largest residual.
function expectClose(got: Float64Array, want: number[]): void {
  expect(got).toHaveLength(want.length);
  want.forEach((value, i) => expect(got[i]).toBeCloseTo(value, 6));
}

const bytesOf = (ensemble: TreeEnsemble) => JSON.stringify(ensembleToJson(ensemble));

describe('fitBoosting finds planted truths', () => {
  it('one threshold, in one split', () => {
    const x = Float64Array.from({ length: 100 }, (_, i) => i);
    const y = x.map((value) => (value < 37 ? 10 : 20));
    const ensemble = fitBoostingToEnd(
      { features: { nSamples: 100, columns: [x], cardinalities: [0] }, target: y, init: 'mean' },
      { ...settings, nIterations: 1, learningRate: 1, minSamplesLeaf: 1 },
    );
    expect(Array.from(ensemble.feature)).toEqual([0, -1, -1]);
    expect(ensemble.threshold[0]).toBe(36.5);
    const ask = { nSamples: 2, columns: [Float64Array.of(36, 37)], cardinalities: [0] };
    expectClose(predictRaw(ensemble, ask), [10, 20]);
  });

  it('that missing values are slow, and that a missing value unseen in training follows the majority', () => {
    const x = Float64Array.from({ length: 90 }, (_, i) => (i % 3 === 0 ? NaN : i));
    const y = x.map((value) => (Number.isNaN(value) ? 9 : 1));
    const fit = (column: Float64Array) =>
      fitBoostingToEnd(
        {
          features: { nSamples: column.length, columns: [column], cardinalities: [0] },
          target: y.slice(0, column.length),
          init: 'mean',
        },
        { ...settings, nIterations: 1, learningRate: 1, minSamplesLeaf: 1 },
      );
    const ask = { nSamples: 3, columns: [Float64Array.of(NaN, -5, 1e9)], cardinalities: [0] };
    expectClose(predictRaw(fit(x), ask), [9, 1, 1]);
    const steps = Float64Array.from({ length: 90 }, (_, i) => (i < 60 ? 0 : 1));
    const ensemble = fitBoostingToEnd(
      {
        features: { nSamples: 90, columns: [steps], cardinalities: [0] },
        target: steps.map((step) => 5 * step),
        init: 'mean',
      },
      { ...settings, nIterations: 1, learningRate: 1 },
    );
    expect(predictRaw(ensemble, ask)[0]).toBeCloseTo(0, 6);
  });

  it('a threshold half-way in the gap that the node sees, whatever other samples lie in it', () => {
    const group = Float64Array.from({ length: 130 }, (_, i) => (i < 60 ? 0 : 1));
    const x = Float64Array.from({ length: 130 }, (_, i) =>
      i < 60 ? [0, 1, 2, 10, 11, 12][i % 6]! : 3 + (i % 7),
    );
    const y = x.map((value, i) => (group[i] === 1 ? 100 : value > 5 ? 20 : 10));
    const ensemble = fitBoostingToEnd(
      { features: { nSamples: 130, columns: [group, x], cardinalities: [0, 0] }, target: y, init: 'mean' },
      { ...settings, nIterations: 1, learningRate: 1, maxLeafNodes: 3 },
    );
    expect(ensemble.feature.indexOf(1)).toBeGreaterThan(0);
    expect(Math.abs(ensemble.threshold[ensemble.feature.indexOf(1)]! - 6)).toBeLessThanOrEqual(0.5);
  });

  it('which categories belong together, and sends unseen ones to the majority', () => {
    const codes = Float64Array.from({ length: 400 }, (_, i) => i % 8);
    const y = codes.map((code) => ([1, 4, 6].includes(code) ? 30 : 10));
    const ensemble = fitBoostingToEnd(
      { features: { nSamples: 400, columns: [codes], cardinalities: [9] }, target: y, init: 'mean' },
      { ...settings, nIterations: 1, learningRate: 1 },
    );
    const ask = {
      nSamples: 10,
      columns: [Float64Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, NaN)],
      cardinalities: [9],
    };
    expectClose(predictRaw(ensemble, ask), [10, 30, 10, 10, 30, 10, 30, 10, 10, 10]);
  });

  it.each(lossNames.filter((loss) => loss !== 'quantile'))(
    'with loss %s better than its start, on samples it has not seen',
    (loss) => {
      const known = toTargetOf(loss, input.target);
      const ensemble = fitBoostingToEnd({ ...input, target: known, init: 'median' }, { ...settings, loss });
      const raw = predictRaw(ensemble, fresh.features);
      const predictions =
        loss === 'gamma'
          ? raw.map(exactExp)
          : loss === 'logistic'
            ? raw.map((odds) => 1 / (1 + exactExp(-odds)))
            : raw;
      const wanted = toTargetOf(loss, fresh.target);
      const start = toTargetOf(loss, new Float64Array(600).fill(20));
      expect(meanSquare(predictions, wanted)).toBeLessThan(0.25 * meanSquare(start, wanted));
    },
  );

  it('a quantile that holds on samples it has not seen', () => {
    const ensemble = fitBoostingToEnd({ ...input, init: 'median' }, { ...settings, loss: 'quantile' });
    const predictions = predictRaw(ensemble, fresh.features);
    const below = fresh.target.filter((value, i) => value <= predictions[i]!).length / fresh.target.length;
    expect(Math.abs(below - 0.8)).toBeLessThan(0.06);
  });
});

describe('fitBoosting is indifferent to', () => {
  const zero: FitInput = { ...input, init: 'zero' };

  it('a second run, another kernel use in between, and stepping', () => {
    const first = bytesOf(fitBoostingToEnd(zero, settings));
    const stepping = fitBoosting(zero, settings);
    stepping.next();
    fitBoostingToEnd({ ...zero, target: fresh.target, features: fresh.features }, settings);
    let step = stepping.next();
    while (!step.done) step = stepping.next();
    expect(bytesOf(step.value)).toBe(first);
  });

  it('the order of the samples', () => {
    const order = Array.from({ length: 600 }, (_, i) => i);
    shuffleInPlace(order, createRng(5));
    const shuffled = fitBoostingToEnd(
      {
        features: takeSamples(features, order),
        target: Float64Array.from(order, (i) => target[i]!),
        init: 'zero',
      },
      settings,
    );
    const straight = fitBoostingToEnd(zero, settings);
    expect(Array.from(predictRaw(shuffled, fresh.features))).toEqual(
      Array.from(predictRaw(straight, fresh.features)),
    );
  });

  it('the order of the features, but for exact ties between them', () => {
    const order = [4, 2, 0, 3, 1];
    const permute = (matrix: typeof features) => ({
      ...matrix,
      columns: order.map((f) => matrix.columns[f]!),
      cardinalities: order.map((f) => matrix.cardinalities[f]!),
    });
    const permuted = fitBoostingToEnd({ ...zero, features: permute(features) }, settings);
    const straight = fitBoostingToEnd(zero, settings);
    expect(Array.from(predictRaw(permuted, permute(fresh.features)))).toEqual(
      Array.from(predictRaw(straight, fresh.features)),
    );
  });

  it('a monotone transform of a feature, on the training samples', () => {
    const cubed = {
      ...features,
      columns: features.columns.map((column, f) => (f < 4 ? column.map((x) => x ** 3 + x) : column)),
    };
    const transformed = fitBoostingToEnd({ ...zero, features: cubed }, { ...settings, maxBins: 65_535 });
    const straight = fitBoostingToEnd(zero, { ...settings, maxBins: 65_535 });
    const got = predictRaw(transformed, cubed);
    predictRaw(straight, features).forEach((value, i) => expect(got[i]).toBeCloseTo(value, 9));
  });

  it('whether a weight is 2 or the sample is there twice', () => {
    const repeats = Array.from(weights).flatMap((weight, i) => Array.from({ length: weight }, () => i));
    const chosen = { ...settings, minSamplesLeaf: 1, nIterations: 5 };
    const weighted = fitBoostingToEnd({ ...zero, sampleWeight: weights }, chosen);
    const repeated = fitBoostingToEnd(
      {
        features: takeSamples(features, repeats),
        target: Float64Array.from(repeats, (i) => target[i]!),
        init: 'zero',
      },
      chosen,
    );
    const got = predictRaw(weighted, features);
    // Bins differ where a weight is 0, so only nearly all predictions agree.
    const far = predictRaw(repeated, features).filter((value, i) => Math.abs(value - got[i]!) > 0.3);
    expect(far.length).toBeLessThan(60);
  });
});

describe('fitBoosting obeys its settings', () => {
  const depthOf = (ensemble: TreeEnsemble, node: number): number =>
    ensemble.leftChild[node] === 0
      ? 0
      : 1 +
        Math.max(
          depthOf(ensemble, ensemble.leftChild[node]!),
          depthOf(ensemble, ensemble.leftChild[node]! + 1),
        );

  it('maxLeafNodes, maxDepth, minSamplesLeaf', () => {
    const ensemble = fitBoostingToEnd(input, {
      ...settings,
      maxLeafNodes: 6,
      maxDepth: 3,
      minSamplesLeaf: 30,
    });
    for (let tree = 0; tree < countTrees(ensemble); tree++) {
      const [start, end] = [ensemble.treeStarts[tree]!, ensemble.treeStarts[tree + 1]!];
      expect(end - start).toBeLessThanOrEqual(11);
      expect(depthOf(ensemble, start)).toBeLessThanOrEqual(3);
      expect(Math.min(...ensemble.count.subarray(start, end))).toBeGreaterThanOrEqual(30);
    }
  });

  it('grows the same trees best-first with room for all leaves as depth-first', () => {
    const shape = { ...settings, maxDepth: 4, nIterations: 10 };
    const bestFirst = fitBoostingToEnd(input, { ...shape, maxLeafNodes: 16 });
    const depthFirst = fitBoostingToEnd(input, { ...shape, maxLeafNodes: null });
    expect(Array.from(predictRaw(bestFirst, fresh.features))).toEqual(
      Array.from(predictRaw(depthFirst, fresh.features)),
    );
  });

  it('l2Regularization shrinks leaves', () => {
    const size = (l2: number) =>
      fitBoostingToEnd(input, { ...settings, nIterations: 1, l2Regularization: l2 }).value.reduce(
        (sum, v) => sum + Math.abs(v),
        0,
      );
    expect(size(1000)).toBeLessThan(0.5 * size(0));
  });

  it('subsample and columnSubsample leave out what they say, by seed', () => {
    const chosen = { ...settings, subsample: 0.5, columnSubsample: 0.4 };
    const ensemble = fitBoostingToEnd(input, chosen);
    for (let tree = 0; tree < countTrees(ensemble); tree++) {
      const nodes = [ensemble.treeStarts[tree]!, ensemble.treeStarts[tree + 1]!] as const;
      expect(ensemble.count[nodes[0]]).toBe(300);
      const used = new Set(ensemble.feature.subarray(...nodes).filter((feature) => feature >= 0));
      expect(used.size).toBeLessThanOrEqual(2);
    }
    expect(bytesOf(fitBoostingToEnd(input, chosen))).toBe(bytesOf(ensemble));
    expect(bytesOf(fitBoostingToEnd(input, { ...chosen, seed: 9 }))).not.toBe(bytesOf(ensemble));
    // Samples left out are sent down the tree: the training score is that of the predictions.
    expect(meanSquare(predictRaw(ensemble, features), target)).toBeCloseTo(ensemble.trainScores.at(-1)!, 9);
  });

  it.each(lossNames)('monotoneConstraints hold on 10,000 random pairs with loss %s', (loss) => {
    const rng = createRng(3);
    const ensemble = fitBoostingToEnd(
      { ...input, target: toTargetOf(loss, input.target), init: 'median' },
      { ...settings, loss, monotoneConstraints: [1, 0, -1, 0, 0] },
    );
    const n = 10_000;
    const low = createProblem({ nSamples: n, seed: 4 }).features;
    const raised = (feature: number) => ({
      ...low,
      columns: low.columns.map((column, f) =>
        f === feature ? column.map((x) => x + 3 * rng.nextFloat()) : column,
      ),
    });
    const before = predictRaw(ensemble, low);
    const rising = predictRaw(ensemble, raised(0));
    const falling = predictRaw(ensemble, raised(2));
    expect(rising.every((value, i) => value >= before[i]!)).toBe(true);
    expect(falling.every((value, i) => value <= before[i]!)).toBe(true);
    expect(rising.some((value, i) => value > before[i]!)).toBe(true);
  });

  it('init: boosting learns the residuals of a given start', () => {
    const start = target.map((value) => value - 5);
    const ensemble = fitBoostingToEnd(
      { ...input, init: start },
      { ...settings, nIterations: 1, learningRate: 1 },
    );
    expect(ensemble.baseline).toBeNull();
    const predictions = predictRaw(ensemble, features, { init: start });
    predictions.forEach((value, i) => expect(value).toBeCloseTo(target[i]!, 6));
    expect(() => predictRaw(ensemble, features)).toThrow('init has 0 values where 600');
  });
});

describe('stopping', () => {
  const validation = { features: fresh.features, target: fresh.target };
  const long = { ...settings, nIterations: 400, learningRate: 0.5, nIterNoChange: 5 };

  it('early stopping cuts at the best validation score', () => {
    const ensemble = fitBoostingToEnd({ ...input, validation }, long);
    const { validationScores, bestIteration } = ensemble;
    expect(validationScores).toHaveLength(bestIteration + 5);
    expect(countTrees(ensemble)).toBe(bestIteration);
    expect(Math.min(...validationScores)).toBe(validationScores[bestIteration - 1]);
    expect(meanSquare(predictRaw(ensemble, fresh.features), fresh.target)).toBeCloseTo(
      Math.min(...validationScores),
      9,
    );
  });

  it("'stop' gives the best so far, at least one tree", () => {
    const fit = fitBoosting({ ...input, validation }, { ...settings, nIterations: 1000 });
    for (let i = 0; i < 10; i++) fit.next();
    const stopped = fit.next('stop');
    expect(stopped.done).toBe(true);
    expect(countTrees(stopped.value as TreeEnsemble)).toBe((stopped.value as TreeEnsemble).bestIteration);
    const atOnce = fitBoosting(input, settings);
    atOnce.next();
    expect(countTrees(atOnce.next('stop').value as TreeEnsemble)).toBe(1);
  });

  it('reports the scores that the trees so far have', () => {
    const ensemble = fitBoostingToEnd({ ...input, validation }, settings);
    let iteration = 0;
    for (const staged of stagedPredict(ensemble, fresh.features)) {
      expect(meanSquare(staged, fresh.target)).toBeCloseTo(ensemble.validationScores[iteration]!, 9);
      iteration += 1;
    }
    expect(iteration).toBe(40);
  });

  it('interrupts a tree on large data', () => {
    const large = createProblem({ nSamples: 200_000, seed: 7, nExtra: 6, nCategories: 0 });
    const fit = fitBoosting(
      { features: large.features, target: large.target, init: 'mean' },
      { ...settings, nIterations: 1, maxLeafNodes: 31 },
    );
    let nSteps = 0;
    while (!fit.next().done) nSteps += 1;
    expect(nSteps).toBeGreaterThan(1);
  });
});

describe('warm start', () => {
  it('goes on exactly where the fit would have gone on', () => {
    const whole = fitBoostingToEnd(input, { ...settings, subsample: 0.7 });
    const half = fitBoostingToEnd(input, { ...settings, subsample: 0.7, nIterations: 20 });
    const resumed = fitBoostingToEnd(
      { ...input, warmStart: half },
      { ...settings, subsample: 0.7, nIterations: 20 },
    );
    expect(bytesOf(resumed)).toBe(bytesOf(whole));
  });

  it('learns from new data without forgetting its trees', () => {
    const old = fitBoostingToEnd(input, settings);
    const shifted = fresh.target.map((value) => value + 3);
    const next = fitBoostingToEnd(
      { features: fresh.features, target: shifted, init: 'mean', warmStart: old },
      settings,
    );
    expect(countTrees(next)).toBe(80);
    expect(Array.from(next.value.subarray(0, old.value.length))).toEqual(Array.from(old.value));
    expect(meanSquare(predictRaw(next, fresh.features), shifted)).toBeLessThan(1);
  });
});

describe('onLeaf', () => {
  it('names the samples that each leaf was grown on, as following the trees finds them', () => {
    const leaves: number[][] = [];
    const ensemble = fitBoostingToEnd(
      { ...input, onLeaf: (samples) => leaves.push(Array.from(samples)) },
      { ...settings, nIterations: 3 },
    );
    const reached = findLeafIndices(ensemble, features);
    const want: number[][] = [];
    ensemble.leftChild.forEach((left, node) => {
      if (left !== 0) return;
      const samples: number[] = [];
      reached.forEach((leaf, k) => leaf === node && samples.push(Math.floor(k / 3)));
      want.push(samples);
    });
    expect(leaves).toEqual(want);
  });
});
