import { decodeBase64 } from './base64.ts';
import { kernelBytes } from './kernel-bytes.ts';
import type { Kernel, KernelLayout } from './kernel.ts';

/** The part of WebAssembly used here; the core compiles without the DOM library that declares it. */
export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: unknown };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  readonly grow: (nPages: number) => number;
}

/** What `assembly/index.ts` exports. */
export interface KernelExports extends Pick<
  Kernel,
  | 'sortFloats'
  | 'binFloats'
  | 'prepareBins'
  | 'computeGradients'
  | 'computeMeanLoss'
  | 'sumMagnitudes'
  | 'findLargestMagnitude'
  | 'quantize'
  | 'resetIndices'
  | 'setNodeValues'
  | 'renewLeafValues'
  | 'updateRaw'
  | 'routeSamples'
  | 'addTrees'
  | 'findLeaves'
> {
  readonly bind: (source: number, loss: number, quantile: number, scale: number, delta: number) => void;
  readonly beginTree: (nBagged: number, nActive: number, l2: number, categorySmoothing: number) => void;
  /** 1 = finished. */
  readonly growTree: (mostWork: number) => number;
  readonly nNodes: { readonly value: number };
  // What threads that share one memory do for each other:
  /** Takes on a fit for the operations below only. */
  readonly bindLayout: (source: number) => void;
  readonly setTreeConstants: (nActive: number, l2: number, categorySmoothing: number) => void;
  /** Sums gradients (and hessians) and counts of samples `indices[start … end)` per bin of each active feature. */
  readonly buildHistogram: (start: number, end: number, slot: number) => void;
  /** slot ← slot + otherSlot, for the active features. */
  readonly addHistogram: (slot: number, otherSlot: number) => void;
  /**
   * Reorders `indices[start … end)`, stably, so that the samples whose bin of `feature` is ≤ `splitBin`
   * or equal to `extraBin` come first; returns how many they are.
   */
  readonly partitionNumbers: (
    feature: number,
    start: number,
    end: number,
    splitBin: number,
    extraBin: number,
  ) => number;
  /** Likewise for the bins with `goesLeft[bin] === 1`. */
  readonly partitionCategories: (feature: number, start: number, end: number) => number;
}

const PAGE_BYTES = 65_536;

/** The order in which `bindLayout` reads them. */
export const layoutFields = [
  'nSamples',
  'nFeatures',
  'binWidth',
  'columns',
  'columnStride',
  'rows',
  'rowStride',
  'indices',
  'scratch',
  'target',
  'weights',
  'raw',
  'floatGradients',
  'floatHessians',
  'gradients',
  'hessians',
  'binOffsets',
  'thresholds',
  'isCategorical',
  'constraints',
  'isConstrained',
  'activeFeatures',
  'histograms',
  'histogramStride',
  'nSlots',
  'freeSlots',
  'tree',
  'frontier',
  'goesLeft',
  'orders',
  'featureList',
  'sorting',
  'staging',
  'isBestFirst',
  'maxLeaves',
  'maxDepth',
  'countBits',
  'minSamplesLeaf',
  'minCategorySupport',
] as const satisfies readonly (keyof KernelLayout)[];

/** The numbers by which the kernel knows the losses. */
const lossNumbers = { squaredError: 0, pinball: 1, huber: 2, gamma: 3 } as const;

export function findWebAssembly(): WebAssemblyApi | null {
  return (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly ?? null;
}

let compiled: object | null | undefined;

/**
 * A kernel in WebAssembly, or null where that (or its SIMD) is missing. The module is compiled once, at
 * the first call, synchronously: allowed in workers and in Node, and the only places where models are fitted.
 */
export function createWasmKernel(): Kernel | null {
  const api = findWebAssembly();
  if (!api) return null;
  if (compiled === undefined) {
    try {
      compiled = new api.Module(decodeBase64(kernelBytes));
    } catch {
      compiled = null; // no SIMD, or forbidden by the page's policy: the scalar kernel takes over
    }
  }
  if (compiled === null) return null;
  const exports = new api.Instance(compiled).exports as KernelExports & { readonly memory: WasmMemory };
  return wrapExports(exports, exports.memory);
}

/** Writes a layout where `bindLayout` is to read it: at the beginning of its staging room. */
export function writeLayout(memory: WasmMemory, layout: KernelLayout): void {
  const target = new Int32Array(memory.buffer, layout.staging, layoutFields.length);
  layoutFields.forEach((field, k) => (target[k] = layout[field]));
}

export function wrapExports(exports: KernelExports, memory: WasmMemory): Kernel {
  return {
    nThreads: 1,
    reserve: (nBytes) => {
      const missing = nBytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return memory.buffer;
    },
    binBytes: (hasHessians) => (hasHessians ? 16 : 8),
    bind: (layout, { name, quantile, scale, delta }) => {
      writeLayout(memory, layout);
      exports.bind(layout.staging, lossNumbers[name], quantile, scale, delta);
    },
    beginTree: (nBagged, { nActive, l2, categorySmoothing }) =>
      exports.beginTree(nBagged, nActive, l2, categorySmoothing),
    growTree: (mostWork) => exports.growTree(mostWork) === 1,
    countNodes: () => exports.nNodes.value,
    sortFloats: exports.sortFloats,
    binFloats: exports.binFloats,
    prepareBins: exports.prepareBins,
    computeGradients: exports.computeGradients,
    computeMeanLoss: exports.computeMeanLoss,
    sumMagnitudes: exports.sumMagnitudes,
    findLargestMagnitude: exports.findLargestMagnitude,
    quantize: exports.quantize,
    resetIndices: exports.resetIndices,
    setNodeValues: exports.setNodeValues,
    renewLeafValues: exports.renewLeafValues,
    updateRaw: exports.updateRaw,
    routeSamples: exports.routeSamples,
    addTrees: exports.addTrees,
    findLeaves: exports.findLeaves,
  };
}
