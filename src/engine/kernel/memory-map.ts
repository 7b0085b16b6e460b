/**
 * What lies where in the kernel's memory. Written here once: `npm run build:kernel` derives from it what the
 * AssemblyScript side needs (`assembly/generated/`).
 *
 * A map is a list of fields, one number each, in the order below: byte addresses (`usize`), counts and constants.
 * TypeScript writes a map to `MAP_ADDRESS`, then calls the kernel's `bind…`, which reads it.
 */
type AssemblyType = 'i32' | 'i64' | 'usize' | 'bool' | 'f64';

export type Fields = Readonly<Record<string, AssemblyType>>;

/** Values of the fields. Address 0 stands for "absent". */
type MemoryMap<Map extends Fields> = { readonly [Field in keyof Map]: number };

/** Each field is a 64-bit float there. */
export const MAP_ADDRESS = 64;

/** Sorting and binning of one column at a time. */
export const binningFields = {
  nSamples: 'i32',
  /** f64 per sample. */
  values: 'usize',
  /** f64 per sample when sorting, a bin of 1 or 2 bytes per sample when binning. */
  scratch: 'usize',
  /** f64: the thresholds, with room for `THRESHOLD_ROOM` of them. */
  thresholds: 'usize',
  /** u16 per cell. */
  cells: 'usize',
  /** `RADIX_BYTES`. */
  counts: 'usize',
} as const satisfies Fields;

/** Counts of the digits that the radix sort goes by: 6 digits of 11 bits, 4 bytes each. */
export const RADIX_BYTES = 6 * 2048 * 4;

/** 65,535 thresholds and as much padding, so that no search reads beyond. */
export const THRESHOLD_ROOM = 131_072;

/** The range of a feature's thresholds is cut into so many cells of equal width. */
export const N_CELLS = 1024;

/** One fit: its samples, its settings and the tree being grown. */
export const growingFields = {
  nSamples: 'i32',
  nFeatures: 'i32',
  /** 1 or 2 bytes per bin index. */
  binWidth: 'i32',
  /** Column-major bin indices; feature f starts at `columns + f · columnStride`. */
  columns: 'usize',
  columnStride: 'usize',
  /** The same bins row-major, `rowStride` bytes per sample; the kernel's own copy. */
  rows: 'usize',
  rowStride: 'usize',
  /** u32 per sample: neighbours of one number share all bins but those of the last feature; 0 = none do. */
  runs: 'usize',
  /** u32 per sample: the samples of the tree, each node a run of them. */
  indices: 'usize',
  /** u32 per sample. */
  scratch: 'usize',
  /** f64 per sample. */
  target: 'usize',
  /** f64 per sample; 0 = all weigh the same. */
  weights: 'usize',
  /** f64 per sample: the raw prediction. */
  raw: 'usize',
  /** f64 per sample. */
  floatGradients: 'usize',
  /** f64 per sample; 0 = every hessian is 1. */
  floatHessians: 'usize',
  /** i32 per sample, quantised. */
  gradients: 'usize',
  /** i32 per sample, quantised; 0 = every hessian is 1 and the count stands for the sum. */
  hessians: 'usize',
  /** i32 per feature + 1: first bin of the feature within a histogram; its last bin holds missing values. */
  binOffsets: 'usize',
  /** f64 per bin of a histogram: the upper bounds of a feature's bins from the place of its first bin on. */
  thresholds: 'usize',
  /** i32 per feature: 1 = categorical. */
  isCategorical: 'usize',
  /** i32 per feature: −1, 0, 1. */
  constraints: 'usize',
  isConstrained: 'bool',
  /** i32 per feature: the features that the present tree may split on, ascending. */
  activeFeatures: 'usize',
  /** Slot s starts at `histograms + s · histogramStride`. */
  histograms: 'usize',
  histogramStride: 'usize',
  nSlots: 'i32',
  /** i32 per slot. */
  freeSlots: 'usize',
  /** Records of the tree's nodes (`nodeInt`, `nodeFloat`). */
  tree: 'usize',
  /** i32 per leaf. */
  frontier: 'usize',
  /** u8 per bin of a categorical feature, the missing one included. */
  goesLeft: 'usize',
  /** u32 per feature: where samples are kept in the order of its bins, two u32 per sample; 0 = not. Itself 0 = none. */
  orders: 'usize',
  /** Three i32 per feature. */
  featureList: 'usize',
  /** `RADIX_BYTES` and two f64 per sample where leaf values are renewed; else 0. */
  sorting: 'usize',
  /** `STAGING_BYTES`. */
  staging: 'usize',
  /** 1 = the leaf with the largest gain is split next; 0 = depth first. */
  isBestFirst: 'bool',
  maxLeaves: 'i32',
  maxDepth: 'i32',
  /** Bits of a histogram's 64-bit word that count samples; the others sum gradients. */
  countBits: 'i64',
  minSamplesLeaf: 'f64',
  /** Categories with fewer samples in a node are not sorted: they go right. */
  minCategorySupport: 'f64',
  learningRate: 'f64',
  l2Regularization: 'f64',
  /** Added to a category's hessian when categories are sorted, in samples of mean hessian. */
  categorySmoothing: 'f64',
  /** One of `lossNumbers`. */
  loss: 'i32',
  /** Of the pinball loss. */
  quantile: 'f64',
  lossScale: 'f64',
  /** Of Huber's loss; 0 = renewed at each iteration. */
  fixedDelta: 'f64',
  /** Samples that early stopping watches, binned and laid out as those that are fitted; 0 = none. */
  nValidation: 'i32',
  validationColumns: 'usize',
  validationColumnStride: 'usize',
  validationTarget: 'usize',
  validationWeights: 'usize',
  validationRaw: 'usize',
  /** u32 per validation sample: their numbers in any order. */
  validationIndices: 'usize',
  /** u32 per validation sample. */
  validationScratch: 'usize',
} as const satisfies Fields;

