import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { findLeafIndices } from '#engine/predictor.ts';
import { CATEGORY_SET_WORDS, countTrees, type TreeEnsemble } from '#engine/tree-ensemble.ts';

/**
 * Finds the leaf that a sample reaches below a node, by the same decisions as the engine's predictor. Laying an ensemble
 * out in the kernel takes as long as some hundred samples' ways down it: this is for whoever has fewer, or asks for some
 * of the trees alone.
 */
export function createTreeWalk(
  trees: TreeEnsemble,
  { columns }: FeatureMatrix,
): (node: number, sample: number) => number {
  const { leftChild, feature, threshold, missingLeft, categorySet, categorySets, cardinalities } = trees;

  /** 1 where missing and unseen values, and known categories of the set, go left. */
  function turnsLeft(node: number, value: number): number {
    const isKnown =
      value >= 0 &&
      value < cardinalities[feature[node]] &&
      Math.floor(value) === value &&
      categorySet[node] >= 0;
    if (!isKnown) return missingLeft[node];
    return (categorySets[categorySet[node] * CATEGORY_SET_WORDS + (value >> 5)] >>> (value & 31)) & 1;
  }

  return (start, sample) => {
    let node = start;
    let left = leftChild[node];
    while (left !== 0) {
      const value = columns[feature[node]][sample];
      // Number(comparison) compiles without a branch that half of the samples would mispredict.
      const isNumber = categorySet[node] < 0 && !Number.isNaN(value);
      node = left + 1 - (isNumber ? Number(value <= threshold[node]) : turnsLeft(node, value));
      left = leftChild[node];
    }
    return node;
  };
}

/**
 * `findLeafIndices` of the engine, the quicker way: a forest of a hundred thousand nodes is not laid out in the kernel for
 * some hundred samples. The leaf of sample i in tree t is at i · nTrees + t.
 */
export function findLeaves(trees: TreeEnsemble, matrix: FeatureMatrix): Int32Array {
  const nTrees = countTrees(trees);
  const nWays = matrix.nSamples * nTrees;
  if (nWays > trees.leftChild.length) return findLeafIndices(trees, matrix);
  const walk = createTreeWalk(trees, matrix);
  const leaves = new Int32Array(nWays);
  for (let tree = 0; tree < nTrees; tree++) {
    const root = trees.treeStarts[tree];
    for (let i = 0; i < matrix.nSamples; i++) leaves[i * nTrees + tree] = walk(root, i);
  }
  return leaves;
}
