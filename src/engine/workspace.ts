import { AppError } from '#base/errors.ts';
import type { BinnedFeatures } from './binning.ts';
import { MAX_CATEGORIES } from './feature-matrix.ts';
import {
  LEAST_SORTED_BINS,
  SORTING_BYTES,
  STAGING_BYTES,
  type Kernel,
  type KernelLayout,
} from './kernel/kernel.ts';
import { NODE_BYTES, NODE_FLOATS, NODE_INTS, type NodeRecords } from './kernel/node-record.ts';
import { createLoss, findLossConstants } from './loss.ts';
import { MAX_DEPTH, type BoostingSettings } from './settings.ts';
import { runToEnd } from './steps.ts';

/** Histograms kept for later subtraction may take this much; beyond it they are built again when needed. */
const HISTOGRAM_BUDGET_BYTES = 256 * 1024 * 1024;

/** Samples are kept in the order of their bins, where nodes are small, if that takes no more than this. */
const ORDER_BUDGET_BYTES = 64 * 1024 * 1024;

/** Wasm memory and 32-bit addresses end here. */
const MAX_BYTES = 2 ** 31 - 65_536;

/** A kernel bound to one fit, with views of what the fit itself reads and writes. */
export interface Workspace {
  readonly kernel: Kernel;
  readonly layout: KernelLayout;
  readonly raw: Float64Array;
  readonly indices: Uint32Array;
  /** All of them at first. */
  readonly activeFeatures: Int32Array;
  /** Records of the tree being grown. */
  readonly tree: NodeRecords;
  /** Places of the validation samples, null without any. */
  readonly validation: ValidationPlaces | null;
}

/** Where the samples that early stopping watches lie, binned as those that are fitted. */
export interface ValidationPlaces {
  readonly nSamples: number;
  readonly columns: number;
  readonly columnStride: number;
  /** u32 per sample. */
  readonly order: number;
  readonly room: number;
  /** f64 per sample; `weights` 0 = all weigh the same. */
  readonly target: number;
  readonly weights: number;
  readonly raw: number;
}

/** What is fitted, or watched: bins, targets, weights (null = equal) and raw starts of the same samples. */
export interface BinnedSamples {
  readonly binned: BinnedFeatures;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  /** Filled before the first tree. */
  readonly raw: Float64Array | number;
}

/** Values that are copied between two chances to yield: memory that is touched for the first time takes its time. */
const VALUES_PER_STEP = 4_000_000;

/** `createWorkspaceInSteps` for callers that need not yield. */
export function createWorkspace(
  kernel: Kernel,
  samples: BinnedSamples,
  validationSamples: BinnedSamples | null,
  settings: BoostingSettings,
): Workspace {
  return runToEnd(createWorkspaceInSteps(kernel, samples, validationSamples, settings));
}

/**
 * Lays out the memory of one fit, copies the samples into it, for `Kernel.prepareBins` to follow, and binds the
 * kernel to it. Throws `too-many-rows` when it would not fit.
 */
