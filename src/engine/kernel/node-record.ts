import { CATEGORY_SET_WORDS } from '../tree-ensemble.ts';

/**
 * The node of a tree that is being grown: 160 bytes, an array of which starts at `KernelLayout.tree`. Children come
 * after their parent, the right one after the left one. A node's split fields are its best split as soon as that is
 * known, taken or not. What a finished tree needs for predicting is copied to the ensemble.
 */
export const NODE_BYTES = 160;

/** Places of 32-bit integers within a record. */
export const nodeInt = {
  depth: 0,
  /** The node's samples are `indices[start … end)`. */
  start: 1,
  end: 2,
  /** Histogram slot, or −1. */
  slot: 3,
  /** 0 = leaf; else the right child is the next node. */
  leftChild: 4,
  feature: 5,
  /** The last bin that goes left; numeric splits only. */
  splitBin: 6,
  missingLeft: 7,
  isCategorical: 8,
  /** The run of samples on their way through the tree that the kernel last sent to the node. */
  routedStart: 9,
  routedEnd: 10,
  /** Set of bins that go left, 8 words; categorical splits only. */
  categorySet: 28,
} as const;

/** Places of 64-bit floats within a record. Sums, bounds and gains are in quantised units. */
export const nodeFloat = {
  gain: 6,
  leftGradients: 7,
  leftHessians: 8,
  sumGradients: 9,
  sumHessians: 10,
  /** Bounds that monotone constraints put on the node's value −ΣG / (ΣH + l2). */
  lowerBound: 11,
  upperBound: 12,
  /** In the unit of the raw prediction, learning rate included. */
  value: 13,
} as const;

export const NODE_INTS = NODE_BYTES / 4;
export const NODE_FLOATS = NODE_BYTES / 8;

/** The nodes of a tree as arrays of integers and of floats over the same bytes. */
export interface NodeRecords {
  readonly ints: Int32Array;
  readonly floats: Float64Array;
}

/** Whether a bin is in the set of a node's categories that go left. */
export function isBinInSet({ ints }: NodeRecords, node: number, bin: number): boolean {
  const word = ints[node * NODE_INTS + nodeInt.categorySet + (bin >> 5)];
  return bin >> 5 < CATEGORY_SET_WORDS && ((word >>> (bin & 31)) & 1) === 1;
}
