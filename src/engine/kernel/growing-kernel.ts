import { AppError } from '#base/errors.ts';
import type { BinnedFeatures } from '../binning.ts';
import { MAX_CATEGORIES } from '../feature-matrix.ts';
import {
  CATEGORY_SMOOTHING,
  findCountBits,
  findMaxLeaves,
  findMinCategorySupport,
  type BinnedSamples,
  type Grower,
  type GrowerInput,
} from '../grower.ts';
import { findLoss } from '../loss.ts';
import { MAX_DEPTH, type BoostingSettings } from '../settings.ts';
import { acquireKernel, releaseKernel } from './kernel.ts';
import {
  alignUp,
  growingFields,
  type GrowingMemory,
  lossNumbers,
  NODE_BYTES,
  NODE_FLOATS,
  NODE_INTS,
  planMemory,
  RADIX_BYTES,
  STAGING_BYTES,
  writeMap,
} from './memory-map.ts';

/** Bytes that a fit may take for speed. */
interface Budgets {
  /** Histograms kept for later subtraction; beyond it they are built again when needed. */
  readonly histograms: number;
  /** Samples in the order of their bins, for small nodes; beyond it those have histograms too. */
  readonly orders: number;
}

const usualBudgets: Budgets = { histograms: 256 * 1024 * 1024, orders: 64 * 1024 * 1024 };

/** Fewer bins of a numeric feature are summed sooner than few samples are sorted. */
const LEAST_SORTED_BINS = 24;

/** Wasm memory and 32-bit addresses end here. */
const MAX_BYTES = 2 ** 31 - 65_536;

/** Values that are copied in one step: memory that is touched for the first time takes its time. */
const VALUES_PER_STEP = 4_000_000;

/**
 * A `Grower` in WebAssembly. Lays out the memory of one fit, copies the samples into it and binds a kernel to it.
 * Throws `no-webassembly` where there is none, `too-many-rows` when the fit would not fit.
 */
export function* createGrower(
  { samples, validation, settings }: GrowerInput,
  budgets: Budgets = usualBudgets,
): Generator<undefined, Grower, unknown> {
  const kernel = acquireKernel();
  const { growing } = kernel;
  const { binned } = samples;
  const { nSamples } = binned;
  const nFeatures = binned.columns.length;
  const { map, orders, nBytes } = layOutFit(samples, validation, settings, budgets);
  if (nBytes > MAX_BYTES) {
    throw new AppError('too-many-rows', `The fit would take ${nBytes} bytes; at most ${MAX_BYTES} fit.`, {
      name: 'bytes',
      value: nBytes,
      bound: MAX_BYTES,
    });
  }

  const buffer = kernel.reserve(nBytes);
  writeMap(buffer, growingFields, map);
  writeFeatures(buffer, map, binned, settings);
  if (binned.runs) new Int32Array(buffer, map.runs, nSamples).set(binned.runs);
  if (map.orders > 0) new Uint32Array(buffer, map.orders, nFeatures).set(orders);
  yield* writeSamples(buffer, map, samples);
  if (validation) {
    yield* writeSamples(
      buffer,
      {
        columns: map.validationColumns,
        columnStride: map.validationColumnStride,
        target: map.validationTarget,
        weights: map.validationWeights,
        raw: map.validationRaw,
      },
      validation,
    );
    const order = new Uint32Array(buffer, map.validationIndices, map.nValidation);
    for (let i = 0; i < order.length; i++) order[i] = i;
  }
  const activeFeatures = new Int32Array(buffer, map.activeFeatures, nFeatures);
  for (let feature = 0; feature < nFeatures; feature++) activeFeatures[feature] = feature;
  growing.bindGrowing();
  const nPerStep = Math.ceil(VALUES_PER_STEP / nFeatures);
  for (let from = 0; from < nSamples; from += nPerStep) {
    if (from > 0) yield;
    growing.prepareBins(from, Math.min(from + nPerStep, nSamples));
  }

  const maxNodes = 2 * map.maxLeaves - 1;
  const nodes = {
    ints: new Int32Array(buffer, map.tree, maxNodes * NODE_INTS),
    floats: new Float64Array(buffer, map.tree, maxNodes * NODE_FLOATS),
  };
  return {
    indices: new Uint32Array(buffer, map.indices, nSamples),
    activeFeatures,
    computeGradients: growing.computeGradients,
    computeValidationLoss: growing.computeValidationLoss,
    beginTree: growing.beginTree,
    growTree: (mostWork) => growing.growTree(mostWork) === 1,
    finishTree: () => {
      growing.finishTree();
      return {
        nodes,
        nNodes: growing.nNodes.value,
        units: { gradient: growing.gradientUnit.value, hessian: growing.hessianUnit.value },
      };
    },
    release: () => releaseKernel(kernel),
  };
}

