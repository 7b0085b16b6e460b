import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { binFeatures, type BinnedFeatures } from '../../binning.ts';
import { defaultSettings, type BoostingSettings } from '../../settings.ts';
import { createProblem } from '../../testing/random-problem.ts';
import { createWorkspace, type Workspace } from '../../workspace.ts';
import { splitField } from '../split-record.ts';
import { createWasmKernel } from '../wasm-kernel.ts';
import { createScalarKernel } from './scalar-kernel.ts';

const kernels = [
  ['scalar', createScalarKernel],
  ['wasm', () => createWasmKernel()!],
] as const;

const nSamples = 400;
const { features } = createProblem({ nSamples, seed: 51 });
const binned = binFeatures(features, 20, 0);
const settings: BoostingSettings = { ...defaultSettings, minSamplesLeaf: 7 };
const rng = createRng(6);
const gradients = Int32Array.from({ length: nSamples }, () => rng.nextBelow(2001) - 1000);
const l2 = 3;

function prepare(create: (typeof kernels)[number][1]): Workspace {
  const workspace = createWorkspace(create(), binned, settings, false);
  workspace.kernel.prepareBins(0, nSamples);
  workspace.kernel.resetIndices();
  binned.columns.forEach((_, feature) => (workspace.activeFeatures[feature] = feature));
  workspace.quantizedGradients.set(gradients);
  workspace.kernel.beginTree({ nActive: binned.columns.length, l2, categorySmoothing: 10 });
  return workspace;
}

const sumOver = (samples: readonly number[]) => samples.reduce((sum, i) => sum + gradients[i]!, 0);

const scoreOf = (samples: readonly number[]) => sumOver(samples) ** 2 / (samples.length + l2);

/** Every numeric split of the samples, scored from its definition. */
function findBestNaively(
  source: BinnedFeatures,
  samples: readonly number[],
): { gain: number; feature: number } {
  let best = { gain: 0, feature: -1 };
  source.columns.forEach((column, feature) => {
    if (source.cardinalities[feature]! > 0) return;
    const missing = source.binCounts[feature]!;
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

describe.each(kernels)('%s kernel', (_, create) => {
  const workspace = prepare(create);
  const { kernel, indices, recordInts, recordFloats } = workspace;
  const all = Array.from({ length: nSamples }, (_unused, i) => i);
  const find = (slot: number, start: number) => {
    const samples = Array.from(indices.subarray(start));
    return kernel.findBestSplit(slot, start, nSamples, sumOver(samples), samples.length, -Infinity, Infinity);
  };

  it('finds the split that trying all of them finds, on the numeric features', () => {
    const numeric = prepare(create);
    numeric.kernel.beginTree({ nActive: binned.columns.length - 1, l2, categorySmoothing: 10 });
    numeric.kernel.buildHistogram(0, nSamples, 0);
    const gain = numeric.kernel.findBestSplit(0, 0, nSamples, sumOver(all), nSamples, -Infinity, Infinity);
    const naive = findBestNaively(binned, all);
    expect(gain / naive.gain).toBeCloseTo(1, 9);
    expect(numeric.recordInts[splitField.feature]).toBe(naive.feature);
  });

  it('partitions stably: left samples first, both in their order, none lost', () => {
    const feature = 1;
    const bin = 8;
    const column = binned.columns[feature]!;
    const missing = binned.binCounts[feature]!;
    const nLeft = kernel.partitionNumbers(feature, 0, nSamples, bin, missing);
    const isLeft = (i: number) => column[i]! <= bin || column[i] === missing;
    const left = all.filter(isLeft);
    expect(nLeft).toBe(left.length);
    expect(Array.from(indices)).toEqual([...left, ...all.filter((i) => !isLeft(i))]);
  });

  it('parent histogram = left + right: what is found on the difference is found on the child', () => {
    const middle = 150;
    kernel.buildHistogram(middle, nSamples, 0);
    const want = [find(0, middle), ...recordInts, ...recordFloats];
    kernel.buildHistogram(0, nSamples, 1);
    kernel.buildHistogram(0, middle, 2);
    kernel.subtractHistogram(1, 2);
    expect([find(1, middle), ...recordInts, ...recordFloats]).toEqual(want);
  });

  it('gives the same histogram for the samples in another order', () => {
    kernel.buildHistogram(0, nSamples, 0);
    const want = [find(0, 0), ...recordInts];
    indices.reverse();
    kernel.buildHistogram(0, nSamples, 0);
    expect([find(0, 0), ...recordInts]).toEqual(want);
  });
});
