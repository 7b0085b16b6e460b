import { MAX_DEPTH } from '#engine/settings.ts';
import { refuseImport, refuseUnread } from '../formats/refuse-import.ts';

/** A tree as another program keeps it: nodes anywhere, child −1 in a leaf, whose `condition` is then its value. */
export interface ForeignTree {
  readonly left: readonly number[];
  readonly right: readonly number[];
  readonly feature: readonly number[];
  readonly condition: readonly (number | null)[];
  readonly missingLeft: readonly number[];
  /** Categories that go right, by node. */
  readonly rightCategories: ReadonlyMap<number, readonly number[]>;
  readonly value?: readonly (number | null)[];
  readonly gain?: readonly (number | null)[];
  readonly cover?: readonly (number | null)[];
}

/** The same with a child after its parent and beside its sibling: node i has its children at `leftChild[i]` and the next, 0 in a leaf. Numbers are float32. */
export interface TreeNodes {
  readonly leftChild: readonly number[];
  /** −1 in a leaf. */
  readonly feature: readonly number[];
  /** x < threshold goes left; 0 where categories decide. */
  readonly threshold: readonly number[];
  readonly missingLeft: readonly number[];
  readonly rightCategories: readonly (readonly number[] | null)[];
  readonly value: readonly number[];
  readonly gain: readonly number[];
  readonly cover: readonly number[];
}

export function isCategoryNode({ rightCategories }: TreeNodes, node: number): boolean {
  return rightCategories[node] !== null;
}

/** Follows a tree from its root. Throws `import-invalid` for what is no tree, `import-unsupported` deeper than 64. */
export function renumberTree(tree: ForeignTree, name: string): TreeNodes {
  const nNodes = tree.left.length;
  const order = [0];
  const depths = [0];
  const seen = new Uint8Array(nNodes);
  seen[0] = 1;
  const nodes = {
    leftChild: [] as number[],
    feature: [] as number[],
    threshold: [] as number[],
    missingLeft: [] as number[],
    rightCategories: [] as (readonly number[] | null)[],
    value: [] as number[],
    gain: [] as number[],
    cover: [] as number[],
  };
  for (let at = 0; at < order.length; at++) {
    const node = order[at];
    const [left, right] = [tree.left[node], tree.right[node]];
    const isLeaf = left === -1;
    if (isLeaf !== (right === -1)) refuseImport(`${name}: node ${node} has one child`);
    const categories = isLeaf ? null : (tree.rightCategories.get(node) ?? null);
    const condition = Math.fround(tree.condition[node] ?? NaN);
    if (categories === null && !Number.isFinite(condition))
      refuseImport(`${name}: node ${node} has no finite number`);
    if (categories?.some((category) => category < 0))
      refuseImport(`${name}: node ${node} has a category below 0`);
    nodes.leftChild.push(isLeaf ? 0 : order.length);
    nodes.feature.push(isLeaf ? -1 : tree.feature[node]);
    nodes.threshold.push(isLeaf || categories !== null ? 0 : condition);
    nodes.missingLeft.push(isLeaf ? 0 : tree.missingLeft[node]);
    nodes.rightCategories.push(categories);
    nodes.value.push(isLeaf ? condition : finite(tree.value?.[node]));
    nodes.gain.push(isLeaf ? 0 : finite(tree.gain?.[node]));
    nodes.cover.push(Math.max(0, finite(tree.cover?.[node])));
    if (isLeaf) continue;
    if (tree.feature[node] < 0) refuseImport(`${name}: node ${node} splits on no feature`);
    if (depths[at] >= MAX_DEPTH) refuseUnread('depth', MAX_DEPTH);
    for (const child of [left, right]) {
      if (child < 0 || child >= nNodes || seen[child] === 1)
        refuseImport(`${name}: node ${node} has a child out of place`);
      seen[child] = 1;
      order.push(child);
      depths.push(depths[at] + 1);
    }
  }
  return { ...nodes, cover: addCovers(nodes.leftChild, nodes.cover) };
}

/** What is said beside the predictions only: where it is unsound, nothing is said. */
function finite(value: number | null | undefined): number {
  return Number.isFinite(value) ? (value as number) : 0;
}

/** An inner node's is the sum of its leaves'; where none has any, all have 1. */
function addCovers(leftChild: readonly number[], covers: readonly number[]): readonly number[] {
  const hasCover = leftChild.some((left, node) => left === 0 && covers[node] > 0);
  const sums = covers.map((cover) => (hasCover ? cover : 1));
  for (let node = sums.length - 1; node >= 0; node--) {
    const left = leftChild[node];
    if (left !== 0) sums[node] = sums[left] + sums[left + 1];
  }
  return sums;
}
