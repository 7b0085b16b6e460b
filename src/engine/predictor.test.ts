import { describe, expect, it } from 'vitest';
import { fitBoostingToEnd } from './boosting.ts';
import { binForEnsemble } from './ensemble-bins.ts';
import { addTreesToBinned, findLeavesOfBinned } from './kernel/prediction-kernel.ts';
import {
  addTreesOneByOne,
  findLeafIndices,
  findLeavesOneByOne,
  predictRaw,
  stagedPredict,
} from './predictor.ts';
import { defaultSettings } from './settings.ts';
import { createProblem } from './testing/random-problem.ts';

const { features, target } = createProblem({ nSamples: 300, seed: 21 });
const ensemble = fitBoostingToEnd(
  { features, target, init: 'mean' },
  { ...defaultSettings, nIterations: 12, minSamplesLeaf: 5 },
);

describe('predictRaw', () => {
  it('is the start plus the values of the leaves reached', () => {
    const leaves = findLeafIndices(ensemble, features);
    const predictions = predictRaw(ensemble, features);
    predictions.forEach((value, i) => {
      let sum = ensemble.baseline!;
      for (let tree = 0; tree < 12; tree++) sum += ensemble.value[leaves[i * 12 + tree]!]!;
      expect(value).toBe(sum);
    });
  });

  it('stops after nIterations, as staged prediction shows', () => {
    let nTrees = 0;
    for (const staged of stagedPredict(ensemble, features)) {
      nTrees += 1;
      expect(Array.from(staged)).toEqual(Array.from(predictRaw(ensemble, features, { nIterations: nTrees })));
    }
    expect(nTrees).toBe(12);
    expect(() => predictRaw(ensemble, features, { nIterations: 13 })).toThrow(
      'nIterations is 13; it must be 0 to 12',
    );
  });

  it('is the same in stages on many samples, which go down the trees by their bins', () => {
    const many = createProblem({ nSamples: 150_000, seed: 22 }).features;
    let nTrees = 0;
    for (const staged of stagedPredict(ensemble, many)) {
      nTrees += 1;
      if (nTrees % 4 !== 0) continue;
      const want = predictRaw(ensemble, many, { nIterations: nTrees });
      expect(staged.findIndex((value, i) => value !== want[i])).toBe(-1);
    }
    expect(nTrees).toBe(12);
  });

  it('fills the array it is given', () => {
    const out = new Float64Array(300);
    expect(predictRaw(ensemble, features, { out })).toBe(out);
    expect(out).toEqual(predictRaw(ensemble, features));
  });

  it('predicts nothing for no sample', () => {
    const none = { ...features, nSamples: 0, columns: features.columns.map(() => new Float64Array(0)) };
    expect(predictRaw(ensemble, none)).toHaveLength(0);
  });

  it('treats a code outside the categories as missing', () => {
    const withCode = (code: number) => ({
      ...features,
      columns: features.columns.map((column, f) => (f === 4 ? new Float64Array(300).fill(code) : column)),
    });
    const missing = predictRaw(ensemble, withCode(NaN));
    for (const code of [-1, 6, 2.5, 1e9, Infinity])
      expect(predictRaw(ensemble, withCode(code))).toEqual(missing);
    expect(predictRaw(ensemble, withCode(2))).not.toEqual(missing);
  });
});

describe('findLeafIndices', () => {
  it('sends as many training samples to each leaf as the leaf counts', () => {
    const counts = new Float64Array(ensemble.count.length);
    for (const leaf of findLeafIndices(ensemble, features)) counts[leaf]! += 1;
    ensemble.leftChild.forEach((left, node) =>
      expect(counts[node]).toBe(left === 0 ? ensemble.count[node] : 0),
    );
  });
});

describe('the prediction kernel', () => {
  it.each([
    ['numbers only', { nSamples: 150, seed: 22, nCategories: 0 }, true],
    ['missing values', { nSamples: 64, seed: 23, nCategories: 0 }, false],
    ['categories, unseen ones too', { nSamples: 131, seed: 24, nCategories: 40 }, false],
  ])('predicts as one sample and one tree at a time: %s', (_name, shape, isComplete) => {
    const problem = createProblem(shape);
    const filled = problem.features.columns.map((column) =>
      isComplete ? column.map((x) => (Number.isNaN(x) ? 0.3 : x)) : column,
    );
    const matrix = { ...problem.features, columns: filled };
    const trees = fitBoostingToEnd(
      { features: matrix, target: problem.target, init: 'mean' },
      { ...defaultSettings, nIterations: 30, minSamplesLeaf: 2 },
    );
    const asked = {
      ...matrix,
      columns: matrix.columns.map((column, f) => (f === 4 ? column.map((x) => x + 3) : column)),
    };
    const full = { ...asked, columns: asked.columns.map((column) => column.map((x) => (x > 0 ? x : 0))) };
    // The same trees again, for samples with other missing values and for the first ones once more.
    for (const each of [asked, full, asked, asked]) {
      const want = new Float64Array(shape.nSamples).fill(1);
      const got = want.slice();
      addTreesOneByOne(trees, each, want, 3, 29);
      addTreesToBinned({ ensemble: trees, from: 3, to: 29 }, binForEnsemble(trees, each)!, got);
      expect(got).toEqual(want);
    }

    const binned = binForEnsemble(trees, asked)!;
    for (const [from, to] of [
      [0, 30],
      [5, 12],
    ] as const) {
      const wantLeaves = new Int32Array(shape.nSamples * (to - from));
      const leaves = wantLeaves.slice();
      findLeavesOneByOne(trees, asked, from, to, wantLeaves);
      findLeavesOfBinned({ ensemble: trees, from, to }, binned, leaves);
      expect(leaves).toEqual(wantLeaves);
    }
  });
});
