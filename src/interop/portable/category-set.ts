import { CATEGORY_SET_WORDS, type TreeEnsemble } from '#engine/tree-ensemble.ts';

/** Whether a categorical node sends a code left. */
export function isInSet({ categorySet, categorySets }: TreeEnsemble, node: number, code: number): boolean {
  return ((categorySets[categorySet[node] * CATEGORY_SET_WORDS + (code >> 5)] >>> (code & 31)) & 1) === 1;
}

/** The codes that a categorical node sends left, ascending. */
export function listSet(trees: TreeEnsemble, node: number): readonly number[] {
  const nCodes = trees.cardinalities[trees.feature[node]];
  return Array.from({ length: nCodes }, (_, code) => code).filter((code) => isInSet(trees, node, code));
}
