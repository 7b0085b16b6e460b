import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { CATEGORY_SET_WORDS, type TreeEnsemble } from '#engine/tree-ensemble.ts';

/**
 * Finds the leaf that a sample reaches below a node, by the same decisions as the engine's predictor; or the first node that
 * splits on `openFeature`, where the way is not decided yet. Laying an ensemble out in the kernel takes as long as some
 * hundred samples' ways down it: this is for whoever predicts so few, and once.
 */
export function createTreeWalk(
  trees: TreeEnsemble,
  { columns }: Pick<FeatureMatrix, 'columns'>,
  openFeature?: number,
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
    while (left !== 0 && feature[node] !== openFeature) {
      const value = columns[feature[node]][sample];
      // Number(comparison) compiles without a branch that half of the samples would mispredict.
      const isNumber = categorySet[node] < 0 && !Number.isNaN(value);
      node = left + 1 - (isNumber ? Number(value <= threshold[node]) : turnsLeft(node, value));
      left = leftChild[node];
    }
    return node;
  };
}
