import type { BinnedFeatures } from './binning.ts';
import { CATEGORY_SET_WORDS } from './tree-ensemble.ts';

/**
 * The tree being grown: node arrays of fixed capacity, reused from tree to tree. What a finished tree
 * needs for predicting is copied to the ensemble; the rest (sample runs, histogram slots, bounds) is scaffolding.
 * A node's split fields are its best split as soon as that is known, taken or not.
 */
export interface GrownTree {
  nNodes: number;
  readonly depth: Int32Array;
  /** The node's samples are `indices[start … end)`. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** Histogram slot, or −1. */
  readonly slot: Int32Array;
  /** 0 = leaf; else the right child is the next node. */
  readonly leftChild: Int32Array;
  readonly feature: Int32Array;
  readonly splitBin: Int32Array;
  readonly isMissingLeft: Uint8Array;
  readonly isCategorical: Uint8Array;
  /** Bins that go left, 8 words per node; categorical splits only. */
  readonly categorySets: Uint32Array;
  readonly gain: Float64Array;
  readonly leftGradients: Float64Array;
  readonly leftHessians: Float64Array;
  readonly leftCount: Float64Array;
  /** Sums and bounds in quantised units. */
  readonly sumGradients: Float64Array;
  readonly sumHessians: Float64Array;
  readonly count: Float64Array;
  readonly lowerBound: Float64Array;
  readonly upperBound: Float64Array;
  /** In the unit of the raw prediction, learning rate included. */
  readonly value: Float64Array;
}

export function createGrownTree(maxLeaves: number, binned: BinnedFeatures): GrownTree {
  const capacity = 2 * maxLeaves - 1;
  const hasCategories = binned.cardinalities.some((cardinality) => cardinality > 0);
  return {
    nNodes: 0,
    depth: new Int32Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    slot: new Int32Array(capacity),
    leftChild: new Int32Array(capacity),
    feature: new Int32Array(capacity),
    splitBin: new Int32Array(capacity),
    isMissingLeft: new Uint8Array(capacity),
    isCategorical: new Uint8Array(capacity),
    categorySets: new Uint32Array(hasCategories ? capacity * CATEGORY_SET_WORDS : 0),
    gain: new Float64Array(capacity),
    leftGradients: new Float64Array(capacity),
    leftHessians: new Float64Array(capacity),
    leftCount: new Float64Array(capacity),
    sumGradients: new Float64Array(capacity),
    sumHessians: new Float64Array(capacity),
    count: new Float64Array(capacity),
    lowerBound: new Float64Array(capacity),
    upperBound: new Float64Array(capacity),
    value: new Float64Array(capacity),
  };
}

/** 1 when the bin goes left at the node. `missingBin` is the feature's last bin. */
export function isBinLeft(tree: GrownTree, node: number, bin: number, missingBin: number): number {
  if (bin === missingBin) return tree.isMissingLeft[node];
  if (tree.isCategorical[node] === 0) return bin <= tree.splitBin[node] ? 1 : 0;
  return (tree.categorySets[node * CATEGORY_SET_WORDS + (bin >> 5)] >>> (bin & 31)) & 1;
}
