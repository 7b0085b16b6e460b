import type { BinnedFeatures } from '../binning.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from '../tree-ensemble.ts';
import type { Kernel } from './kernel.ts';

/** Samples whose bins lie in the kernel's memory at a time; a multiple of 64. */
const CHUNK_SAMPLES = 1024;

const NODE_BYTES = 16;
const SET_BYTES = CATEGORY_SET_WORDS * 4;

/** A bit for each bin of two bytes. */
const FULL_SET_BYTES = 8192;

/** Above every bin. */
const ANY_BIN = 0xffffffff;

/** Room for the masks of a small tree, 64 bytes a node. */
const SCRATCH_BYTES = 128 * 64;

/** Where trees `from` … `to` − 1 and a chunk of bins lie (see `assembly/prediction.ts`). */
interface BinnedTrees {
  readonly buffer: ArrayBuffer;
  readonly nTrees: number;
  readonly binWidth: number;
  readonly chunk: number;
  readonly roots: number;
  readonly depths: number;
  readonly nodes: number;
  readonly values: number;
  readonly sets: number;
  readonly fullSet: number;
  readonly scratch: number;
  readonly out: number;
  /** Number of the copy of a feature's column in which missing values are bin 0; −1 where none is missing. */
  readonly leftCopies: Int32Array;
  readonly nColumns: number;
}

/**
 * out[i] += values of the leaves reached in trees `from` … `to` − 1. The thresholds of `binned` must
 * contain those of the trees.
 */
export function addTreesToBinned(
  kernel: Kernel,
  ensemble: TreeEnsemble,
  binned: BinnedFeatures,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const trees = layOutTrees(kernel, ensemble, binned, from, to, 8);
  const { chunk, binWidth, roots, depths, nTrees, nodes, values, scratch } = trees;
  const sums = new Float64Array(trees.buffer, trees.out, CHUNK_SAMPLES);
  for (let start = 0; start < binned.nSamples; start += CHUNK_SAMPLES) {
    const n = writeChunk(trees, binned, start);
    sums.set(out.subarray(start, start + n));
    kernel.addTrees(
      chunk,
      roundUp(n, 64),
      binWidth,
      roots,
      depths,
      nTrees,
      nodes,
      values,
      scratch,
      trees.out,
    );
    out.set(sums.subarray(0, n), start);
  }
}

/** Fills `outLeaves` with the node that sample i reaches in tree `from` + t, at i · (to − from) + t. */
export function findLeavesOfBinned(
  kernel: Kernel,
  ensemble: TreeEnsemble,
  binned: BinnedFeatures,
  from: number,
  to: number,
  outLeaves: Int32Array,
): void {
  const nTrees = to - from;
  const trees = layOutTrees(kernel, ensemble, binned, from, to, 4 * nTrees);
  const { chunk, binWidth, roots, depths, nodes } = trees;
  const leaves = new Int32Array(trees.buffer, trees.out, CHUNK_SAMPLES * nTrees);
  const firstNode = ensemble.treeStarts[from];
  for (let start = 0; start < binned.nSamples; start += CHUNK_SAMPLES) {
    const n = writeChunk(trees, binned, start);
    kernel.findLeaves(chunk, roundUp(n, 64), binWidth, roots, depths, nTrees, nodes, trees.out);
    const first = start * nTrees;
    for (let k = 0; k < n * nTrees; k++) outLeaves[first + k] = firstNode + leaves[k];
  }
}

function layOutTrees(
  kernel: Kernel,
  ensemble: TreeEnsemble,
  binned: BinnedFeatures,
  from: number,
  to: number,
  outBytesPerSample: number,
): BinnedTrees {
  const { leftCopies, nColumns } = numberCopies(binned);
  const binWidth = binned.columns[0].BYTES_PER_ELEMENT;
  const firstNode = ensemble.treeStarts[from];
  const nNodes = ensemble.treeStarts[to] - firstNode;
  let nSets = 0;
  for (let node = firstNode; node < firstNode + nNodes; node++)
    nSets += Number(ensemble.categorySet[node] >= 0);
  let nBytes = 64;
  const place = (size: number): number => {
    const address = nBytes;
    nBytes = roundUp(nBytes + size, 64);
    return address;
  };
  const places = {
    nodes: place(nNodes * NODE_BYTES),
    values: place(nNodes * 8),
    sets: place(nSets * SET_BYTES),
    fullSet: place(FULL_SET_BYTES),
    roots: place((to - from + 1) * 4),
    depths: place((to - from) * 4),
    scratch: place(SCRATCH_BYTES),
    chunk: place(nColumns * CHUNK_SAMPLES * binWidth),
    out: place(CHUNK_SAMPLES * outBytesPerSample),
  };
  const buffer = kernel.reserve(nBytes);
  const trees = { buffer, nTrees: to - from, binWidth, leftCopies, nColumns, ...places };
  const room = new Uint8Array(buffer, places.nodes, places.scratch - places.nodes);
  const known = writtenTrees.get(ensemble);
  const written = { from, to, leftCopies, thresholds: binned.thresholds };
  if (known && isSame(known, written)) {
    room.set(known.bytes);
  } else {
    writeTrees(trees, ensemble, binned, from, to);
    if (room.length <= MAX_KEPT_BYTES) writtenTrees.set(ensemble, { ...written, bytes: room.slice() });
  }
  return trees;
}

