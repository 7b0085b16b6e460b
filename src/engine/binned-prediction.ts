import type { BinnedFeatures } from './binning.ts';
import { isBinLeft, type GrownTree } from './grown-tree.ts';

/** The leaf of one binned sample. */
function findGrownLeaf(tree: GrownTree, binned: BinnedFeatures, sample: number): number {
  let node = 0;
  while (tree.leftChild[node] !== 0) {
    const feature = tree.feature[node];
    const isLeft = isBinLeft(tree, node, binned.columns[feature][sample], binned.binCounts[feature]);
    node = tree.leftChild[node] + 1 - isLeft;
  }
  return node;
}

/** raw[i] += the tree's value for sample i, for the samples named (null = all of them). */
export function addGrownTree(
  tree: GrownTree,
  binned: BinnedFeatures,
  samples: Uint32Array | null,
  raw: Float64Array,
): void {
  const n = samples?.length ?? binned.nSamples;
  for (let k = 0; k < n; k++) {
    const sample = samples ? samples[k] : k;
    raw[sample] += tree.value[findGrownLeaf(tree, binned, sample)];
  }
}
