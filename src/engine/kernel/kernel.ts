/**
 * The inner loops of growing trees, behind one interface with two implementations: WebAssembly with
 * SIMD (`wasm-kernel.ts`) and a readable twin in TypeScript (`scalar-kernel.ts`). Both give the same
 * bits; the tests compare them.
 *
 * A kernel works on one block of memory and is bound to one fit at a time. All places are byte
 * addresses into that block, so that nothing is copied between the stages of a fit.
 *
 * Sums are of integers. Each gradient is quantised once per tree to 32 bits; sums stay below 2^51 and
 * are exact, so a histogram does not depend on the order of its samples. What comes out as a float
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
  readonly bind: (layout: KernelLayout) => void;
  /** Called for all samples once the bins have been written: makes whatever copy of theirs suits this kernel. */
  readonly prepareBins: (from: number, to: number) => void;
  /** Constants that follow from the scales of one tree; to be called before its first histogram. */
  readonly beginTree: (constants: TreeConstants) => void;
  /** Σ|x| over `n` floats at `source`, in two interleaved partial sums (even and odd positions). */
  readonly sumMagnitudes: (source: number, n: number) => number;
  /** Largest |x|. */
  readonly findLargestMagnitude: (source: number, n: number) => number;
  /** Writes round-half-to-even(x · scale) of `n` floats as 32-bit integers. */
  readonly quantize: (source: number, n: number, scale: number, target: number) => void;
  /** Puts samples 0, 1, 2 … in `indices`. */
  readonly resetIndices: () => void;
  /** Sum of the quantised values at `source` (gradients or hessians) over samples `indices[0 … end)`. */
  readonly sumQuantized: (source: number, end: number) => number;
  /** Sums gradients (and hessians) and counts of samples `indices[start … end)` per bin of each active feature. */
  readonly buildHistogram: (start: number, end: number, slot: number) => void;
  /** slot ← slot − childSlot, for the active features. */
  readonly subtractHistogram: (slot: number, childSlot: number) => void;
  /**
   * Finds the split of largest gain of a node, samples `indices[start … end)` with their histogram in `slot`,
   * over the active features and writes it to the split record
   * (`split-record.ts`). Returns the gain in quantised units; 0 = no allowed split gains. The bounds are
   * those that monotone constraints put on the node's value −ΣG / (ΣH + l2), in quantised units.
   */
  readonly findBestSplit: (
    slot: number,
    start: number,
    end: number,
    sumGradients: number,
    sumHessians: number,
    lowerBound: number,
    upperBound: number,
  ) => number;
  /**
   * Reorders `indices[start … end)`, stably, so that the samples whose bin of `feature` is ≤ `splitBin`
   * or equal to `extraBin` (that of missing values where they go left; else −1) come first; returns how
   * many they are.
   */
  readonly partitionNumbers: (
    feature: number,
    start: number,
    end: number,
    splitBin: number,
    extraBin: number,
  ) => number;
  /** Likewise for the bins with `goesLeft[bin] === 1`. */
  readonly partitionCategories: (feature: number, start: number, end: number) => number;
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
  /** raw[i] += value for the samples `indices[start … end)`. */
  readonly addToRaw: (start: number, end: number, value: number) => void;
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
  readonly scratch: number;
  /** f64 per sample. */
  readonly raw: number;
  /** i32 per sample. */
  readonly gradients: number;
  /** i32 per sample; 0 = every hessian is 1 and the count stands for the sum. */
  readonly hessians: number;
  /** i32 per feature + 1: first bin of the feature within a histogram; its last bin holds missing values. */
  readonly binOffsets: number;
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
  /** u8 per bin of a categorical feature, the missing one included. */
  readonly goesLeft: number;
  readonly splitRecord: number;
  /** The kernel's own working room, `STAGING_BYTES` of it for each thread. */
  readonly staging: number;
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

export const STAGING_BYTES = 32_768;
