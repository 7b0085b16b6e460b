import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { MAX_DEPTH } from '#engine/settings.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { createLeafShares } from './leaf-shares.ts';
import { decideTurns } from './node-turns.ts';

/** Samples explained together: what is written while a tree is walked stays in the processor's cache. */
const BLOCK_SIZE = 8192;

/** Paths of more distinct features than this are computed sample by sample, not looked up. */
const MAX_TABLE_BITS = 13;

/**
 * What path-dependent SHAP values of the trees start from: the mean of the trees' values over the
 * training samples, each leaf by its share of the cover. The ensemble's start comes on top. O(nodes).
 */
export function computeTreeBase(ensemble: TreeEnsemble): number {
  const meanOf = (node: number): number => {
    const left = ensemble.leftChild[node] as number;
    if (left === 0) return ensemble.value[node] as number;
    const share = findLeftShare(ensemble, left);
    return share * meanOf(left) + (1 - share) * meanOf(left + 1);
  };
  let base = 0;
  for (let tree = 0; tree < countTrees(ensemble); tree++) base += meanOf(ensemble.treeStarts[tree] as number);
  return base;
}

/**
 * Exact path-dependent TreeSHAP (Lundberg et al. 2020, algorithm 2: where a feature is not known, a
 * sample goes both ways, by cover). Adds to `outShap[feature][sample]`, so that for each sample
 * computeTreeBase + Σ outShap = the sum of its leaves' values.
 *
 * A leaf's shares (`leaf-shares.ts`) depend on a sample only through which of the path's features pass
 * their tests. Where there are more samples than such patterns, they are tabulated once a block and
 * looked up (Yang 2021, Fast TreeSHAP v2), else computed sample by sample.
 *
 * Yields the share done after each tree of each block (some 10 ms); stop by not asking for the next.
 * O(samples × leaves × path), and leaves × path² × 2^path a block for the tables. A few hundred kB.
 */
export function* explainTrees(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  outShap: readonly Float64Array[],
): Generator<number, void, undefined> {
  const nTrees = countTrees(ensemble);
  const explainTree = createTreeWalk(ensemble, features, outShap);
  for (let start = 0; start < features.nSamples; start += BLOCK_SIZE) {
    const nRows = Math.min(features.nSamples - start, BLOCK_SIZE);
    for (let tree = 0; tree < nTrees; tree++) {
      explainTree(ensemble.treeStarts[tree] as number, start, nRows);
      yield (start + ((tree + 1) / nTrees) * nRows) / features.nSamples;
    }
  }
}

/** Share of the parent's cover that went left. A split that no weight passed parts evenly. */
function findLeftShare(ensemble: TreeEnsemble, left: number): number {
  const coverLeft = ensemble.cover[left] as number;
  const total = coverLeft + (ensemble.cover[left + 1] as number);
  return total > 0 ? coverLeft / total : 0.5;
}

/** Explains one tree (by its root) for the samples start … start + nRows − 1. */
type TreeWalk = (root: number, start: number, nRows: number) => void;

