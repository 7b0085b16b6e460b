import { describe, expect, it } from 'vitest';
import { binFeatures, type BinnedFeatures } from '../binning.ts';
import { findCountBits, type GrownTree, type Grower } from '../grower.ts';
import { defaultSettings, type BoostingSettings } from '../settings.ts';
import { runToEnd } from '../steps.ts';
import { createOracleGrower } from '../testing/oracle/grower.ts';
import { quantize } from '../testing/oracle/quantization.ts';
import { createProblem } from '../testing/random-problem.ts';
import { createGrower } from './growing-kernel.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt } from './memory-map.ts';

const L2 = 3;
const START = 20;
const settings: BoostingSettings = {
  ...defaultSettings,
  minSamplesLeaf: 7,
  maxLeafNodes: 12,
  l2Regularization: L2,
};

interface Problem {
  readonly grower: Grower;
  readonly binned: BinnedFeatures;
  readonly gradients: Int32Array;
}

/** Two numeric features, coarse and with gaps, two fine ones; and categories. */
function prepare(
  create: typeof createGrower,
  { nSamples, maxBins }: { nSamples: number; maxBins: number },
  { chosen = settings, budgets = [] }: { chosen?: BoostingSettings; budgets?: Budgets } = {},
): Problem {
  const { features, target } = createProblem({ nSamples, seed: 51 });
  const binned = binFeatures(features, maxBins, 0);
  const samples = { binned, target, weights: null, raw: START };
  const grower = runToEnd(create({ samples, validation: null, settings: chosen }, ...budgets));
  grower.computeGradients();
  const gradients = new Int32Array(nSamples);
  quantize(
    target.map((value) => START - value),
    findCountBits(nSamples),
    gradients,
  );
  return { grower, binned, gradients };
}

type Budgets = readonly [] | readonly [{ readonly histograms: number; readonly orders: number }];

function grow(grower: Grower, nSamples: number, nActive: number, mostWork = Infinity): GrownTree {
  grower.beginTree(nSamples, nActive);
  while (!grower.growTree(mostWork));
  return grower.finishTree();
}

const int = ({ nodes }: GrownTree, node: number, field: keyof typeof nodeInt) =>
  nodes.ints[node * NODE_INTS + nodeInt[field]]!;
const float = ({ nodes }: GrownTree, node: number, field: keyof typeof nodeFloat) =>
  nodes.floats[node * NODE_FLOATS + nodeFloat[field]]!;

/** What the engine reads of a tree's shape. */
function describeTree(tree: GrownTree): number[][] {
  return Array.from({ length: tree.nNodes }, (_, node) => [
    int(tree, node, 'start'),
    int(tree, node, 'end'),
    int(tree, node, 'leftChild'),
    float(tree, node, 'sumGradients'),
    float(tree, node, 'value'),
    ...(int(tree, node, 'leftChild') > 0 ? [int(tree, node, 'feature'), float(tree, node, 'gain')] : []),
  ]);
}

/** Every numeric split of the samples, scored from its definition. */
function findBestNaively(
  binned: BinnedFeatures,
  gradients: Int32Array,
  samples: readonly number[],
): { gain: number; feature: number } {
  const scoreOf = (part: readonly number[]) =>
    part.reduce((sum, i) => sum + gradients[i]!, 0) ** 2 / (part.length + L2);
  let best = { gain: 0, feature: -1 };
  binned.columns.forEach((column, feature) => {
    if (binned.cardinalities[feature]! > 0) return;
    const missing = binned.binCounts[feature]!;
    for (const isMissingLeft of [false, true]) {
      for (let bin = 0; bin < missing; bin++) {
        const isLeft = (i: number) => (column[i] === missing ? isMissingLeft : column[i]! <= bin);
        const left = samples.filter(isLeft);
        const right = samples.filter((i) => !isLeft(i));
        if (Math.min(left.length, right.length) < settings.minSamplesLeaf) continue;
        const gain = scoreOf(left) + scoreOf(right) - scoreOf(samples);
        if (gain > best.gain * (1 + 1e-12)) best = { gain, feature };
      }
    }
  });
  return best;
}

