import type { Kernel, KernelLayout, TreeConstants } from '../kernel.ts';
import { buildHistogram, scalarBinFields, subtractHistogram } from './histogram.ts';
import { addTrees, findLeaves } from './prediction.ts';
import { viewMemory, type MemoryViews } from './memory-views.ts';
import { createSplitFinder } from './splitting.ts';

/** Adding and taking away 1.5 · 2^52 rounds a float below 2^51 to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

/** The readable kernel: what the WebAssembly one must equal, and what runs where that cannot. */
export function createScalarKernel(): Kernel {
  let views: MemoryViews = viewMemory(new ArrayBuffer(0));
  let layout: KernelLayout;
  let constants: TreeConstants;
  let findSplit: ReturnType<typeof createSplitFinder>;

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
    binBytes: (hasHessians) => 8 * scalarBinFields(hasHessians),
    bind(newLayout) {
      layout = newLayout;
      findSplit = createSplitFinder(views, layout);
    },
    prepareBins() {},
    beginTree(newConstants) {
      constants = newConstants;
    },

    sumMagnitudes(source, n) {
      const { f64 } = views;
      const at = source >> 3;
      let even = 0;
      let odd = 0;
      for (let i = 0; i + 1 < n; i += 2) {
        even += Math.abs(f64[at + i]);
        odd += Math.abs(f64[at + i + 1]);
      }
      if (n % 2 === 1) even += Math.abs(f64[at + n - 1]);
      return even + odd;
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
      const { u32 } = views;
      for (let i = 0; i < layout.nSamples; i++) u32[(layout.indices >> 2) + i] = i;
    },
    sumQuantized(source, end) {
      const { u32, i32 } = views;
      let sum = 0;
      for (let k = 0; k < end; k++) sum += i32[(source >> 2) + u32[(layout.indices >> 2) + k]];
      return sum;
    },

    buildHistogram: (start, end, slot) => buildHistogram(views, layout, start, end, slot, constants.nActive),
    subtractHistogram: (slot, childSlot) =>
      subtractHistogram(views, layout, slot, childSlot, constants.nActive),
    findBestSplit: (slot, start, end, sumGradients, sumHessians, lowerBound, upperBound) =>
      findSplit(slot, { sumGradients, sumHessians, count: end - start, lowerBound, upperBound }, constants),

    partitionNumbers: (feature, start, end, splitBin, extraBin) =>
      partition(views, layout, feature, start, end, (bin) => bin <= splitBin || bin === extraBin),
    partitionCategories: (feature, start, end) =>
      partition(views, layout, feature, start, end, (bin) => views.u8[layout.goesLeft + bin] === 1),

    addTrees: (...places) => addTrees(views, ...places),
    findLeaves: (...places) => findLeaves(views, ...places),
    addToRaw(start, end, value) {
      const { u32, f64 } = views;
      for (let k = start; k < end; k++) f64[(layout.raw >> 3) + u32[(layout.indices >> 2) + k]] += value;
    },
  };
}

/** Stable: left samples move up in place, right ones wait in the scratch room. */
function partition(
  views: MemoryViews,
  layout: KernelLayout,
  feature: number,
  start: number,
  end: number,
  isLeft: (bin: number) => boolean,
): number {
  const { u32 } = views;
  const bins = layout.binWidth === 1 ? views.u8 : views.u16;
  const column = (layout.columns + feature * layout.columnStride) / layout.binWidth;
  const indices = layout.indices >> 2;
  const scratch = layout.scratch >> 2;
  let nLeft = 0;
  let nRight = 0;
  for (let k = start; k < end; k++) {
    const sample = u32[indices + k];
    if (isLeft(bins[column + sample])) u32[indices + start + nLeft++] = sample;
    else u32[scratch + nRight++] = sample;
  }
  u32.copyWithin(indices + start + nLeft, scratch, scratch + nRight);
  return nLeft;
}
