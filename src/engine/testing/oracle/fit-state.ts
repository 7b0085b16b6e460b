import type { BinnedFeatures } from '../../binning.ts';
import type { BoostingSettings } from '../../settings.ts';

/** What a tree is grown on. */
export interface FitState {
  readonly binned: BinnedFeatures;
  readonly settings: BoostingSettings;
  /** Quantised. */
  readonly gradients: Int32Array;
  /** Quantised; null when every hessian is 1. */
  readonly hessians: Int32Array | null;
}

/** Constants of one tree, in the units of its quantised sums. */
export interface TreeConstants {
  /** The features that it may split on, ascending. */
  readonly features: Int32Array;
  readonly l2: number;
  /** Added to a category's hessian when categories are sorted. */
  readonly smoothing: number;
}

/** Sums over samples: their number, and their quantised gradients and hessians. */
export interface Sums {
  readonly count: number;
  readonly gradients: number;
  readonly hessians: number;
}

/** A split of a node. */
export interface Split {
  readonly gain: number;
  readonly feature: number;
  /** Sums of the left child. */
  readonly left: Sums;
  readonly isMissingLeft: boolean;
  /** The last bin that goes left; of categories, all the bins that do. */
  readonly cut: number | ReadonlySet<number>;
}

/** Sums and bounds are in quantised units. */
export interface Node {
  readonly depth: number;
  /** Place of the first sample in `Grower.indices`. */
  readonly start: number;
  readonly samples: Uint32Array;
  readonly sumGradients: number;
  readonly sumHessians: number;
  /** What monotone constraints allow of its value. */
  readonly lowerBound: number;
  readonly upperBound: number;
  /** The best one; null where none gains. */
  split: Split | null;
  /** Index of the left child, which the right one follows; 0 = leaf. */
  leftChild: number;
  value: number;
}