export function* createWorkspaceInSteps(
  kernel: Kernel,
  samples: BinnedSamples,
  validationSamples: BinnedSamples | null,
  settings: BoostingSettings,
): Generator<undefined, Workspace, unknown> {
  const { binned, weights } = samples;
  const { nSamples, binCounts } = binned;
  const constants = findLossConstants(settings);
  const loss = createLoss(constants);
  const hasHessians = weights !== null || !loss.hasConstantHessian;
  const nFeatures = binCounts.length;
  const binWidth = binned.columns[0].BYTES_PER_ELEMENT;
  const nBins = binCounts.reduce((sum, count) => sum + count + 1, 0);
  const histogramStride = alignUp(nBins * kernel.binBytes(hasHessians), 64);
  const maxLeaves = countMaxLeaves(nSamples, settings);
  const nSlots = countSlots(nSamples, maxLeaves, histogramStride, settings);

  const sorted = findSortedFeatures(binned);
  const canSort = sorted.length * nSamples * 8 <= ORDER_BUDGET_BYTES;

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
    target: place(8 * nSamples),
    weights: weights ? place(8 * nSamples) : 0,
    raw: place(8 * nSamples),
    floatGradients: place(8 * nSamples),
    floatHessians: hasHessians ? place(8 * nSamples) : 0,
    gradients: place(4 * nSamples),
    hessians: hasHessians ? place(4 * nSamples) : 0,
    binOffsets: place(4 * (nFeatures + 1)),
    thresholds: place(8 * nBins),
    isCategorical: place(4 * nFeatures),
    constraints: place(4 * nFeatures),
    isConstrained: settings.monotoneConstraints?.some((constraint) => constraint !== 0) ? 1 : 0,
    activeFeatures: place(4 * nFeatures),
    histograms: place(histogramStride * (nSlots + kernel.nThreads - 1)),
    histogramStride,
    nSlots,
    freeSlots: place(4 * nSlots),
    tree: place(NODE_BYTES * (2 * maxLeaves - 1)),
    frontier: place(4 * maxLeaves),
    goesLeft: place(MAX_CATEGORIES + 1),
    orders: canSort ? place(4 * nFeatures) : 0,
    featureList: place(12 * nFeatures),
    sorting: loss.findLeafValue ? place(16 * nSamples + SORTING_BYTES) : 0,
    staging: place(STAGING_BYTES * kernel.nThreads),
    isBestFirst: settings.maxLeafNodes === null ? 0 : 1,
    maxLeaves,
    maxDepth: settings.maxDepth ?? MAX_DEPTH,
    countBits: countBits(nSamples),
    minSamplesLeaf: settings.minSamplesLeaf,
    minCategorySupport: Math.min(10, settings.minSamplesLeaf),
  };
  const orders = canSort ? sorted.map(() => place(8 * nSamples)) : [];
  const validation = validationSamples && placeValidation(validationSamples, place);
  if (nBytes > MAX_BYTES) {
    throw new AppError('too-many-rows', `The fit would take ${nBytes} bytes; at most ${MAX_BYTES} fit.`, {
      name: 'bytes',
      value: nBytes,
      bound: MAX_BYTES,
    });
  }

  const buffer = kernel.reserve(nBytes);
  const ints = (address: number, length: number) => new Int32Array(buffer, address, length);
  writeFeatures(buffer, layout, binned, settings);
  if (canSort) {
    const table = ints(layout.orders, nFeatures).fill(0);
    sorted.forEach((feature, k) => (table[feature] = orders[k]));
  }
  yield* writeSamples(buffer, layout, samples);
  if (validation && validationSamples) {
    yield* writeSamples(buffer, validation, validationSamples);
    const order = new Uint32Array(buffer, validation.order, validation.nSamples);
    for (let i = 0; i < order.length; i++) order[i] = i;
  }
  kernel.bind(layout, constants);
  const activeFeatures = ints(layout.activeFeatures, nFeatures);
  for (let feature = 0; feature < nFeatures; feature++) activeFeatures[feature] = feature;
  const nNodes = 2 * maxLeaves - 1;
  return {
    kernel,
    layout,
    raw: new Float64Array(buffer, layout.raw, nSamples),
    indices: new Uint32Array(buffer, layout.indices, nSamples),
    activeFeatures,
    tree: {
      ints: ints(layout.tree, nNodes * NODE_INTS),
      floats: new Float64Array(buffer, layout.tree, nNodes * NODE_FLOATS),
    },
    validation,
  };
}

/** Numeric features with so many bins that small nodes sort their samples. */
function findSortedFeatures({ binCounts, cardinalities }: BinnedFeatures): number[] {
  return Array.from(binCounts.keys()).filter(
    (feature) => cardinalities[feature] === 0 && binCounts[feature] >= LEAST_SORTED_BINS,
  );
}

function placeValidation(
  { binned, weights }: BinnedSamples,
  place: (size: number) => number,
): ValidationPlaces {
  const { nSamples, columns } = binned;
  const columnStride = alignUp(nSamples * columns[0].BYTES_PER_ELEMENT, 16);
  return {
    nSamples,
    columns: place(columnStride * columns.length),
    columnStride,
    order: place(4 * nSamples),
    room: place(4 * nSamples),
    target: place(8 * nSamples),
    weights: weights ? place(8 * nSamples) : 0,
    raw: place(8 * nSamples),
  };
}

function writeFeatures(
  buffer: ArrayBuffer,
  layout: KernelLayout,
  { binCounts, thresholds, cardinalities }: BinnedFeatures,
  { monotoneConstraints }: BoostingSettings,
): void {
  const { nFeatures } = layout;
  const binOffsets = new Int32Array(buffer, layout.binOffsets, nFeatures + 1);
  const isCategorical = new Int32Array(buffer, layout.isCategorical, nFeatures);
  const constraints = new Int32Array(buffer, layout.constraints, nFeatures);
  binOffsets[0] = 0;
  for (let feature = 0; feature < nFeatures; feature++) {
    new Float64Array(buffer, layout.thresholds + 8 * binOffsets[feature]).set(thresholds[feature]);
    binOffsets[feature + 1] = binOffsets[feature] + binCounts[feature] + 1;
    isCategorical[feature] = Number(cardinalities[feature] > 0);
    constraints[feature] = monotoneConstraints?.[feature] ?? 0;
  }
}

function* writeSamples(
  buffer: ArrayBuffer,
  places: Pick<ValidationPlaces, 'columns' | 'columnStride' | 'target' | 'weights' | 'raw'>,
  { binned, target, weights, raw }: BinnedSamples,
): Generator<undefined, void, unknown> {
  const { nSamples, columns } = binned;
  let work = 0;
  for (const [index, column] of columns.entries()) {
    const View = column.BYTES_PER_ELEMENT === 1 ? Uint8Array : Uint16Array;
    new View(buffer, places.columns + index * places.columnStride, nSamples).set(column);
    work += nSamples;
    if (work < VALUES_PER_STEP) continue;
    work = 0;
    yield;
  }
  if (work > 0 && nSamples >= VALUES_PER_STEP / 8) yield;
  const floats = (address: number) => new Float64Array(buffer, address, nSamples);
  floats(places.target).set(target);
  if (weights) floats(places.weights).set(weights);
  if (typeof raw === 'number') floats(places.raw).fill(raw);
  else floats(places.raw).set(raw);
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