// Few samples for their bins are sorted, many are summed in histograms; and there are bins of one byte and of two.
const sizes = [
  { nSamples: 400, maxBins: 400 },
  { nSamples: 400, maxBins: 20 },
  { nSamples: 2000, maxBins: 255 },
];

describe.each([
  ['oracle', createOracleGrower],
  ['WebAssembly', createGrower],
] as const)('the grower of the %s', (_, create) => {
  it.each(sizes)('finds the split that trying all of them finds: %j', (size) => {
    const { grower, binned, gradients } = prepare(create, size);
    const tree = grow(grower, size.nSamples, binned.columns.length - 1);
    const all = Array.from({ length: size.nSamples }, (_unused, i) => i);
    const naive = findBestNaively(binned, gradients, all);
    expect(float(tree, 0, 'gain') / naive.gain).toBeCloseTo(1, 9);
    expect(int(tree, 0, 'feature')).toBe(naive.feature);
  });

  it.each(sizes)('finds it for every node that it splits, too: %j', (size) => {
    const { grower, binned, gradients } = prepare(create, size);
    const tree = grow(grower, size.nSamples, binned.columns.length - 1);
    let nInner = 0;
    for (let node = 0; node < tree.nNodes; node++) {
      if (int(tree, node, 'leftChild') === 0) continue;
      nInner += 1;
      const samples = grower.indices.subarray(int(tree, node, 'start'), int(tree, node, 'end'));
      const naive = findBestNaively(binned, gradients, Array.from(samples));
      expect(float(tree, node, 'gain') / naive.gain).toBeCloseTo(1, 9);
    }
    expect(nInner).toBe(11);
  });

  it.each(sizes)('puts each sample in exactly one leaf, in their order, with its sums: %j', (size) => {
    const { grower, binned, gradients } = prepare(create, size);
    const tree = grow(grower, size.nSamples, binned.columns.length);
    const seen: number[] = [];
    for (let node = 0; node < tree.nNodes; node++) {
      const samples = Array.from(grower.indices.subarray(int(tree, node, 'start'), int(tree, node, 'end')));
      expect(samples.reduce((sum, i) => sum + gradients[i]!, 0)).toBe(float(tree, node, 'sumGradients'));
      expect(samples.length).toBe(float(tree, node, 'sumHessians'));
      if (int(tree, node, 'leftChild') !== 0) continue;
      expect(samples).toEqual(samples.toSorted((a, b) => a - b));
      seen.push(...samples);
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: size.nSamples }, (_unused, i) => i));
  });

  it.each(sizes)('gives the same tree for the samples in another order: %j', (size) => {
    const nBagged = size.nSamples - 1;
    const growOf = (order: readonly number[]) => {
      const { grower, binned } = prepare(create, size);
      grower.indices.set(order);
      return describeTree(grow(grower, nBagged, binned.columns.length));
    };
    const order = Array.from({ length: size.nSamples }, (_unused, i) => i);
    expect(growOf([...order.slice(0, nBagged).toReversed(), nBagged])).toEqual(growOf(order));
  });

  it('grows by as much as it is asked to, and comes to the same end', () => {
    const { grower, binned } = prepare(create, sizes[2]!);
    const nActive = binned.columns.length;
    const whole = describeTree(grow(grower, 2000, nActive));
    const again = prepare(create, sizes[2]!).grower;
    again.beginTree(2000, nActive);
    let nSteps = 1;
    while (!again.growTree(1)) nSteps += 1;
    expect(nSteps).toBe(12);
    expect(describeTree(again.finishTree())).toEqual(whole);
  });
});

it('the kernel gives the same tree when it has too few histograms to keep them, and no sorted samples', () => {
  const chosen = { ...settings, maxLeafNodes: 40 };
  const growBy = (budgets: Budgets) => {
    const { grower, binned } = prepare(createGrower, sizes[2]!, { chosen, budgets });
    return describeTree(grow(grower, 2000, binned.columns.length));
  };
  const want = growBy([]);
  expect(want.length).toBe(79);
  const plenty = 2 ** 28;
  expect(growBy([{ histograms: 0, orders: plenty }])).toEqual(want);
  expect(growBy([{ histograms: plenty, orders: 0 }])).toEqual(want);
  expect(growBy([{ histograms: 0, orders: 0 }])).toEqual(want);
});
