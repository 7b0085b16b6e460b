import type { LossConstants } from '../loss.ts';

/**
 * The inner loops of boosting, behind one interface with two implementations: WebAssembly with SIMD
 * (`wasm-kernel.ts`) and a readable twin in TypeScript (`scalar-kernel.ts`). Both give the same bits; the
 * tests compare them.
 *
 * A kernel works on one block of memory and is bound to one fit at a time. All places are byte
 * addresses into that block, so that nothing is copied between the stages of a fit. Once a fit is bound,
 * WebAssembly allocates nothing; the twin does.
 *
 * Sums are of integers. Each gradient is quantised once per tree to 32 bits; sums stay below 2^51 and
 * are exact, so a tree does not depend on the order of its samples. What comes out as a float
 * ("in quantised units") is such an integer.
 */
export interface Kernel {
  /** Threads that share its memory: each needs a histogram slot and a staging room of its own. */
  readonly nThreads: number;
  /** Memory of at least `nBytes` bytes; contents and views of the earlier one are lost when it grows. */
  readonly reserve: (nBytes: number) => ArrayBuffer;
  /** Sorts `n` floats without NaN. `scratch` has room for as many; `counts` for 6 × 2048 counts of 4 bytes. */
  readonly sortFloats: (values: number, n: number, scratch: number, counts: number) => void;
  /**
   * Writes for each of `n` floats how many thresholds (ascending, padded with infinity) are below it, or
   * `missingBin` for NaN, in `width` bytes. The cells, which make the search short, are those that
   * `binner.ts` lays out.
   */
  readonly binFloats: (
    values: number,
    n: number,
    thresholds: number,
    cells: number,
    origin: number,
    cellsPerUnit: number,
    nSteps: number,
    missingBin: number,
    bins: number,
    width: number,
  ) => void;
  /** Bytes that one bin of a histogram takes: an implementation's own affair. */
  readonly binBytes: (hasHessians: boolean) => number;
  /** Takes on the fit whose places are `layout`. Everything below works on that fit. */
  readonly bind: (layout: KernelLayout, loss: LossConstants) => void;
  /** Called for all samples once the bins have been written: makes whatever copy of theirs suits this kernel. */
  readonly prepareBins: (from: number, to: number) => void;
  /**
   * Writes the derivatives of the loss at `raw` and returns its mean; renews Huber's delta first, where it is not
   * fixed. O(samples), and O(samples log samples) for that delta.
   */
  readonly computeGradients: () => number;
  /** Mean loss of other samples, whose arrays of floats are at these places; `weights` 0 = equal. */
  readonly computeMeanLoss: (target: number, weights: number, raw: number, n: number) => number;
  /** Σ|x| over `n` floats at `source`, in two interleaved partial sums (even and odd positions). */
  readonly sumMagnitudes: (source: number, n: number) => number;
  /** Largest |x|. */
  readonly findLargestMagnitude: (source: number, n: number) => number;
  /** Writes round-half-to-even(x · scale) of `n` floats as 32-bit integers. */
  readonly quantize: (source: number, n: number, scale: number, target: number) => void;
  /** Puts samples 0, 1, 2 … in `indices`. */
  readonly resetIndices: () => void;
  /**
   * Begins a tree (`node-record.ts`) on samples `indices[0 … nBagged)` and the first active features, with its root's
   * best split. Gradients must be quantised.
   */
  readonly beginTree: (nBagged: number, constants: TreeConstants) => void;
  /**
   * Splits nodes, best first or depth first, until about `mostWork` bins (samples × features) have been looked up;
   * true when the tree is finished. Reorders `indices` so that each node's samples are a run of them, the left
   * child's first, both as they were.
   */
  readonly growTree: (mostWork: number) => boolean;
  /** Nodes of the tree so far. */
  readonly countNodes: () => number;
  /** Writes every node's value: the Newton step of its samples within its bounds, times both factors in this order. */
  readonly setNodeValues: (unit: number, learningRate: number) => void;
  /**
   * Gives each leaf the best constant for its samples' residuals, times `learningRate`, and makes the leaves obey the
   * constraints again: for losses where one Newton step is not that constant. Spoils the float gradients.
   */
  readonly renewLeafValues: (learningRate: number) => void;
  /** raw += the tree's values, for all samples; those behind the first `nBagged` of `indices` go down the tree. */
  readonly updateRaw: (nBagged: number) => void;
  /** The same for any binned samples: `order[0 … n)`, which is reordered; `room` is as long. */
  readonly routeSamples: (
    columns: number,
    columnStride: number,
    order: number,
    room: number,
    start: number,
    end: number,
    raw: number,
  ) => void;
  /**
   * Adds the values of the leaves that the samples of a chunk of bins reach to their sums at `out`, tree after
   * tree. Places are those that `binned-trees.ts` lays out; `nSamples` is a multiple of 64.
   */
  readonly addTrees: (
    chunk: number,
    nSamples: number,
    binWidth: number,
    roots: number,
    depths: number,
    nTrees: number,
    nodes: number,
    values: number,
    scratch: number,
    out: number,
  ) => void;
  /**
   * Writes the node, counted from that at `nodes`, of the leaf that sample i reaches in tree t as an i32
   * at `out` + 4 · (i · nTrees + t).
   */
  readonly findLeaves: (
    chunk: number,
    nSamples: number,
    binWidth: number,
    roots: number,
    depths: number,
    nTrees: number,
    nodes: number,
    out: number,
  ) => void;
}

