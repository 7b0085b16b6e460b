import { describe, expect, test } from 'vitest';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import { fitBoostingToEnd } from '#engine/boosting.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { predictRaw } from '#engine/predictor.ts';
import { defaultSettings } from '#engine/settings.ts';
import { CATEGORY_SET_WORDS, countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { computeTreeBase, explainTrees } from './tree-shap.ts';

/** Numbers in [0, 1) and, for a cardinality k, codes; one cell in eight is missing, one code in ten unseen. */
function drawFeatures(nSamples: number, cardinalities: readonly number[], rng: Rng): FeatureMatrix {
  const columns = cardinalities.map((cardinality) =>
    Float64Array.from({ length: nSamples }, () => {
      if (rng.nextFloat() < 1 / 8) return NaN;
      if (cardinality === 0) return rng.nextFloat();
      return rng.nextFloat() < 0.1 ? cardinality + 3 : rng.nextBelow(cardinality);
    }),
  );
  return { nSamples, columns, cardinalities };
}

/** Trees of random splits, sets, directions, values and covers: no fit would make anything so odd. */
function drawEnsemble(
  nTrees: number,
  depth: number,
  cardinalities: readonly number[],
  rng: Rng,
): TreeEnsemble {
  const nodes = {
    feature: [-1],
    threshold: [0],
    leftChild: [0],
    missingLeft: [0],
    set: [-1],
    value: [0],
    cover: [0],
  };
  nodes.feature.length = 0;
  for (const list of Object.values(nodes)) list.length = 0;
  const sets: number[] = [];
  const treeStarts = [0];
  const push = (cover: number): number => {
    nodes.feature.push(-1);
    nodes.threshold.push(0);
    nodes.leftChild.push(0);
    nodes.missingLeft.push(0);
    nodes.set.push(-1);
    nodes.value.push(rng.nextNormal());
    return nodes.cover.push(cover) - 1;
  };
  const grow = (node: number, left: number): void => {
    if (left === 0 || (left < depth && rng.nextFloat() < 0.15)) return;
    const feature = rng.nextBelow(cardinalities.length);
    nodes.feature[node] = feature;
    nodes.missingLeft[node] = rng.nextBelow(2);
    if (cardinalities[feature] === 0) nodes.threshold[node] = rng.nextFloat();
    else {
      nodes.set[node] = sets.length / CATEGORY_SET_WORDS;
      for (let word = 0; word < CATEGORY_SET_WORDS; word++) sets.push(rng.nextUint32());
    }
    const share = rng.nextFloat();
    const cover = nodes.cover[node]!;
    const first = push(cover * share);
    push(cover * (1 - share));
    nodes.leftChild[node] = first;
    grow(first, left - 1);
    grow(first + 1, left - 1);
  };
  for (let tree = 0; tree < nTrees; tree++) {
    grow(push(100), depth);
    treeStarts.push(nodes.feature.length);
  }
  return {
    loss: 'squaredError',
    baseline: 3,
    cardinalities,
    treeStarts: Int32Array.from(treeStarts),
    feature: Int32Array.from(nodes.feature),
    threshold: Float64Array.from(nodes.threshold),
    leftChild: Int32Array.from(nodes.leftChild),
    missingLeft: Uint8Array.from(nodes.missingLeft),
    categorySet: Int32Array.from(nodes.set),
    categorySets: Uint32Array.from(sets),
    value: Float64Array.from(nodes.value),
    gain: new Float64Array(nodes.feature.length),
    count: Float64Array.from(nodes.cover),
    cover: Float64Array.from(nodes.cover),
    trainScores: [],
    validationScores: [],
    bestIteration: nTrees,
  };
}

/** What the trees answer when only the features in `known` (bits) are known: both ways by cover elsewhere. */
function predictKnowing(ensemble: TreeEnsemble, known: number, turnsLeft: (node: number) => boolean): number {
  const visit = (node: number): number => {
    const left = ensemble.leftChild[node]!;
    if (left === 0) return ensemble.value[node]!;
    if ((known >> ensemble.feature[node]!) & 1) return visit(turnsLeft(node) ? left : left + 1);
    const covers = [ensemble.cover[left]!, ensemble.cover[left + 1]!] as const;
    const total = covers[0] + covers[1];
    return (covers[0] * visit(left) + covers[1] * visit(left + 1)) / total;
  };
  let sum = 0;
  for (let tree = 0; tree < countTrees(ensemble); tree++) sum += visit(ensemble.treeStarts[tree]!);
  return sum;
}

/** Shapley's definition, over every subset of the features: exponential, obvious. */
function shapleyBySubsets(ensemble: TreeEnsemble, features: FeatureMatrix, sample: number): number[] {
  const nFeatures = features.columns.length;
  const turnsLeft = (node: number): boolean => {
    const feature = ensemble.feature[node]!;
    const value = features.columns[feature]?.[sample] as number;
    const cardinality = features.cardinalities[feature]!;
    const isMissing = Number.isNaN(value) || (cardinality > 0 && value >= cardinality);
    if (isMissing) return ensemble.missingLeft[node] === 1;
    if (cardinality === 0) return value <= ensemble.threshold[node]!;
    const word = ensemble.categorySet[node]! * CATEGORY_SET_WORDS + Math.floor(value / 32);
    return ((ensemble.categorySets[word]! >>> (value % 32)) & 1) === 1;
  };
  const values = Array.from({ length: 1 << nFeatures }, (_, known) =>
    predictKnowing(ensemble, known, turnsLeft),
  );
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const countBits = (bits: number): number => (bits === 0 ? 0 : (bits & 1) + countBits(bits >> 1));
  return features.columns.map((_, feature) => {
    let share = 0;
    for (let known = 0; known < values.length; known++) {
      if ((known >> feature) & 1) continue;
      const size = countBits(known);
      const weight = (factorial(size) * factorial(nFeatures - size - 1)) / factorial(nFeatures);
      share += weight * (values[known | (1 << feature)]! - values[known]!);
    }
    return share;
  });
}

function explainToEnd(ensemble: TreeEnsemble, features: FeatureMatrix): Float64Array[] {
  const shap = features.columns.map(() => new Float64Array(features.nSamples));
  for (const share of explainTrees(ensemble, features, shap)) expect(share).toBeLessThanOrEqual(1);
  return shap;
}

describe('equal to Shapley’s definition over all subsets, within 1e-9', () => {
  const cases = [
    { nFeatures: 3, depth: 6, nSamples: 3, name: 'few samples: computed one by one' },
    { nFeatures: 5, depth: 7, nSamples: 60, name: 'tables for short paths, one by one for long' },
    { nFeatures: 10, depth: 9, nSamples: 6, name: 'ten features' },
    { nFeatures: 4, depth: 10, nSamples: 200, name: 'each feature many times on a path: all tables' },
  ];
  test.each(cases)('$name', ({ nFeatures, depth, nSamples }) => {
    const rng = createRng(deriveSeed(nFeatures, depth));
    const cardinalities = Array.from({ length: nFeatures }, (_, i) => [0, 0, 7, 0, 200][i % 5] as number);
    const features = drawFeatures(nSamples, cardinalities, rng);
    const ensemble = drawEnsemble(3, depth, cardinalities, rng);
    const shap = explainToEnd(ensemble, features);
    for (let sample = 0; sample < Math.min(nSamples, 12); sample++) {
      const expected = shapleyBySubsets(ensemble, features, sample);
      expected.forEach((value, feature) => {
        expect(Math.abs((shap[feature]?.[sample] as number) - value)).toBeLessThan(1e-9);
      });
    }
  });
});

describe('adds up to the prediction', () => {
  function expectAdditive(ensemble: TreeEnsemble, features: FeatureMatrix): void {
    const shap = explainToEnd(ensemble, features);
    const raw = predictRaw(ensemble, features);
    const base = computeTreeBase(ensemble) + (ensemble.baseline as number);
    let worst = 0;
    for (let i = 0; i < features.nSamples; i++) {
      const sum = shap.reduce((total, column) => total + column[i]!, base);
      worst = Math.max(worst, Math.abs(sum - raw[i]!));
    }
    expect(worst).toBeLessThan(1e-9);
  }

  test('on 1,000 rows of odd trees, in several blocks’ worth of patterns', () => {
    const rng = createRng(4);
    const cardinalities = [0, 0, 0, 0, 12, 0, 0, 3];
    expectAdditive(drawEnsemble(20, 8, cardinalities, rng), drawFeatures(1000, cardinalities, rng));
  });

  test('over the border of a block', () => {
    const rng = createRng(5);
    expectAdditive(drawEnsemble(2, 4, [0, 4], rng), drawFeatures(8192 + 7, [0, 4], rng));
  });

  test('on a path of 40 distinct features', () => {
    const rng = createRng(6);
    const cardinalities = Array.from({ length: 40 }, () => 0);
    const chain = drawChain(40, rng);
    expectAdditive(chain, drawFeatures(30, cardinalities, rng));
  });

  /** One leaf at each step of a path that tests feature 0, 1, 2, … */
  function drawChain(length: number, rng: Rng): TreeEnsemble {
    const single = drawEnsemble(
      1,
      0,
      Array.from({ length: length }, () => 0),
      rng,
    );
    const nNodes = 2 * length + 1;
    const isInner = (node: number): boolean => node < nNodes - 2 && node % 2 === 0;
    const byNode = <T>(of: (node: number) => T): T[] => Array.from({ length: nNodes }, (_, node) => of(node));
    return {
      ...single,
      treeStarts: Int32Array.of(0, nNodes),
      // Node 2k is inner, its children are the leaf 2k + 1 and the next inner node 2k + 2.
      feature: Int32Array.from(byNode((node) => (isInner(node) ? node / 2 : -1))),
      threshold: Float64Array.from(byNode((node) => (isInner(node) ? 0.1 : 0))),
      leftChild: Int32Array.from(byNode((node) => (isInner(node) ? node + 1 : 0))),
      missingLeft: new Uint8Array(nNodes),
      categorySet: new Int32Array(nNodes).fill(-1),
      value: Float64Array.from(byNode(() => rng.nextNormal())),
      cover: Float64Array.from(byNode((node) => (node % 2 === 1 ? 1 : nNodes - node))),
      gain: new Float64Array(nNodes),
      count: new Float64Array(nNodes),
    };
  }
});

describe('on fitted ensembles', () => {
  const rng = createRng(12);
  const features = drawFeatures(600, [0, 0, 5, 0], rng);
  const target = Float64Array.from({ length: 600 }, (_, i) => {
    const [a, b, c] = features.columns.map((column) => column[i]!) as [number, number, number];
    return 10 * (Number.isNaN(a) ? 2 : a) + (b > 0.5 ? 4 : 0) + (c === 3 ? 6 : 0) + 0.3 * rng.nextNormal();
  });
  const weights = Float64Array.from({ length: 600 }, () => 0.5 + rng.nextFloat());
  const ensemble = fitBoostingToEnd(
    { features, target, sampleWeight: weights, init: 'mean' },
    { ...defaultSettings, nIterations: 60 },
  );
  const shap = explainToEnd(ensemble, features);

  test('the base is the mean prediction of the training samples, each by its weight', () => {
    const raw = predictRaw(ensemble, features);
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const mean = raw.reduce((sum, value, i) => sum + value * weights[i]!, 0) / total;
    // The engine quantises weights, so covers are sums of rounded ones.
    expect(computeTreeBase(ensemble) + (ensemble.baseline as number)).toBeCloseTo(mean, 3);
  });

  test('what was planted is found: the column of noise gets next to nothing', () => {
    const size = shap.map((column) => column.reduce((sum, value) => sum + Math.abs(value), 0) / 600);
    expect(size[0]).toBeGreaterThan(1.5);
    expect(size[1]).toBeGreaterThan(1.2);
    expect(size[2]).toBeGreaterThan(1);
    expect(size[3]).toBeLessThan(0.1);
  });

  test('a feature in no tree has no share', () => {
    const widened: FeatureMatrix = {
      ...features,
      columns: [...features.columns, new Float64Array(600)],
      cardinalities: [...features.cardinalities, 0],
    };
    const shapWidened = explainToEnd({ ...ensemble, cardinalities: widened.cardinalities }, widened);
    expect(shapWidened.slice(0, 4)).toEqual(shap);
    expect(shapWidened[4]?.every((value) => value === 0)).toBe(true);
  });

  test('the samples explained beside it do not change a sample’s shares', () => {
    const one: FeatureMatrix = {
      ...features,
      nSamples: 1,
      columns: features.columns.map((c) => c.slice(17, 18)),
    };
    explainToEnd(ensemble, one).forEach((column, feature) => {
      expect(column[0]).toBeCloseTo(shap[feature]?.[17] as number, 12);
    });
  });
});
