import { describe, expect, it } from 'vitest';
import { binFeatures, type BinnedFeatures } from '../binning.ts';
import { quantizeGradients } from '../quantization.ts';
import { defaultSettings, type BoostingSettings } from '../settings.ts';
import { createProblem } from '../testing/random-problem.ts';
import { createWorkspace, type Workspace } from '../workspace.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt } from './node-record.ts';
import { createScalarKernel } from './scalar/scalar-kernel.ts';
import { createWasmKernel } from './wasm-kernel.ts';

const kernels = [
  ['scalar', createScalarKernel],
  ['wasm', () => createWasmKernel()!],
] as const;

const L2 = 3;
const settings: BoostingSettings = { ...defaultSettings, minSamplesLeaf: 7, maxLeafNodes: 12 };

/** Two numeric features, coarse and with gaps, two fine ones; and, where wanted, categories. */
function prepare(
  create: (typeof kernels)[number][1],
  { nSamples, maxBins, chosen = settings }: { nSamples: number; maxBins: number; chosen?: BoostingSettings },
): { workspace: Workspace; binned: BinnedFeatures; gradients: Int32Array } {
  const { features, target } = createProblem({ nSamples, seed: 51 });
  const binned = binFeatures(features, maxBins, 0);
  const samples = { binned, target, weights: null, raw: 20 };
  const workspace = createWorkspace(create(), samples, null, chosen);
  const { kernel, layout } = workspace;
  kernel.prepareBins(0, nSamples);
  kernel.resetIndices();
  kernel.computeGradients();
  quantizeGradients(workspace);
  const gradients = new Int32Array(kernel.reserve(0), layout.gradients, nSamples);
  return { workspace, binned, gradients };
}

function begin({ kernel }: Workspace, nSamples: number, nActive: number): void {
  kernel.beginTree(nSamples, { nActive, l2: L2, categorySmoothing: 10 });
}

const int = ({ tree }: Workspace, node: number, field: keyof typeof nodeInt) =>
  tree.ints[node * NODE_INTS + nodeInt[field]]!;
const float = ({ tree }: Workspace, node: number, field: keyof typeof nodeFloat) =>
  tree.floats[node * NODE_FLOATS + nodeFloat[field]]!;

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

describe.each(kernels)('%s kernel', (_, create) => {
  it.each(sizes)('finds the split that trying all of them finds: %j', (size) => {
    const { workspace, binned, gradients } = prepare(create, size);
    begin(workspace, size.nSamples, binned.columns.length - 1);
    const all = Array.from({ length: size.nSamples }, (_unused, i) => i);
    const naive = findBestNaively(binned, gradients, all);
    expect(float(workspace, 0, 'gain') / naive.gain).toBeCloseTo(1, 9);
    expect(int(workspace, 0, 'feature')).toBe(naive.feature);
  });

  it.each(sizes)('finds it for every node that it splits, too: %j', (size) => {
    const { workspace, binned, gradients } = prepare(create, size);
    begin(workspace, size.nSamples, binned.columns.length - 1);
    expect(workspace.kernel.growTree(Infinity)).toBe(true);
    let nInner = 0;
    for (let node = 0; node < workspace.kernel.countNodes(); node++) {
      if (int(workspace, node, 'leftChild') === 0) continue;
      nInner += 1;
      const samples = workspace.indices.subarray(int(workspace, node, 'start'), int(workspace, node, 'end'));
      const naive = findBestNaively(binned, gradients, Array.from(samples));
      expect(float(workspace, node, 'gain') / naive.gain).toBeCloseTo(1, 9);
    }
    expect(nInner).toBe(11);
  });

  it.each(sizes)('puts each sample in exactly one leaf, in their order, with its sums: %j', (size) => {
    const { workspace, binned, gradients } = prepare(create, size);
    begin(workspace, size.nSamples, binned.columns.length);
    workspace.kernel.growTree(Infinity);
    const seen: number[] = [];
    for (let node = 0; node < workspace.kernel.countNodes(); node++) {
      const samples = Array.from(
        workspace.indices.subarray(int(workspace, node, 'start'), int(workspace, node, 'end')),
      );
      expect(samples.reduce((sum, i) => sum + gradients[i]!, 0)).toBe(float(workspace, node, 'sumGradients'));
      expect(samples.length).toBe(float(workspace, node, 'sumHessians'));
      if (int(workspace, node, 'leftChild') !== 0) continue;
      expect(samples).toEqual(samples.toSorted((a, b) => a - b));
      seen.push(...samples);
    }
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: size.nSamples }, (_unused, i) => i));
  });

  it('gives the same tree for the samples in another order', () => {
    const { workspace, binned } = prepare(create, sizes[2]!);
    const { kernel, indices } = workspace;
    const grow = () => {
      begin(workspace, indices.length, binned.columns.length);
      kernel.growTree(Infinity);
      return Array.from({ length: kernel.countNodes() }, (_unused, node) => [
        float(workspace, node, 'gain'),
        float(workspace, node, 'sumGradients'),
        int(workspace, node, 'end'),
      ]);
    };
    const want = grow();
    indices.reverse();
    expect(grow()).toEqual(want);
  });

  it('grows by as much as it is asked to, and comes to the same end', () => {
    const grow = (mostWork: number) => {
      const { workspace, binned } = prepare(create, sizes[2]!);
      begin(workspace, workspace.indices.length, binned.columns.length);
      let nSteps = 1;
      while (!workspace.kernel.growTree(mostWork)) nSteps += 1;
      return { nSteps, ints: Array.from(workspace.tree.ints) };
    };
    const whole = grow(Infinity);
    const stepwise = grow(1);
    expect(whole.nSteps).toBe(1);
    expect(stepwise.nSteps).toBe(12);
    expect(stepwise.ints).toEqual(whole.ints);
  });

  it('gives the same tree when it has too few histograms to keep them', () => {
    const chosen = { ...settings, maxLeafNodes: 40 };
    const grow = (isShort: boolean) => {
      const { workspace, binned } = prepare(create, { nSamples: 2000, maxBins: 255, chosen });
      const { kernel, layout } = workspace;
      if (isShort) {
        kernel.bind({ ...layout, nSlots: 3 }, { name: 'squaredError', quantile: 0, scale: 0, delta: 0 });
      }
      begin(workspace, 2000, binned.columns.length);
      kernel.growTree(Infinity);
      const { ints } = workspace.tree;
      return Array.from(ints).filter((_unused, at) => at % NODE_INTS !== nodeInt.slot);
    };
    expect(grow(true)).toEqual(grow(false));
  });
});