/** Which trees were written, and by which bins. */
interface Written {
  readonly from: number;
  readonly to: number;
  readonly leftCopies: Int32Array;
  readonly thresholds: readonly Float64Array[];
}

/** What was written of an ensemble last, from `BinnedTrees.nodes` to `scratch`: the same trees are often followed again. */
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
  trees: BinnedTrees,
  ensemble: TreeEnsemble,
  binned: BinnedFeatures,
  from: number,
  to: number,
): void {
  const { treeStarts, leftChild, value } = ensemble;
  const words = new Uint32Array(trees.buffer);
  const firstNode = treeStarts[from];
  const addressOf = (node: number): number => trees.nodes + (node - firstNode) * NODE_BYTES;
  new Float64Array(trees.buffer, trees.values).set(value.subarray(firstNode, treeStarts[to]));
  const depth = new Uint8Array(treeStarts[to] - firstNode);
  let nextSet = trees.sets;
  words.fill(ANY_BIN, trees.fullSet >> 2, (trees.fullSet + FULL_SET_BYTES) >> 2);
  for (let tree = from; tree < to; tree++) {
    let deepest = 0;
    for (let node = treeStarts[tree]; node < treeStarts[tree + 1]; node++) {
      const at = addressOf(node) >> 2;
      const left = leftChild[node];
      deepest = Math.max(deepest, depth[node - firstNode]);
      words[at] = 0;
      words[at + 1] = ANY_BIN;
      words[at + 2] = addressOf(left === 0 ? node : left);
      words[at + 3] = trees.fullSet;
      if (left === 0) continue;
      depth[left - firstNode] = depth[left + 1 - firstNode] = depth[node - firstNode] + 1;
      const feature = ensemble.feature[node];
      if (ensemble.categorySet[node] < 0) {
        const copy = ensemble.missingLeft[node] === 1 ? trees.leftCopies[feature] : -1;
        words[at] = (copy < 0 ? feature : copy) * CHUNK_SAMPLES * trees.binWidth;
        words[at + 1] = findBin(binned.thresholds[feature], ensemble.threshold[node]);
      } else {
        words[at] = feature * CHUNK_SAMPLES * trees.binWidth;
        words[at + 3] = nextSet;
        writeSet(words, nextSet >> 2, ensemble, node, binned.binCounts[feature]);
        nextSet += SET_BYTES;
      }
    }
    words[(trees.roots >> 2) + tree - from] = addressOf(treeStarts[tree]);
    words[(trees.depths >> 2) + tree - from] = deepest;
  }
  words[(trees.roots >> 2) + to - from] = addressOf(treeStarts[to]);
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
  trees: BinnedTrees,
  { columns, binCounts, nSamples }: BinnedFeatures,
  start: number,
): number {
  const end = Math.min(start + CHUNK_SAMPLES, nSamples);
  const View = trees.binWidth === 1 ? Uint8Array : Uint16Array;
  const chunk = new View(trees.buffer, trees.chunk, trees.nColumns * CHUNK_SAMPLES);
  columns.forEach((column, feature) => {
    const bins = column.subarray(start, end);
    chunk.set(bins, feature * CHUNK_SAMPLES);
    const copy = trees.leftCopies[feature] * CHUNK_SAMPLES;
    if (copy < 0) return;
    chunk.set(bins, copy);
    const missing = binCounts[feature];
    for (let i = copy; i < copy + bins.length; i++) if (chunk[i] === missing) chunk[i] = 0;
  });
  return end - start;
}

function roundUp(value: number, multiple: number): number {
  return Math.ceil(value / multiple) * multiple;
}
