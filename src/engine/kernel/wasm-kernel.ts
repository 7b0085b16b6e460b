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
  | 'sumMagnitudes'
  | 'findLargestMagnitude'
  | 'quantize'
  | 'resetIndices'
  | 'sumQuantized'
  | 'buildHistogram'
  | 'subtractHistogram'
  | 'findBestSplit'
  | 'partitionNumbers'
  | 'partitionCategories'
  | 'addTrees'
  | 'findLeaves'
  | 'addToRaw'
> {
  readonly bind: (source: number) => void;
  readonly beginTree: (nActive: number, l2: number, categorySmoothing: number) => void;
  readonly addHistogram: (slot: number, otherSlot: number) => void;
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
  'raw',
  'gradients',
  'hessians',
  'binOffsets',
  'isCategorical',
  'constraints',
  'isConstrained',
  'activeFeatures',
  'histograms',
  'histogramStride',
  'goesLeft',
  'splitRecord',
  'staging',
  'countBits',
  'minSamplesLeaf',
  'minCategorySupport',
] as const satisfies readonly (keyof KernelLayout)[];

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

export function wrapExports(exports: KernelExports, memory: WasmMemory): Kernel {
  return {
    nThreads: 1,
    reserve: (nBytes) => {
      const missing = nBytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return memory.buffer;
    },
    binBytes: (hasHessians) => (hasHessians ? 16 : 8),
    bind: (layout) => {
      new Int32Array(memory.buffer, layout.staging, layoutFields.length).set(
        layoutFields.map((field) => layout[field]),
      );
      exports.bind(layout.staging);
    },
    beginTree: ({ nActive, l2, categorySmoothing }) => exports.beginTree(nActive, l2, categorySmoothing),
    sortFloats: exports.sortFloats,
    binFloats: exports.binFloats,
    prepareBins: exports.prepareBins,
    sumMagnitudes: exports.sumMagnitudes,
    findLargestMagnitude: exports.findLargestMagnitude,
    quantize: exports.quantize,
    resetIndices: exports.resetIndices,
    sumQuantized: exports.sumQuantized,
    buildHistogram: exports.buildHistogram,
    subtractHistogram: exports.subtractHistogram,
    findBestSplit: exports.findBestSplit,
    partitionNumbers: exports.partitionNumbers,
    partitionCategories: exports.partitionCategories,
    addTrees: exports.addTrees,
    findLeaves: exports.findLeaves,
    addToRaw: exports.addToRaw,
  };
}
