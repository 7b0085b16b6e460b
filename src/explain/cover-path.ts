import { MAX_DEPTH } from '#engine/settings.ts';
import type { TreeEnsemble } from '#engine/tree-ensemble.ts';

/**
 * The distinct features tested on the way from a tree's root to a node, by position: a feature tested
 * again keeps its position. `share` is the part of the cover that its tests let through.
 */
export interface CoverPath {
  length: number;
  readonly feature: Int32Array;
  readonly share: Float64Array;
}

export function createCoverPath(): CoverPath {
  return { length: 0, feature: new Int32Array(MAX_DEPTH), share: new Float64Array(MAX_DEPTH) };
}

/**
 * Calls `visit(child, position, isNew, side)` for the left (side 0) and the right child of an inner node
 * with the path led on to the child, and leads it back afterwards. `position` is that of the node's feature.
 */
export function visitChildren(
  ensemble: TreeEnsemble,
  path: CoverPath,
  node: number,
  visit: (child: number, position: number, isNew: boolean, side: 0 | 1) => void,
): void {
  const left = ensemble.leftChild[node];
  const feature = ensemble.feature[node];
  const { length } = path;
  let position = 0;
  while (position < length && path.feature[position] !== feature) position++;
  const isNew = position === length;
  const before = isNew ? 1 : path.share[position];
  const leftShare = findLeftShare(ensemble, left);
  for (const side of [0, 1] as const) {
    path.length = isNew ? length + 1 : length;
    path.feature[position] = feature;
    path.share[position] = before * (side === 0 ? leftShare : 1 - leftShare);
    visit(left + side, position, isNew, side);
  }
  path.length = length;
  path.share[position] = before;
}

/** Share of the parent's cover that went to the child `left`. A split that no weight passed parts evenly. */
export function findLeftShare(ensemble: TreeEnsemble, left: number): number {
  const coverLeft = ensemble.cover[left];
  const total = coverLeft + ensemble.cover[left + 1];
  return total > 0 ? coverLeft / total : 0.5;
}
