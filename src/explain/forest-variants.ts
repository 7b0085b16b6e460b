import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';
import { findLeafVotes, type ForestState, LEVEL_BITS, predictForest } from '#models/forest.ts';
import { selectSamples } from '#models/select-samples.ts';
import { createTreeWalk } from '#models/tree-walk.ts';

/** Variants of known samples, ascending by the sample. */
export interface Variants {
  /** Features whose values may be others than the original's. */
  readonly features: readonly number[];
  readonly matrix: FeatureMatrix;
  /** The sample of the base that each is a variant of. */
  readonly originals: ArrayLike<number>;
}

/** Sums of votes this near to half of them are added up again in the order of the trees, as `predictForest` does. */
const TIE_BAND = 1e-9;

const LEVEL_MASK = (1 << LEVEL_BITS) - 1;

/**
 * Predicts samples that differ from known ones in a few features: bit for bit what `predictForest` says of them, several
 * times quicker. Only trees that look at such a feature on the original's way down can send a variant elsewhere, and
 * only the votes of those that do are moved. O(samples × trees) of memory.
 */
export function createVariantPredictor(
  state: ForestState,
  base: FeatureMatrix,
): (variants: Variants) => Float64Array {
  const { levels, trees } = state;
  const nTrees = countTrees(trees);
  const wanted = 0.5 * nTrees * (1 - 1e-12);
  const { starts, entries } = findLeafVotes(state);
  const paths = followPaths(trees, base);
  const votes = new Float64Array(levels.length);
  const moves = new Int32Array(2 * nTrees);

  /** Adds a leaf's votes, `sign` 1 or −1; returns the sum of those up to a level. */
  function addVotes(leaf: number, sign: number, upTo: number): number {
    const start = starts[leaf];
    const end = starts[leaf + 1];
    const vote = sign / entries[start];
    let sum = 0;
    for (let at = start + 1; at < end; at++) {
      const entry = entries[at];
      const level = entry & LEVEL_MASK;
      const added = (entry >>> LEVEL_BITS) * vote;
      votes[level] = votes[level] + added;
      if (level <= upTo) sum += added;
    }
    return sum;
  }

  /** The leaf of each variant in each tree: tree by tree, as a tree fits the processor's cache and the forest does not. */
  function findLeaves({ features, matrix, originals }: Variants): Int32Array {
    const { nSamples } = matrix;
    const mask = features.reduce((bits, feature) => bits | bitOf(feature), 0);
    const leaves = new Int32Array(nSamples * nTrees);
    const walk = createTreeWalk(trees, matrix);
    for (let tree = 0; tree < nTrees; tree++) {
      const root = trees.treeStarts[tree];
      for (let sample = 0; sample < nSamples; sample++) {
        const at = originals[sample] * nTrees + tree;
        leaves[sample * nTrees + tree] =
          (paths.masks[at] & mask) === 0 ? paths.leaves[at] : walk(root, sample);
      }
    }
    return leaves;
  }

  /** Writes the leaves that a variant leaves and reaches to `moves`; returns how many numbers. */
  function listMoves(leaves: Int32Array, sample: number, original: number): number {
    let length = 0;
    for (let tree = 0; tree < nTrees; tree++) {
      const from = paths.leaves[original * nTrees + tree];
      const to = leaves[sample * nTrees + tree];
      if (from === to) continue;
      moves[length++] = from;
      moves[length++] = to;
    }
    return length;
  }

  return (variants) => {
    const { matrix, originals } = variants;
    const leaves = findLeaves(variants);
    const out = new Float64Array(matrix.nSamples);
    const ties: number[] = [];
    let current = -1;
    let middle = 0;
    let sumToMiddle = 0;
    for (let sample = 0; sample < out.length; sample++) {
      const original = originals[sample];
      if (original !== current) {
        current = original;
        votes.fill(0);
        for (let tree = 0; tree < nTrees; tree++) addVotes(paths.leaves[original * nTrees + tree], 1, -1);
        middle = 0;
        sumToMiddle = votes[0];
        while (sumToMiddle < wanted && middle + 1 < levels.length) sumToMiddle += votes[++middle];
      }
      const nMoves = listMoves(leaves, sample, original);
      let sum = sumToMiddle;
      for (let i = 0; i < nMoves; i += 2) {
        sum += addVotes(moves[i], -1, middle) + addVotes(moves[i + 1], 1, middle);
      }
      let level = middle;
      while (level > 0 && sum - votes[level] >= wanted) sum -= votes[level--];
      while (sum < wanted && level + 1 < levels.length) sum += votes[++level];
      out[sample] = levels[level];
      const isClear = sum - wanted > TIE_BAND && wanted - (sum - votes[level]) > TIE_BAND;
      if (!isClear) ties.push(sample);
      for (let i = 0; i < nMoves; i += 2) {
        addVotes(moves[i + 1], -1, -1);
        addVotes(moves[i], 1, -1);
      }
    }
    if (ties.length > 0) {
      const exact = predictForest(state, selectSamples(matrix, ties));
      ties.forEach((sample, i) => (out[sample] = exact[i]));
    }
    return out;
  };
}

/** Of sample i and tree t, at i · nTrees + t. */
interface Paths {
  readonly leaves: Int32Array;
  /** The bits of the features that are looked at on the way: more than 32 share them. */
  readonly masks: Int32Array;
}

function bitOf(feature: number): number {
  return 1 << (feature & 31);
}

function followPaths(trees: TreeEnsemble, matrix: FeatureMatrix): Paths {
  const nTrees = countTrees(trees);
  const { treeStarts, leftChild, feature } = trees;
  const walk = createTreeWalk(trees, matrix);
  const masks = new Int32Array(matrix.nSamples * nTrees);
  const leaves = new Int32Array(masks.length);
  // What is looked at above a node. Children come after their parents.
  const maskOf = new Int32Array(leftChild.length);
  for (let node = 0; node < leftChild.length; node++) {
    const left = leftChild[node];
    if (left === 0) continue;
    maskOf[left] = maskOf[node] | bitOf(feature[node]);
    maskOf[left + 1] = maskOf[left];
  }
  for (let at = 0; at < leaves.length; at++) {
    const leaf = walk(treeStarts[at % nTrees], Math.floor(at / nTrees));
    leaves[at] = leaf;
    masks[at] = maskOf[leaf];
  }
  return { leaves, masks };
}
