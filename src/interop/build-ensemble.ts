import { CATEGORY_SET_WORDS, type TreeEnsemble } from '#engine/tree-ensemble.ts';

import { countCategories, type EncodedFeature } from '#models/encoder.ts';
import { toDoubleThreshold } from './formats/float32-split.ts';
import { isCategoryNode, type TreeNodes } from './xgboost/foreign-tree.ts';

/**
 * The trees as the engine follows them, to the same leaf for every double: a threshold becomes the largest double that
 * rounds to less than it; categories that are listed go right, all others left, those never met among them (the last code
 * of a feature).
 */
export function buildEnsemble(
  trees: readonly TreeNodes[],
  features: readonly EncodedFeature[],
  baseline: number,
  isCategory: readonly boolean[],
): TreeEnsemble {
  const cardinalities = features.map((feature, f) => (isCategory[f] ? countCategories(feature) : 0));
  const nNodes = trees.reduce((sum, { leftChild }) => sum + leftChild.length, 0);
  const treeStarts = new Int32Array(trees.length + 1);
  const arrays = {
    feature: new Int32Array(nNodes),
    threshold: new Float64Array(nNodes),
    leftChild: new Int32Array(nNodes),
    missingLeft: new Uint8Array(nNodes),
    categorySet: new Int32Array(nNodes).fill(-1),
    value: new Float64Array(nNodes),
    gain: new Float64Array(nNodes),
    count: new Float64Array(nNodes),
    cover: new Float64Array(nNodes),
  };
  const sets: number[] = [];
  trees.forEach((tree, t) => {
    const start = treeStarts[t];
    treeStarts[t + 1] = start + tree.leftChild.length;
    tree.leftChild.forEach((left, node) => {
      const at = start + node;
      const isLeaf = left === 0;
      arrays.feature[at] = tree.feature[node];
      arrays.leftChild[at] = isLeaf ? 0 : start + left;
      arrays.missingLeft[at] = tree.missingLeft[node];
      arrays.value[at] = tree.value[node];
      arrays.gain[at] = tree.gain[node];
      arrays.count[at] = tree.cover[node];
      arrays.cover[at] = tree.cover[node];
      if (isLeaf) return;
      if (isCategoryNode(tree, node)) {
        arrays.categorySet[at] = sets.length / CATEGORY_SET_WORDS;
        sets.push(...listLeft(tree.rightCategories[node] ?? [], cardinalities[tree.feature[node]]));
      } else arrays.threshold[at] = toDoubleThreshold(tree.threshold[node]);
    });
  });
  return {
    loss: 'squaredError',
    baseline,
    cardinalities,
    treeStarts,
    ...arrays,
    categorySets: Uint32Array.from(sets),
    trainScores: [],
    validationScores: [],
    bestIteration: trees.length,
  };
}

/** The words of a set of all codes below `cardinality` that are not listed. */
function listLeft(right: readonly number[], cardinality: number): Uint32Array {
  const words = new Uint32Array(CATEGORY_SET_WORDS);
  const isRight = new Set(right);
  for (let code = 0; code < cardinality; code++) {
    if (!isRight.has(code)) words[code >> 5] = words[code >> 5] | (1 << (code & 31));
  }
  return words;
}
