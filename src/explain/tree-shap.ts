import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { MAX_DEPTH } from '#engine/settings.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { createCoverPath, findLeftShare, visitChildren } from './cover-path.ts';
import { createLeafContributions } from './leaf-contributions.ts';
import { decideTurns } from './node-turns.ts';
import { createSubtreeTabulator } from './subtree-table.ts';

/** Samples explained together: what is written while a tree is walked stays in the processor's cache. */
const BLOCK_SIZE = 16_384;

/** A table pays where it has this many times fewer entries (times leaves) than there are samples to look up. */
const TABLE_PAYS_FROM = 4;

/**
 * What path-dependent SHAP values of the trees start from: the mean of the trees' values over the
 * training samples, each leaf by its share of the cover. The ensemble's start comes on top. O(nodes).
 */
export function computeTreeBase(ensemble: TreeEnsemble): number {
  const meanOf = (node: number): number => {
    const left = ensemble.leftChild[node];
    if (left === 0) return ensemble.value[node];
    const share = findLeftShare(ensemble, left);
    return share * meanOf(left) + (1 - share) * meanOf(left + 1);
  };
  let base = 0;
  for (let tree = 0; tree < countTrees(ensemble); tree++) base += meanOf(ensemble.treeStarts[tree]);
  return base;
}

/**
 * Exact path-dependent TreeSHAP (Lundberg et al. 2020, algorithm 2: where a feature is not known, a
 * sample goes both ways, by cover). Adds to `outShap[feature][sample]`, so that for each sample
 * computeTreeBase + Σ outShap = the sum of its leaves' values.
 *
 * A leaf's contributions (`leaf-contributions.ts`) depend on a sample only through which of the path's features pass
 * their tests. Where there are more samples than such patterns, the contributions of all leaves below a node
 * are tabulated once a block and looked up (the idea of Yang 2021's Fast TreeSHAP v2, for subtrees in
 * place of leaves), else computed sample by sample.
 *
 * Yields the share done after each tree of each block (some 10 ms); stop by not asking for the next.
 * O(samples × leaves × path²) at worst, some (samples × leaves × path / 4) with tables.
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
      explainTree(ensemble.treeStarts[tree], start, nRows);
      yield (start + ((tree + 1) / nTrees) * nRows) / features.nSamples;
    }
  }
}

/** Explains one tree (by its root) for the samples start … start + nRows − 1. */
type TreeWalk = (root: number, start: number, nRows: number) => void;

function createTreeWalk(
  ensemble: TreeEnsemble,
  features: FeatureMatrix,
  outShap: readonly Float64Array[],
): TreeWalk {
  const blockSize = Math.min(BLOCK_SIZE, features.nSamples);
  const path = createCoverPath();
  const leafContributions = createLeafContributions();
  const tabulate = createSubtreeTabulator(ensemble, path, leafContributions);
  const innerCounts = countInnerNodes(ensemble);
  // By depth, one entry a sample: whether it turns left; whether it passes all tests so far of the
  // feature last tested; and, one bit for each position of the path, which features it passes.
  const turnsLeft: Uint8Array[] = [];
  const passes: Uint8Array[] = [];
  const patterns: Uint16Array[] = [new Uint16Array(blockSize)];
  // By position, the depth that holds the passes of the path's feature.
  const passDepth = new Int32Array(MAX_DEPTH);
  const keys = new Uint16Array(blockSize);
  const turns = new Uint8Array(blockSize);
  const isPassing = new Uint8Array(MAX_DEPTH);
  const contributions = new Float64Array(MAX_DEPTH);
  let start = 0;
  let nRows = 0;

  function descend(node: number, depth: number): void {
    const nInner = innerCounts[node];
    if (2 ** (path.length + nInner) * (nInner + 1) * TABLE_PAYS_FROM <= nRows) {
      lookUp(node, depth);
    } else if (nInner === 0) {
      addLeaf(ensemble.value[node]);
    } else {
      turnsLeft[depth] ??= new Uint8Array(blockSize);
      passes[depth + 1] ??= new Uint8Array(blockSize);
      patterns[depth + 1] ??= new Uint16Array(blockSize);
      decideTurns(ensemble, features, node, start, nRows, turnsLeft[depth]);
      visitChildren(ensemble, path, node, (child, position, isNew, side) => {
        const depthBefore = passDepth[position];
        takeTurn(depth, side, position, isNew ? -1 : depthBefore);
        passDepth[position] = depth + 1;
        descend(child, depth + 1);
        passDepth[position] = depthBefore;
      });
    }
  }

  /** Fills the next depth's passes and patterns for the child on `side` (0 = left). */
  function takeTurn(depth: number, side: number, position: number, depthBefore: number): void {
    const left = turnsLeft[depth];
    const pattern = patterns[depth];
    const outPasses = passes[depth + 1];
    const outPattern = patterns[depth + 1];
    // No table is made of paths beyond 14 features, so what falls together in the last bit is not read.
    const shift = Math.min(position, 15);
    if (depthBefore < 0) {
      for (let i = 0; i < nRows; i++) {
        const pass = left[i] ^ side;
        outPasses[i] = pass;
        outPattern[i] = pattern[i] | (pass << shift);
      }
      return;
    }
    const before = passes[depthBefore];
    const others = ~(1 << shift);
    for (let i = 0; i < nRows; i++) {
      const pass = (left[i] ^ side) & before[i];
      outPasses[i] = pass;
      outPattern[i] = (pattern[i] & others) | (pass << shift);
    }
  }

  function lookUp(node: number, depth: number): void {
    const table = tabulate(node);
    keys.set(patterns[depth].subarray(0, nRows));
    table.nodes.forEach((inner, k) => {
      const shift = path.length + k;
      decideTurns(ensemble, features, inner, start, nRows, turns);
      for (let i = 0; i < nRows; i++) keys[i] = keys[i] | (turns[i] << shift);
    });
    table.features.forEach((feature, p) => {
      const out = outShap[feature].subarray(start, start + nRows);
      const column = table.values.subarray(p * table.size, (p + 1) * table.size);
      addLookedUp(column, keys, out);
    });
  }

  function addLeaf(value: number): void {
    if (value === 0 || path.length === 0) return;
    leafContributions.prepare(value, path.length, path.share);
    for (let i = 0; i < nRows; i++) {
      for (let p = 0; p < path.length; p++) {
        isPassing[p] = passes[passDepth[p]][i];
      }
      leafContributions.evaluate(isPassing, contributions);
      for (let p = 0; p < path.length; p++) {
        const out = outShap[path.feature[p]];
        out[start + i] = out[start + i] + contributions[p];
      }
    }
  }

  return (root, firstRow, rowCount) => {
    start = firstRow;
    nRows = rowCount;
    descend(root, 0);
  };
}

/** out[i] += column[keys[i]]: the inner loop of all. */
function addLookedUp(column: Float64Array, keys: Uint16Array, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    out[i] = out[i] + column[keys[i]];
  }
}

/** Inner nodes of the subtree below (and with) each node. */
function countInnerNodes(ensemble: TreeEnsemble): Int32Array {
  const counts = new Int32Array(ensemble.feature.length);
  // A child's number is above its parent's.
  for (let node = counts.length - 1; node >= 0; node--) {
    const left = ensemble.leftChild[node];
    if (left > 0) counts[node] = 1 + counts[left] + counts[left + 1];
  }
  return counts;
}
