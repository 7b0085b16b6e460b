import { type TreeEnsemble, CATEGORY_SET_WORDS } from '#engine/tree-ensemble.ts';

/** Trees as the lists that generated code walks; of a leaf `left` is 0 and `number` its value, else the threshold. */
export interface TreeTables {
  readonly roots: readonly number[];
  readonly feature: readonly number[];
  readonly number: readonly number[];
  readonly left: readonly number[];
  readonly missingLeft: readonly number[];
  /** Position of a set's first of eight words in `sets`; −1 for a number. */
  readonly set: readonly number[];
  readonly sets: readonly number[];
  /** Codes of each feature, 0 of a number. */
  readonly codes: readonly number[];
}

export function listTreeTables(trees: TreeEnsemble): TreeTables {
  return {
    roots: Array.from(trees.treeStarts.subarray(0, -1)),
    feature: Array.from(trees.feature),
    number: Array.from(trees.value, (value, node) =>
      trees.leftChild[node] === 0 ? value : trees.threshold[node],
    ),
    left: Array.from(trees.leftChild),
    missingLeft: Array.from(trees.missingLeft),
    set: Array.from(trees.categorySet, (set) => (set < 0 ? -1 : set * CATEGORY_SET_WORDS)),
    sets: Array.from(trees.categorySets),
    codes: trees.cardinalities,
  };
}

/** Lines of a long list, so that no line is endless. */
export function wrapList(items: readonly (number | string)[]): string {
  const lines: string[] = [];
  for (let from = 0; from < items.length; from += 12) lines.push(items.slice(from, from + 12).join(', '));
  return lines.join(',\n  ');
}
