import type { LossName } from './settings.ts';

/** Words of 32 bits in one set of categories: bin 0 … 254, and one more for missing values. */
export const CATEGORY_SET_WORDS = 8;

/**
 * Regression trees, all nodes of all trees one after the other.
 *
 * Tree t is the nodes `treeStarts[t]` … `treeStarts[t + 1] − 1`, root first. An inner node i sends a
 * sample to `leftChild[i]` or to `leftChild[i] + 1`; a leaf has `leftChild[i] === 0`. A numeric node sends
 * x left when x ≤ threshold; a categorical one (`categorySet[i] ≥ 0`) when x's bit is set; missing and
 * unseen values left when `missingLeft[i] === 1`.
 * The raw prediction is the start (`baseline`, or the caller's per-sample init where `baseline` is null)
 * plus the values of the leaves reached; learning rates are already in the values.
 */
export interface TreeEnsemble {
  readonly loss: LossName;
  /** Constant start of the raw prediction; null when fitted on per-sample starts that predicting must be given too. */
  readonly baseline: number | null;
  /** As in `FeatureMatrix`; its length is the number of features. */
  readonly cardinalities: readonly number[];
  readonly treeStarts: Int32Array;
  /** Feature that an inner node splits on; −1 in a leaf. */
  readonly feature: Int32Array;
  /** Finite; 0 in leaves and categorical nodes. */
  readonly threshold: Float64Array;
  readonly leftChild: Int32Array;
  readonly missingLeft: Uint8Array;
  /** Index of the node's set in `categorySets` (8 words each); −1 when numeric or leaf. */
  readonly categorySet: Int32Array;
  readonly categorySets: Uint32Array;
  /** What the node adds to the raw prediction (leaves), or would if it were a leaf (inner nodes). */
  readonly value: Float64Array;
  /** Loss reduction of the split, ΣG²/(H+λ) of the children minus the node's; 0 in leaves. */
  readonly gain: Float64Array;
  /** Training samples that passed through the node. */
  readonly count: Float64Array;
  /** Their summed hessian: the summed weight, but for losses `gamma` and `logistic`. */
  readonly cover: Float64Array;
  /** Mean training loss after each iteration. */
  readonly trainScores: readonly number[];
  /** Mean validation loss after each iteration; empty without validation data. */
  readonly validationScores: readonly number[];
  /** Iteration with the best validation score (all of them without validation data), counted from 1. */
  readonly bestIteration: number;
}

export function countTrees(ensemble: TreeEnsemble): number {
  return ensemble.treeStarts.length - 1;
}
