import { AppError } from '#base/errors.ts';
import { decodeBase64 } from './base64.ts';
import { kernelBytes } from './kernel-bytes.ts';

/**
 * The engine's inner loops, in WebAssembly with SIMD (`assembly/`). One instance has one memory, laid out as
 * `memory-map.ts` tells, and is bound to one task at a time: `bind…` reads the map that was written before it.
 */
export interface Kernel {
  /** Memory of at least `nBytes` bytes; contents and views of the earlier one are lost when it grows. */
  readonly reserve: (nBytes: number) => ArrayBuffer;
  readonly binning: BinningKernel;
  readonly growing: GrowingKernel;
  readonly prediction: PredictionKernel;
}

/** On the memory of `binningFields`. */
export interface BinningKernel {
  readonly bindBinning: () => void;
  /** Sorts the first `n` values, which have no NaN. */
  readonly sortNumbers: (n: number) => void;
  /** Writes to `scratch`, in `width` bytes, how many thresholds are below each value; nThresholds + 1 for NaN. */
  readonly binNumbers: (nThresholds: number, width: number) => void;
}

/** On the memory of `growingFields`; what each does is told by `Grower`. */
export interface GrowingKernel {
  readonly bindGrowing: () => void;
  /** Copies the bins of these samples to `rows`; to be done for all samples before the first tree. */
  readonly prepareBins: (from: number, to: number) => void;
  readonly computeGradients: () => number;
  readonly computeValidationLoss: () => number;
  readonly beginTree: (nBagged: number, nActive: number) => void;
  /** 1 = the tree is finished. */
  readonly growTree: (mostWork: number) => number;
  readonly finishTree: () => void;
  readonly nNodes: Global;
  readonly gradientUnit: Global;
  readonly hessianUnit: Global;
}

/** On the memory of `predictionFields`. `nSamples`, at most `CHUNK_SAMPLES`, is a multiple of 64. */
export interface PredictionKernel {
  readonly bindPrediction: () => void;
  readonly addTrees: (nSamples: number) => void;
  readonly findLeaves: (nSamples: number) => void;
}

interface Global {
  readonly value: number;
}

/** The part of WebAssembly used here; the core compiles without the DOM library that declares it. */
interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array<ArrayBuffer>) => object;
  readonly Instance: new (module: object) => { readonly exports: unknown };
}

interface Exports extends BinningKernel, GrowingKernel, PredictionKernel {
  readonly memory: { readonly buffer: ArrayBuffer; readonly grow: (nPages: number) => number };
}

const PAGE_BYTES = 65_536;

/** Kernels that nothing is bound to: the next task takes one over instead of making it and its memory anew. */
const idle: Kernel[] = [];
const MAX_IDLE = 2;

/** WebAssembly memory never shrinks: what a large fit took is let go with its kernel. */
const MAX_IDLE_BYTES = 64 * 1024 * 1024;

let compiled: { readonly api: WebAssemblyApi; readonly module: object } | null = null;

/**
 * Compiles the kernel, once. Throws `no-webassembly` where WebAssembly or its SIMD is missing, or the page's policy
 * forbids it. Synchronous: allowed in workers and in Node, the only places where models are fitted and predict.
 */
export function requireKernel(): { readonly api: WebAssemblyApi; readonly module: object } {
  if (compiled) return compiled;
  const api = (globalThis as unknown as { WebAssembly?: WebAssemblyApi }).WebAssembly;
  try {
    if (!api) throw new Error('There is no WebAssembly.');
    compiled = { api, module: new api.Module(decodeBase64(kernelBytes)) };
    return compiled;
  } catch (thrown) {
    const message = `WebAssembly with SIMD is needed: ${String(thrown)}`;
    throw new AppError('no-webassembly', message, { message: String(thrown) });
  }
}

/** A kernel for one task. Tasks may be under way side by side; each has its own. Throws as `requireKernel` does. */
export function acquireKernel(): Kernel {
  return idle.pop() ?? createKernel();
}

/** Gives a kernel back. One that is never given back (an abandoned fit) is simply collected as garbage. */
export function releaseKernel(kernel: Kernel): void {
  const nBytes = kernel.reserve(0).byteLength;
  if (idle.length < MAX_IDLE && nBytes <= MAX_IDLE_BYTES) idle.push(kernel);
}

function createKernel(): Kernel {
  const { api, module } = requireKernel();
  const exports = new api.Instance(module).exports as Exports;
  const { memory } = exports;
  return {
    reserve: (nBytes) => {
      const missing = nBytes - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
      return memory.buffer;
    },
    binning: exports,
    growing: exports,
    prediction: exports,
  };
}