/** Places (byte addresses) and constants of one fit. All fields are numbers, in this order in wasm memory. */
export interface KernelLayout {
  readonly nSamples: number;
  readonly nFeatures: number;
  /** 1 or 2 bytes per bin index. */
  readonly binWidth: number;
  /** Column-major bin indices; feature f starts at `columns + f · columnStride`. */
  readonly columns: number;
  readonly columnStride: number;
  /** Room for the kernel's own copy of the bins, `rowStride` bytes per sample. */
  readonly rows: number;
  readonly rowStride: number;
  /** u32 per sample: the samples of the tree, each node a run of them. */
  readonly indices: number;
  /** u32 per sample. */
  readonly scratch: number;
  /** f64 per sample. */
  readonly target: number;
  /** f64 per sample; 0 = all weigh the same. */
  readonly weights: number;
  /** f64 per sample: the raw prediction. */
  readonly raw: number;
  /** f64 per sample. */
  readonly floatGradients: number;
  /** f64 per sample; 0 = every hessian is 1. */
  readonly floatHessians: number;
  /** i32 per sample, quantised. */
  readonly gradients: number;
  /** i32 per sample, quantised; 0 = every hessian is 1 and the count stands for the sum. */
  readonly hessians: number;
  /** i32 per feature + 1: first bin of the feature within a histogram; its last bin holds missing values. */
  readonly binOffsets: number;
  /** f64 per bin of a histogram: the upper bounds of a feature's bins from the place of its first bin on. */
  readonly thresholds: number;
  /** i32 per feature: 1 = categorical. */
  readonly isCategorical: number;
  /** i32 per feature: −1, 0, 1. */
  readonly constraints: number;
  /** 1 when any constraint is not 0. */
  readonly isConstrained: number;
  /** i32 per feature: the features that the present tree may split on, ascending. */
  readonly activeFeatures: number;
  /** Slot s starts at `histograms + s · histogramStride`. */
  readonly histograms: number;
  readonly histogramStride: number;
  /** Slots that the fit uses; with several threads that of helper h is number nSlots + h. */
  readonly nSlots: number;
  /** i32 per slot. */
  readonly freeSlots: number;
  /** Records of the tree's nodes (`node-record.ts`). */
  readonly tree: number;
  /** i32 per leaf. */
  readonly frontier: number;
  /** u8 per bin of a categorical feature, the missing one included. */
  readonly goesLeft: number;
  /**
   * u32 per feature: where the kernel may keep samples in the order of the feature's bins, two u32 per sample; 0 =
   * nowhere. Itself 0 where that would take too much.
   */
  readonly orders: number;
  /** Three i32 per feature. */
  readonly featureList: number;
  /** `SORTING_BYTES` and two f64 per sample where leaf values are renewed; else 0. */
  readonly sorting: number;
  /** The kernel's own working room, `STAGING_BYTES` of it for each thread. */
  readonly staging: number;
  /** 1 = the leaf with the most to gain is split next; 0 = depth first. */
  readonly isBestFirst: number;
  readonly maxLeaves: number;
  readonly maxDepth: number;
  readonly countBits: number;
  readonly minSamplesLeaf: number;
  /** Categories with fewer samples in a node are not sorted: they go right. */
  readonly minCategorySupport: number;
}

export interface TreeConstants {
  readonly nActive: number;
  /** L2 regularisation in quantised hessian units. */
  readonly l2: number;
  /** Added to a category's hessian when categories are sorted, in quantised hessian units. */
  readonly categorySmoothing: number;
}

/** Fewer bins of a numeric feature are summed sooner than few samples are sorted. */
export const LEAST_SORTED_BINS = 24;

export const STAGING_BYTES = 40_960;

/** Counts of the digits that `sortFloats` sorts by. */
export const SORTING_BYTES = 6 * 2048 * 4;
