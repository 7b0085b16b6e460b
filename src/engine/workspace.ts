import { AppError } from '#base/errors.ts';
import type { BinnedFeatures } from './binning.ts';
import { MAX_CATEGORIES } from './feature-matrix.ts';
import { STAGING_BYTES, type Kernel, type KernelLayout } from './kernel/kernel.ts';
import { SPLIT_RECORD_BYTES } from './kernel/split-record.ts';
import { MAX_DEPTH, type BoostingSettings } from './settings.ts';

/** Histograms kept for later subtraction may take this much; beyond it they are built again when needed. */
const HISTOGRAM_BUDGET_BYTES = 256 * 1024 * 1024;

/** Wasm memory and 32-bit addresses end here. */
const MAX_BYTES = 2 ** 31 - 65_536;

/** A kernel bound to one fit, with views of what the fit itself reads and writes. */
export interface Workspace {
  readonly kernel: Kernel;
  readonly layout: KernelLayout;
  /** Most leaves a tree of this fit can have. */
  readonly maxLeaves: number;
  readonly raw: Float64Array;
  readonly gradients: Float64Array;
  /** null when every hessian is 1. */
  readonly hessians: Float64Array | null;
  readonly quantizedGradients: Int32Array;
  readonly quantizedHessians: Int32Array | null;
  readonly indices: Uint32Array;
  readonly activeFeatures: Int32Array;
  readonly goesLeft: Uint8Array;
  readonly recordFloats: Float64Array;
  readonly recordInts: Int32Array;
  /** Addresses of the float gradients and hessians, for `Kernel.quantize`. */
  readonly gradientsAddress: number;
  readonly hessiansAddress: number;
}

/** Lays out the memory of one fit and copies the bins into it, for `Kernel.prepareBins` to follow. Throws `too-many-rows` when it would not fit. */
export function createWorkspace(
  kernel: Kernel,
  binned: BinnedFeatures,
  settings: BoostingSettings,
  hasHessians: boolean,
): Workspace {
  const { nSamples, binCounts } = binned;
  const nFeatures = binCounts.length;
  const binWidth = binned.columns[0].BYTES_PER_ELEMENT;
  const binOffsets = new Int32Array(nFeatures + 1);
  binCounts.forEach((count, index) => (binOffsets[index + 1] = binOffsets[index] + count + 1));
  const histogramStride = alignUp(binOffsets[nFeatures] * kernel.binBytes(hasHessians), 64);
  const maxLeaves = countMaxLeaves(nSamples, settings);
  const nSlots = countSlots(nSamples, maxLeaves, histogramStride, settings);

  let nBytes = 64; // address 0 stands for "absent"
  const place = (size: number): number => {
    const address = nBytes;
    nBytes = alignUp(nBytes + size, 64);
    return address;
  };
  const columnStride = alignUp(nSamples * binWidth, 16);
  const rowStride = alignUp(nFeatures * binWidth, 4);
  const layout: KernelLayout = {
    nSamples,
    nFeatures,
    binWidth,
    columns: place(columnStride * nFeatures),
    columnStride,
    rows: place(rowStride * nSamples + 64),
    rowStride,
    indices: place(4 * nSamples),
    scratch: place(4 * nSamples),
    raw: place(8 * nSamples),
    gradients: place(4 * nSamples),
    hessians: hasHessians ? place(4 * nSamples) : 0,
    binOffsets: place(4 * (nFeatures + 1)),
    isCategorical: place(4 * nFeatures),
    constraints: place(4 * nFeatures),
    isConstrained: settings.monotoneConstraints?.some((constraint) => constraint !== 0) ? 1 : 0,
    activeFeatures: place(4 * nFeatures),
    histograms: place(histogramStride * (nSlots + kernel.nThreads - 1)),
    histogramStride,
    nSlots,
    goesLeft: place(MAX_CATEGORIES + 1),
    splitRecord: place(SPLIT_RECORD_BYTES),
    staging: place(STAGING_BYTES * kernel.nThreads),
    countBits: countBits(nSamples),
    minSamplesLeaf: settings.minSamplesLeaf,
    minCategorySupport: Math.min(10, settings.minSamplesLeaf),
  };
  const gradientsAddress = place(8 * nSamples);
  const hessiansAddress = hasHessians ? place(8 * nSamples) : 0;
  if (nBytes > MAX_BYTES) {
    throw new AppError('too-many-rows', `The fit would take ${nBytes} bytes; at most ${MAX_BYTES} fit.`, {
      name: 'bytes',
      value: nBytes,
      bound: MAX_BYTES,
    });
  }

  const buffer = kernel.reserve(nBytes);
  const floats = (address: number, length: number) => new Float64Array(buffer, address, length);
  const ints = (address: number, length: number) => new Int32Array(buffer, address, length);
  binned.columns.forEach((column, index) => {
    const View = binWidth === 1 ? Uint8Array : Uint16Array;
    new View(buffer, layout.columns + index * columnStride, nSamples).set(column);
  });
  ints(layout.binOffsets, nFeatures + 1).set(binOffsets);
  ints(layout.isCategorical, nFeatures).set(
    binned.cardinalities.map((cardinality) => Number(cardinality > 0)),
  );
  ints(layout.constraints, nFeatures).set(settings.monotoneConstraints ?? new Int32Array(nFeatures));
  kernel.bind(layout);
  return {
    kernel,
    layout,
    maxLeaves,
    raw: floats(layout.raw, nSamples),
    gradients: floats(gradientsAddress, nSamples),
    hessians: hasHessians ? floats(hessiansAddress, nSamples) : null,
    quantizedGradients: ints(layout.gradients, nSamples),
    quantizedHessians: hasHessians ? ints(layout.hessians, nSamples) : null,
    indices: new Uint32Array(buffer, layout.indices, nSamples),
    activeFeatures: ints(layout.activeFeatures, nFeatures),
    goesLeft: new Uint8Array(buffer, layout.goesLeft, MAX_CATEGORIES + 1),
    recordFloats: floats(layout.splitRecord, SPLIT_RECORD_BYTES / 8),
    recordInts: ints(layout.splitRecord, SPLIT_RECORD_BYTES / 4),
    gradientsAddress,
    hessiansAddress,
  };
}

function countMaxLeaves(nSamples: number, settings: BoostingSettings): number {
  const bySamples = Math.max(1, Math.floor(nSamples / settings.minSamplesLeaf));
  const byDepth = 2 ** Math.min(30, settings.maxDepth ?? MAX_DEPTH);
  return Math.min(bySamples, byDepth, settings.maxLeafNodes ?? Infinity);
}

/** Growing depth first, the smaller child is finished first, so that at most log2(n) larger ones wait. */
function countSlots(
  nSamples: number,
  maxLeaves: number,
  histogramStride: number,
  settings: BoostingSettings,
): number {
  const depth = Math.min(countBits(nSamples), settings.maxDepth ?? MAX_DEPTH);
  const wanted = settings.maxLeafNodes === null ? depth + 4 : maxLeaves + 2;
  return Math.max(3, Math.min(wanted, Math.floor(HISTOGRAM_BUDGET_BYTES / histogramStride)));
}

function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}

/** Bits of the binary number n. */
function countBits(n: number): number {
  return 32 - Math.clz32(n);
}
