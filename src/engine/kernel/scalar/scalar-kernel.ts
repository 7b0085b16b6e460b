import { createLoss, type Loss } from '../../loss.ts';
import type { Kernel, TreeConstants } from '../kernel.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt } from '../node-record.ts';
import { viewBins, viewFit, type FitViews } from './fit-views.ts';
import { createGrower, type Grower } from './grower.ts';
import { renewLeafValues } from './leaf-values.ts';
import { viewMemory, type MemoryViews } from './memory-views.ts';
import { findLeaf } from './partition.ts';
import { addTrees, findLeaves } from './prediction.ts';

/** Adding and taking away 1.5 · 2^52 rounds a float below 2^51 to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

/** The readable kernel: what the WebAssembly one must equal, and what runs where that cannot. */
export function createScalarKernel(): Kernel {
  let views: MemoryViews = viewMemory(new ArrayBuffer(0));
  let fit: FitViews;
  let loss: Loss;
  let grower: Grower;
  let nActive = 0;

  function addToRaw(raw: Float64Array, sample: number, binOf: (feature: number) => number): void {
    const leaf = findLeaf(fit.tree, fit.binCounts, binOf);
    raw[sample] += fit.tree.floats[leaf * NODE_FLOATS + nodeFloat.value];
  }

  return {
    nThreads: 1,
    reserve(nBytes) {
      if (views.buffer.byteLength < nBytes) views = viewMemory(new ArrayBuffer(Math.ceil(nBytes / 8) * 8));
      return views.buffer;
    },
    sortFloats(values, n) {
      views.f64.subarray(values >> 3, (values >> 3) + n).sort();
    },
    binFloats(values, n, thresholds, cells, origin, cellsPerUnit, nSteps, missingBin, bins, width) {
      const { f64, u16 } = views;
      const target = width === 1 ? views.u8 : views.u16;
      for (let i = 0; i < n; i++) {
        const value = f64[(values >> 3) + i];
        const cell = Math.max(0, Math.min(1023, Math.trunc((value - origin) * cellsPerUnit))) || 0;
        let below = u16[(cells >> 1) + cell];
        for (let step = nSteps - 1; step >= 0; step--) {
          if (f64[(thresholds >> 3) + below + 2 ** step - 1] < value) below += 2 ** step;
        }
        target[bins / width + i] = Number.isNaN(value) ? missingBin : below;
      }
    },
    binBytes: () => 0, // its histograms are its own
    bind(layout, constants) {
      fit = viewFit(views, layout);
      loss = createLoss(constants);
      grower = createGrower(fit);
    },
    prepareBins() {},

    computeGradients() {
      const { raw, target, weights, floatGradients, floatHessians } = fit;
      loss.prepareIteration?.(raw, target);
      return loss.computeGradients(raw, target, weights, floatGradients, floatHessians);
    },
    computeMeanLoss(target, weights, raw, n) {
      const floats = (place: number) => views.f64.subarray(place >> 3, (place >> 3) + n);
      return loss.computeMean(floats(raw), floats(target), weights === 0 ? null : floats(weights));
    },

    sumMagnitudes(source, n) {
      const { f64 } = views;
      const sums = [0, 0];
      for (let i = 0; i < n; i++) sums[i % 2] += Math.abs(f64[(source >> 3) + i]);
      return sums[0] + sums[1];
    },
    findLargestMagnitude(source, n) {
      const { f64 } = views;
      let largest = 0;
      for (let i = source >> 3; i < (source >> 3) + n; i++) largest = Math.max(largest, Math.abs(f64[i]));
      return largest;
    },
    quantize(source, n, scale, target) {
      const { f64, i32 } = views;
      for (let i = 0; i < n; i++) {
        i32[(target >> 2) + i] = f64[(source >> 3) + i] * scale + ROUNDER - ROUNDER;
      }
    },

    resetIndices() {
      fit.indices.forEach((_, i) => (fit.indices[i] = i));
    },
    beginTree(nBagged, constants: TreeConstants) {
      nActive = constants.nActive;
      grower.begin(nBagged, constants);
    },
    growTree(mostWork) {
      for (let work = 0; work < mostWork;) {
        const nSplit = grower.splitNext();
        if (nSplit === 0) return true;
        work += nSplit * nActive;
      }
      return false;
    },
    countNodes: () => grower.countNodes(),
    setNodeValues(unit, learningRate) {
      for (let node = 0; node < grower.countNodes(); node++) {
        const value = grower.boundedValue(node) * unit * learningRate;
        fit.tree.floats[node * NODE_FLOATS + nodeFloat.value] = value;
      }
    },
    renewLeafValues(learningRate) {
      renewLeafValues(fit, grower.countNodes(), loss, learningRate);
    },
    updateRaw(nBagged) {
      const { tree, indices, raw, columns } = fit;
      for (let node = 0; node < grower.countNodes(); node++) {
        const at = node * NODE_INTS;
        if (tree.ints[at + nodeInt.leftChild] !== 0) continue;
        const samples = indices.subarray(tree.ints[at + nodeInt.start], tree.ints[at + nodeInt.end]);
        for (const sample of samples) raw[sample] += tree.floats[node * NODE_FLOATS + nodeFloat.value];
      }
      for (const sample of indices.subarray(nBagged))
        addToRaw(raw, sample, (feature) => columns[feature][sample]);
    },
    routeSamples(columns, columnStride, order, _room, start, end, raw) {
      const samples = views.u32.subarray((order >> 2) + start, (order >> 2) + end);
      const nSamples = samples.reduce((most, sample) => Math.max(most, sample), 0) + 1;
      const { binWidth } = fit.layout;
      const bins = fit.columns.map((_, feature) =>
        viewBins(views, columns + feature * columnStride, nSamples, binWidth),
      );
      const out = views.f64.subarray(raw >> 3, (raw >> 3) + nSamples);
      for (const sample of samples) addToRaw(out, sample, (feature) => bins[feature][sample]);
    },

    addTrees: (...places) => addTrees(views, ...places),
    findLeaves: (...places) => findLeaves(views, ...places),
  };
}
