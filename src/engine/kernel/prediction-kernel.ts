import type { BinnedFeatures } from '../binning.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from '../tree-ensemble.ts';
import { acquireKernel, releaseKernel, type PredictionKernel } from './kernel.ts';
import {
  alignUp,
  ANY_BIN,
  CHUNK_SAMPLES,
  planMemory,
  PREDICTION_NODE_BYTES,
  predictionFields,
  type PredictionMemory,
  predictionNode,
  SMALL_TREE_NODES,
  writeMap,
} from './memory-map.ts';

const SET_BYTES = CATEGORY_SET_WORDS * 4;

/** A bit for each bin of two bytes. */
const FULL_SET_BYTES = 8192;

/** Trees `from` … `to` − 1 of an ensemble. */
export interface TreeRange {
  readonly ensemble: TreeEnsemble;
  readonly from: number;
  readonly to: number;
}

/** Where the trees and a chunk of bins lie. */
interface Layout {
  readonly buffer: ArrayBuffer;
  readonly map: PredictionMemory;
  readonly sets: number;
  readonly fullSet: number;
  /** Number of the copy of a feature's column in which missing values are bin 0; −1 where none is missing. */
  readonly leftCopies: Int32Array;
  readonly nColumns: number;
}

/** out[i] += values of the leaves reached. The thresholds of `binned` must contain those of the trees. */
export function addTreesToBinned(trees: TreeRange, binned: BinnedFeatures, out: Float64Array): void {
  followTrees(trees, binned, 8, ({ buffer, map }, { addTrees }, start, n) => {
    const sums = new Float64Array(buffer, map.out, n);
    sums.set(out.subarray(start, start + n));
    addTrees(alignUp(n, 64));
    out.set(sums, start);
  });
}

/** Fills `outLeaves` with the node that sample i reaches in tree `from` + t, at i · (to − from) + t. */
export function findLeavesOfBinned(trees: TreeRange, binned: BinnedFeatures, outLeaves: Int32Array): void {
  const nTrees = trees.to - trees.from;
  const firstNode = trees.ensemble.treeStarts[trees.from];
  followTrees(trees, binned, 4 * nTrees, ({ buffer, map }, { findLeaves }, start, n) => {
    const leaves = new Int32Array(buffer, map.out, n * nTrees);
    findLeaves(alignUp(n, 64));
    const first = start * nTrees;
    for (let k = 0; k < leaves.length; k++) outLeaves[first + k] = firstNode + leaves[k];
  });
}

/** Calls `followChunk` for each chunk of samples (its first one, and how many), whose bins have been written. */
function followTrees(
  trees: TreeRange,
  binned: BinnedFeatures,
  outBytesPerSample: number,
  followChunk: (layout: Layout, kernel: PredictionKernel, start: number, n: number) => void,
): void {
  const kernel = acquireKernel();
  const { leftCopies, nColumns } = numberCopies(binned);
  const { map, sets, fullSet, nBytes } = layOutTrees(trees, binned, nColumns, outBytesPerSample);
  const buffer = kernel.reserve(nBytes);
  const layout = { buffer, map, sets, fullSet, leftCopies, nColumns };
  writeMap(buffer, predictionFields, map);
  kernel.prediction.bindPrediction();
  writeTreesOrKept(layout, trees, binned);
  for (let start = 0; start < binned.nSamples; start += CHUNK_SAMPLES) {
    followChunk(layout, kernel.prediction, start, writeChunk(layout, binned, start));
  }
  releaseKernel(kernel);
}

function layOutTrees(
  { ensemble, from, to }: TreeRange,
  { columns }: BinnedFeatures,
  nColumns: number,
  outBytesPerSample: number,
): { map: PredictionMemory; sets: number; fullSet: number; nBytes: number } {
  const binWidth = columns[0].BYTES_PER_ELEMENT;
  const [firstNode, end] = [ensemble.treeStarts[from], ensemble.treeStarts[to]];
  let nSets = 0;
  for (let node = firstNode; node < end; node++) nSets += Number(ensemble.categorySet[node] >= 0);
  const { place, countBytes } = planMemory(predictionFields);
  // What is kept of an ensemble lies together: nodes, values, sets, roots, depths.
  const nodes = place((end - firstNode) * PREDICTION_NODE_BYTES);
  const values = place((end - firstNode) * 8);
  const sets = place(nSets * SET_BYTES);
  const fullSet = place(FULL_SET_BYTES);
  const map = {
    nTrees: to - from,
    binWidth,
    nodes,
    values,
    roots: place((to - from + 1) * 4),
    depths: place((to - from) * 4),
    scratch: place((SMALL_TREE_NODES + 1) * 64),
    chunk: place(nColumns * CHUNK_SAMPLES * binWidth),
    out: place(CHUNK_SAMPLES * outBytesPerSample),
  };
  return { map, sets, fullSet, nBytes: countBytes() };
}

/** Writes the trees, or what was kept of writing them last. */
function writeTreesOrKept(layout: Layout, trees: TreeRange, binned: BinnedFeatures): void {
  const { buffer, map, leftCopies } = layout;
  const { ensemble, from, to } = trees;
  const room = new Uint8Array(buffer, map.nodes, map.scratch - map.nodes);
  const known = writtenTrees.get(ensemble);
  const written = { from, to, leftCopies, thresholds: binned.thresholds };
  if (known && isSame(known, written)) {
    room.set(known.bytes);
  } else {
    writeTrees(layout, trees, binned);
    if (room.length <= MAX_KEPT_BYTES) writtenTrees.set(ensemble, { ...written, bytes: room.slice() });
  }
}

