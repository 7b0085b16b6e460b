import { isBinInSet, NODE_INTS, nodeInt, type NodeRecords } from '../node-record.ts';

/** Puts the left ones of `order[start … end)` first, both sides as they were; returns how many they are. */
export function partSamples(
  order: Uint32Array,
  start: number,
  end: number,
  isLeft: (sample: number) => boolean,
): number {
  const run = order.slice(start, end);
  const left = run.filter(isLeft);
  order.set(left, start);
  order.set(
    run.filter((sample) => !isLeft(sample)),
    start + left.length,
  );
  return left.length;
}

/** `missingBin` is the feature's last bin. */
export function isBinLeft(tree: NodeRecords, node: number, bin: number, missingBin: number): boolean {
  const { ints } = tree;
  const at = node * NODE_INTS;
  if (bin === missingBin) return ints[at + nodeInt.missingLeft] === 1;
  if (ints[at + nodeInt.isCategorical] === 0) return bin <= ints[at + nodeInt.splitBin];
  return isBinInSet(tree, node, bin);
}

/** The leaf of one sample, whose bin of a feature `binOf` tells. */
export function findLeaf(
  tree: NodeRecords,
  binCounts: readonly number[],
  binOf: (feature: number) => number,
): number {
  let node = 0;
  for (;;) {
    const left = tree.ints[node * NODE_INTS + nodeInt.leftChild];
    if (left === 0) return node;
    const feature = tree.ints[node * NODE_INTS + nodeInt.feature];
    node = isBinLeft(tree, node, binOf(feature), binCounts[feature]) ? left : left + 1;
  }
}