export type GrowingMemory = MemoryMap<typeof growingFields>;

export const STAGING_BYTES = 40_960;

export const lossNumbers = { squaredError: 0, pinball: 1, huber: 2, gamma: 3, logistic: 4 } as const;

/**
 * The node of a tree that is being grown. Children come after their parent, the right one after the left one. The
 * split fields hold the best split as soon as that is known, taken or not. Sums, bounds and gains are in quantised units.
 */
export const NODE_BYTES = 144;
export const NODE_INTS = NODE_BYTES / 4;
export const NODE_FLOATS = NODE_BYTES / 8;

/** Places of 32-bit integers within a node. */
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
  /** The run of other samples that the kernel last sent to the node. */
  routedStart: 9,
  routedEnd: 10,
  /** Set of bins that go left, 8 words; categorical splits only. */
  categorySet: 28,
} as const;

/** Places of 64-bit floats within a node. */
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

/** The nodes of a tree as arrays of integers and of floats over the same bytes. */
export interface NodeRecords {
  readonly ints: Int32Array;
  readonly floats: Float64Array;
}

/** Trees that are followed on the bins of a chunk of samples. */
export const predictionFields = {
  nTrees: 'i32',
  /** 1 or 2 bytes per bin index. */
  binWidth: 'i32',
  /** Column-major bins of `CHUNK_SAMPLES` samples. */
  chunk: 'usize',
  /** u32 per tree, and one more: addresses of the roots, and of the end of the last tree. */
  roots: 'usize',
  /** i32 per tree. */
  depths: 'usize',
  /** Nodes of all trees (`predictionNode`). */
  nodes: 'usize',
  /** f64 per node: its value. */
  values: 'usize',
  /** 64 bytes for each node of a small tree (`SMALL_TREE_NODES`). */
  scratch: 'usize',
  /** f64 per sample: the sums that the values of leaves are added to; or an i32 per sample and tree: its leaf. */
  out: 'usize',
} as const satisfies Fields;

export type PredictionMemory = MemoryMap<typeof predictionFields>;

/** Samples whose bins lie in the kernel's memory at a time; a multiple of 64. */
export const CHUNK_SAMPLES = 1024;

export const SMALL_TREE_NODES = 127;

/**
 * Places of 32-bit words within a node of a finished tree: of its column within the chunk, in bytes; the largest bin that
 * goes left; the address of its left child, which the right one follows (of a leaf: its own); the address of the set of
 * bins that go left. A bin must pass both tests to go left: a numeric node has the full set, a categorical one `ANY_BIN`.
 */
export const predictionNode = { column: 0, lastLeftBin: 1, leftChild: 2, leftSet: 3 } as const;
export const PREDICTION_NODE_BYTES = 16;

/** Above every bin. */
export const ANY_BIN = 0xffffffff;

/** Plans a memory: `place(size)` is the address of so many bytes, a multiple of 64, behind the map and earlier places. */
export function planMemory(fields: Fields): { place: (size: number) => number; countBytes: () => number } {
  let nBytes = alignUp(MAP_ADDRESS + 8 * Object.keys(fields).length, 64);
  return {
    place: (size) => {
      const address = nBytes;
      nBytes = alignUp(nBytes + size, 64);
      return address;
    },
    countBytes: () => nBytes,
  };
}

/** Writes a map to where `bind…` reads it. */
export function writeMap<Map extends Fields>(buffer: ArrayBuffer, fields: Map, map: MemoryMap<Map>): void {
  const values = new Float64Array(buffer, MAP_ADDRESS);
  Object.keys(fields).forEach((field, k) => (values[k] = map[field]));
}

export function alignUp(value: number, alignment: number): number {
  return Math.ceil(value / alignment) * alignment;
}