function createTreeWalk(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  outShap: readonly Float64Array[],
): TreeWalk {
  const blockSize = Math.min(BLOCK_SIZE, features.nSamples);
  // By depth, one entry a sample: whether it turns left; whether it passes all tests so far of the
  // feature last tested; and, one bit for each distinct feature of the path, which of them it passes.
  const turnsLeft: Uint8Array[] = [];
  const passes: Uint8Array[] = [];
  const patterns: Uint16Array[] = [new Uint16Array(blockSize)];
  // By position, the path's distinct features, their shares of the cover, and the depth of their passes.
  const pathFeature = new Int32Array(MAX_DEPTH);
  const pathShare = new Float64Array(MAX_DEPTH);
  const pathDepth = new Int32Array(MAX_DEPTH);
  const leafShares = createLeafShares();
  const isPassing = new Uint8Array(MAX_DEPTH);
  const shares = new Float64Array(MAX_DEPTH);
  let table = new Float64Array(0);
  let start = 0;
  let nRows = 0;

  function descend(node: number, depth: number, length: number): void {
    const left = ensemble.leftChild[node] as number;
    if (left === 0) {
      addLeaf(ensemble.value[node] as number, depth, length);
      return;
    }
    const turns = (turnsLeft[depth] ??= new Uint8Array(blockSize));
    passes[depth + 1] ??= new Uint8Array(blockSize);
    patterns[depth + 1] ??= new Uint16Array(blockSize);
    decideTurns(ensemble, features, node, start, nRows, turns);
    const feature = ensemble.feature[node] as number;
    let position = 0;
    while (position < length && pathFeature[position] !== feature) position++;
    const isNew = position === length;
    const shareBefore = isNew ? 1 : (pathShare[position] as number);
    const depthBefore = isNew ? -1 : (pathDepth[position] as number);
    const leftShare = findLeftShare(ensemble, left);
    for (let side = 0; side < 2; side++) {
      pathFeature[position] = feature;
      pathShare[position] = shareBefore * (side === 0 ? leftShare : 1 - leftShare);
      pathDepth[position] = depth + 1;
      takeTurn(depth, side, position, depthBefore);
      descend(left + side, depth + 1, isNew ? length + 1 : length);
    }
    pathShare[position] = shareBefore;
    pathDepth[position] = depthBefore;
  }

  /** Fills the next depth's passes and patterns for the child on `side` (0 = left). */
  function takeTurn(depth: number, side: number, position: number, depthBefore: number): void {
    const turns = turnsLeft[depth] as Uint8Array;
    const pattern = patterns[depth] as Uint16Array;
    const outPasses = passes[depth + 1] as Uint8Array;
    const outPattern = patterns[depth + 1] as Uint16Array;
    // Paths too long for a table do not read their pattern: the bits beyond may fall together.
    const shift = Math.min(position, MAX_TABLE_BITS);
    if (depthBefore < 0) {
      for (let i = 0; i < nRows; i++) {
        const pass = (turns[i] as number) ^ side;
        outPasses[i] = pass;
        outPattern[i] = (pattern[i] as number) | (pass << shift);
      }
      return;
    }
    const before = passes[depthBefore] as Uint8Array;
    const others = ~(1 << shift);
    for (let i = 0; i < nRows; i++) {
      const pass = ((turns[i] as number) ^ side) & (before[i] as number);
      outPasses[i] = pass;
      outPattern[i] = ((pattern[i] as number) & others) | (pass << shift);
    }
  }

  function addLeaf(value: number, depth: number, length: number): void {
    if (length === 0 || value === 0) return;
    leafShares.prepare(value, length, pathShare);
    if (length <= MAX_TABLE_BITS && 1 << length <= nRows)
      addFromTable(patterns[depth] as Uint16Array, length);
    else addOneByOne(length);
  }

  function addFromTable(pattern: Uint16Array, length: number): void {
    const size = 1 << length;
    if (table.length < size * length) table = new Float64Array(size * length);
    for (let entry = 0; entry < size; entry++) {
      for (let p = 0; p < length; p++) isPassing[p] = (entry >> p) & 1;
      leafShares.evaluate(isPassing, table, entry, size);
    }
    for (let p = 0; p < length; p++) {
      const out = outShap[pathFeature[p] as number] as Float64Array;
      const offset = p * size;
      for (let i = 0; i < nRows; i++) {
        out[start + i] = (out[start + i] as number) + (table[offset + (pattern[i] as number)] as number);
      }
    }
  }

  function addOneByOne(length: number): void {
    for (let i = 0; i < nRows; i++) {
      for (let p = 0; p < length; p++) {
        isPassing[p] = (passes[pathDepth[p] as number] as Uint8Array)[i] as number;
      }
      leafShares.evaluate(isPassing, shares, 0, 1);
      for (let p = 0; p < length; p++) {
        const out = outShap[pathFeature[p] as number] as Float64Array;
        out[start + i] = (out[start + i] as number) + (shares[p] as number);
      }
    }
  }

  return (root, firstRow, rowCount) => {
    start = firstRow;
    nRows = rowCount;
    descend(root, 0, 0);
  };
}