/** `orders` is what stands at `map.orders`. */
function layOutFit(
  { binned, weights }: BinnedSamples,
  validation: BinnedSamples | null,
  settings: BoostingSettings,
  budgets: Budgets,
): { map: GrowingMemory; orders: number[]; nBytes: number } {
  const { nSamples, binCounts } = binned;
  const loss = findLoss(settings);
  const hasHessians = weights !== null || !loss.hasConstantHessian;
  const nFeatures = binCounts.length;
  const binWidth = binned.columns[0].BYTES_PER_ELEMENT;
  const nBins = binCounts.reduce((sum, count) => sum + count + 1, 0);
  const histogramStride = alignUp(nBins * (hasHessians ? 16 : 8), 64);
  const maxLeaves = findMaxLeaves(nSamples, settings);
  const nSlots = countSlots(nSamples, maxLeaves, settings, Math.floor(budgets.histograms / histogramStride));
  const isSorted = findSortedFeatures(binned);
  const nSorted = isSorted.filter(Boolean).length;
  const canSort = nSorted * nSamples * 8 <= budgets.orders;

  const { place, countBytes } = planMemory(growingFields);
  const columnStride = alignUp(nSamples * binWidth, 16);
  const rowStride = alignUp(nFeatures * binWidth, 4);
  const nValidation = validation?.binned.nSamples ?? 0;
  const validationColumnStride = alignUp(nValidation * binWidth, 16);
  const map: GrowingMemory = {
    nSamples,
    nFeatures,
    binWidth,
    columns: place(columnStride * nFeatures),
    columnStride,
    rows: place(rowStride * nSamples + 64),
    rowStride,
    runs: binned.runs ? place(4 * nSamples) : 0,
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
    isConstrained: Number(settings.monotoneConstraints?.some((constraint) => constraint !== 0) ?? false),
    activeFeatures: place(4 * nFeatures),
    histograms: place(histogramStride * nSlots),
    histogramStride,
    nSlots,
    freeSlots: place(4 * nSlots),
    tree: place(NODE_BYTES * (2 * maxLeaves - 1)),
    frontier: place(4 * maxLeaves),
    goesLeft: place(MAX_CATEGORIES + 1),
    orders: canSort ? place(4 * nFeatures) : 0,
    featureList: place(12 * nFeatures),
    sorting: loss.renewsLeafValues ? place(16 * nSamples + RADIX_BYTES) : 0,
    staging: place(STAGING_BYTES),
    isBestFirst: Number(settings.maxLeafNodes !== null),
    maxLeaves,
    maxDepth: settings.maxDepth ?? MAX_DEPTH,
    countBits: findCountBits(nSamples),
    minSamplesLeaf: settings.minSamplesLeaf,
    minCategorySupport: findMinCategorySupport(settings),
    learningRate: settings.learningRate,
    l2Regularization: settings.l2Regularization,
    categorySmoothing: CATEGORY_SMOOTHING,
    loss: lossNumbers[loss.name],
    quantile: loss.quantile,
    lossScale: loss.scale,
    fixedDelta: loss.delta,
    nValidation,
    validationColumns: place(validationColumnStride * nFeatures),
    validationColumnStride,
    validationTarget: place(8 * nValidation),
    validationWeights: validation?.weights ? place(8 * nValidation) : 0,
    validationRaw: place(8 * nValidation),
    validationIndices: place(4 * nValidation),
    validationScratch: place(4 * nValidation),
  };
  const orders = isSorted.map((sorted) => (canSort && sorted ? place(8 * nSamples) : 0));
  return { map, orders, nBytes: countBytes() };
}

/** For each feature whether small nodes sort their samples by it: numeric features with many bins. */
function findSortedFeatures({ binCounts, cardinalities }: BinnedFeatures): boolean[] {
  return binCounts.map((count, feature) => cardinalities[feature] === 0 && count >= LEAST_SORTED_BINS);
}

/** Growing depth first, the smaller child is finished first, so that at most log2(n) larger ones wait. */
function countSlots(
  nSamples: number,
  maxLeaves: number,
  { maxDepth, maxLeafNodes }: BoostingSettings,
  most: number,
): number {
  const depth = Math.min(findCountBits(nSamples), maxDepth ?? MAX_DEPTH);
  const wanted = maxLeafNodes === null ? depth + 4 : maxLeaves + 2;
  return Math.max(3, Math.min(wanted, most));
}

function writeFeatures(
  buffer: ArrayBuffer,
  map: GrowingMemory,
  { binCounts, thresholds, cardinalities }: BinnedFeatures,
  { monotoneConstraints }: BoostingSettings,
): void {
  const { nFeatures } = map;
  const binOffsets = new Int32Array(buffer, map.binOffsets, nFeatures + 1);
  const isCategorical = new Int32Array(buffer, map.isCategorical, nFeatures);
  const constraints = new Int32Array(buffer, map.constraints, nFeatures);
  binOffsets[0] = 0;
  for (let feature = 0; feature < nFeatures; feature++) {
    new Float64Array(buffer, map.thresholds + 8 * binOffsets[feature]).set(thresholds[feature]);
    binOffsets[feature + 1] = binOffsets[feature] + binCounts[feature] + 1;
    isCategorical[feature] = Number(cardinalities[feature] > 0);
    constraints[feature] = monotoneConstraints?.[feature] ?? 0;
  }
}

function* writeSamples(
  buffer: ArrayBuffer,
  places: Pick<GrowingMemory, 'columns' | 'columnStride' | 'target' | 'weights' | 'raw'>,
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