/** Which trees were written, and by which bins. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly leftCopies: Int32Array;
  readonly thresholds: readonly Float64Array[];
}

/** What was written of an ensemble last, from `nodes` to `scratch`: the same trees are often followed again. */
const writtenTrees = new WeakMap<TreeEnsemble, Written & { readonly bytes: Uint8Array }>();

/** More is written anew each time. */
const MAX_KEPT_BYTES = 8 * 1024 * 1024;

function isSame(a: Written, b: Written): boolean {
  return (
    a.from === b.from &&
    a.to === b.to &&
    a.thresholds === b.thresholds &&
    a.leftCopies.every((copy, feature) => copy === b.leftCopies[feature])
  );
}

function numberCopies({ columns, binCounts }: BinnedFeatures): { leftCopies: Int32Array; nColumns: number } {
  let nColumns = columns.length;
  const leftCopies = Int32Array.from(columns, (column, f) =>
    column.includes(binCounts[f]) ? nColumns++ : -1,
  );
  return { leftCopies, nColumns };
}

function writeTrees(
  { buffer, map, sets, fullSet, leftCopies }: Layout,
  { ensemble, from, to }: TreeRange,
  binned: BinnedFeatures,
): void {
  const { treeStarts, leftChild, value } = ensemble;
  const words = new Uint32Array(buffer);
  const firstNode = treeStarts[from];
  const columnBytes = CHUNK_SAMPLES * map.binWidth;
  const addressOf = (node: number): number => map.nodes + (node - firstNode) * PREDICTION_NODE_BYTES;
  new Float64Array(buffer, map.values).set(value.subarray(firstNode, treeStarts[to]));
  const depth = new Uint8Array(treeStarts[to] - firstNode);
  let nextSet = sets;
  words.fill(ANY_BIN, fullSet >> 2, (fullSet + FULL_SET_BYTES) >> 2);
  for (let tree = from; tree < to; tree++) {
    let deepest = 0;
    for (let node = treeStarts[tree]; node < treeStarts[tree + 1]; node++) {
      const at = addressOf(node) >> 2;
      const left = leftChild[node];
      deepest = Math.max(deepest, depth[node - firstNode]);
      words[at + predictionNode.column] = 0;
      words[at + predictionNode.lastLeftBin] = ANY_BIN;
      words[at + predictionNode.leftChild] = addressOf(left === 0 ? node : left);
      words[at + predictionNode.leftSet] = fullSet;
      if (left === 0) continue;
      depth[left - firstNode] = depth[left + 1 - firstNode] = depth[node - firstNode] + 1;
      const feature = ensemble.feature[node];
      if (ensemble.categorySet[node] < 0) {
        const copy = ensemble.missingLeft[node] === 1 ? leftCopies[feature] : -1;
        words[at + predictionNode.column] = (copy < 0 ? feature : copy) * columnBytes;
        words[at + predictionNode.lastLeftBin] = findBin(
          binned.thresholds[feature],
          ensemble.threshold[node],
        );
      } else {
        words[at + predictionNode.column] = feature * columnBytes;
        words[at + predictionNode.leftSet] = nextSet;
        writeSet(words, nextSet >> 2, ensemble, node, binned.binCounts[feature]);
        nextSet += SET_BYTES;
      }
    }
    words[(map.roots >> 2) + tree - from] = addressOf(treeStarts[tree]);
    words[(map.depths >> 2) + tree - from] = deepest;
  }
  words[(map.roots >> 2) + to - from] = addressOf(treeStarts[to]);
}

/** The bins that go left, that of missing and unseen categories included. */
function writeSet(
  words: Uint32Array,
  at: number,
  ensemble: TreeEnsemble,
  node: number,
  missingBin: number,
): void {
  const first = ensemble.categorySet[node] * CATEGORY_SET_WORDS;
  words.set(ensemble.categorySets.subarray(first, first + CATEGORY_SET_WORDS), at);
  const word = at + (missingBin >> 5);
  const bit = 1 << (missingBin & 31);
  words[word] = ensemble.missingLeft[node] === 1 ? words[word] | bit : words[word] & ~bit;
}

/** How many thresholds lie below `threshold`: the last bin that goes left. */
function findBin(thresholds: Float64Array, threshold: number): number {
  let low = 0;
  let high = thresholds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (thresholds[middle] < threshold) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Copies the bins of the samples from `start` on into the chunk; returns how many they are. */
function writeChunk(
  { buffer, map, leftCopies, nColumns }: Layout,
  { columns, binCounts, nSamples }: BinnedFeatures,
  start: number,
): number {
  const end = Math.min(start + CHUNK_SAMPLES, nSamples);
  const View = map.binWidth === 1 ? Uint8Array : Uint16Array;
  const chunk = new View(buffer, map.chunk, nColumns * CHUNK_SAMPLES);
  columns.forEach((column, feature) => {
    const bins = column.subarray(start, end);
    chunk.set(bins, feature * CHUNK_SAMPLES);
    const copy = leftCopies[feature] * CHUNK_SAMPLES;
    if (copy < 0) return;
    chunk.set(bins, copy);
    const missing = binCounts[feature];
    for (let i = copy; i < copy + bins.length; i++) if (chunk[i] === missing) chunk[i] = 0;
  });
  return end - start;
}
