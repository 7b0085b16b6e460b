import type { BinnedFeatures } from './binning.ts';
import type { NodeRecords } from './kernel/memory-map.ts';
import { MAX_DEPTH, type BoostingSettings } from './settings.ts';

/** Bins, targets, weights (null = equal) and raw starts of the same samples. */
export interface BinnedSamples {
  readonly binned: BinnedFeatures;
  readonly target: Float64Array;
  readonly weights: Float64Array | null;
  /** The raw predictions before the first tree; one number where they are all the same. */
  readonly raw: Float64Array | number;
}

/** What trees are grown on, by which settings, and what early stopping watches. */
export interface GrowerInput {
  readonly samples: BinnedSamples;
  readonly validation: BinnedSamples | null;
  readonly settings: BoostingSettings;
}

/** Powers of two that turn the quantised sums of one tree into real ones. */
export interface Units {
  readonly gradient: number;
  readonly hessian: number;
}

export interface GrownTree {
  /** A view: read it before the next tree is begun. */
  readonly nodes: NodeRecords;
  readonly nNodes: number;
  readonly units: Units;
}

/**
 * Grows the trees of one fit and keeps its raw predictions.
 *
 * 1. Per tree: `computeGradients` (once more before the first tree), `beginTree`, `growTree` until it is true,
 *    `finishTree`.
 * 2. Sums are of gradients quantised to integers, hence exact: the same tree whatever the order of the samples and in
 *    how many steps it is grown.
 * 3. What can be grown, and the bytes that come out, are those of the oracle (`testing/oracle/`).
 */
export interface Grower {
  /** Samples of the next tree: `beginTree` takes the first `nBagged`. Reordered so that each node's are a run of them. */
  readonly indices: Uint32Array;
  /** The features that the next tree may split on, ascending: `beginTree` takes the first `nActive`. All at first. */
  readonly activeFeatures: Int32Array;
  /**
   * Writes and quantises the derivatives of the loss at the present raw predictions; returns the mean loss. Renews
   * Huber's delta first where it is not fixed. O(samples), O(samples log samples) for that delta.
   */
  readonly computeGradients: () => number;
  /** Mean loss of the validation samples. */
  readonly computeValidationLoss: () => number;
  /** Begins a tree with its root's best split. Where `nBagged` is all samples, `indices` need not be written. */
  readonly beginTree: (nBagged: number, nActive: number) => void;
  /**
   * Splits nodes, best first or depth first, until about `mostWork` bins (samples × features) have been looked up;
   * true when the tree is finished.
   */
  readonly growTree: (mostWork: number) => boolean;
  /**
   * Values the nodes, the learning rate included: the Newton step of their samples within their bounds; in leaves, where
   * one step is not the best constant (absolute error, quantile, Huber), that constant. Adds them to the raw
   * predictions of all samples, validation samples included. Spoils the gradients.
   */
  readonly finishTree: () => GrownTree;
  /** To be called when the fit is over. */
  readonly release: () => void;
}

/** Makes a grower in steps of some milliseconds. */
export type CreateGrower = (input: GrowerInput) => Generator<undefined, Grower, unknown>;

/** Categories are sorted by ΣG / (Σhessian + this many samples' worth): rare ones move to the middle (as in scikit-learn). */
export const CATEGORY_SMOOTHING = 10;

/** Categories with fewer samples in a node are not sorted: they go right. */
export function findMinCategorySupport({ minSamplesLeaf }: BoostingSettings): number {
  return Math.min(10, minSamplesLeaf);
}

/** Bits that a histogram's 64-bit word needs to count `nSamples`; the others sum gradients. */
export function findCountBits(nSamples: number): number {
  return 32 - Math.clz32(nSamples);
}

/** The most leaves that a tree can have. */
export function findMaxLeaves(
  nSamples: number,
  { minSamplesLeaf, maxDepth, maxLeafNodes }: BoostingSettings,
): number {
  const bySamples = Math.max(1, Math.floor(nSamples / minSamplesLeaf));
  const byDepth = 2 ** Math.min(30, maxDepth ?? MAX_DEPTH);
  return Math.min(bySamples, byDepth, maxLeafNodes ?? Infinity);
}
