// The fit this instance is bound to. `bindLayout` reads the fields of `KernelLayout` in the order of `layoutFields`.

export let nSamples: i32 = 0;
export let nFeatures: i32 = 0;
export let binWidth: i32 = 1;
export let columns: usize = 0;
export let columnStride: usize = 0;
export let rows: usize = 0;
export let rowStride: usize = 0;
export let indices: usize = 0;
export let scratch: usize = 0;
export let target: usize = 0;
export let weights: usize = 0;
export let raw: usize = 0;
export let floatGradients: usize = 0;
export let floatHessians: usize = 0;
export let gradients: usize = 0;
export let hessians: usize = 0;
export let binOffsets: usize = 0;
export let thresholds: usize = 0;
export let isCategorical: usize = 0;
export let constraints: usize = 0;
export let isConstrained: bool = false;
export let activeFeatures: usize = 0;
export let histograms: usize = 0;
export let histogramStride: usize = 0;
export let nSlots: i32 = 0;
export let freeSlots: usize = 0;
export let tree: usize = 0;
export let frontier: usize = 0;
export let goesLeft: usize = 0;
export let orders: usize = 0;
export let featureList: usize = 0;
export let sorting: usize = 0;
export let staging: usize = 0;
export let isBestFirst: bool = false;
export let maxLeaves: i32 = 0;
export let maxDepth: i32 = 0;
export let countBits: i64 = 0;
export let minSamplesLeaf: f64 = 0;
export let minCategorySupport: f64 = 0;

export let nActive: i32 = 0;
export let l2: f64 = 0;
export let categorySmoothing: f64 = 0;

export function bindLayout(source: usize): void {
  nSamples = load<i32>(source, 0);
  nFeatures = load<i32>(source, 4);
  binWidth = load<i32>(source, 8);
  columns = load<usize>(source, 12);
  columnStride = load<usize>(source, 16);
  rows = load<usize>(source, 20);
  rowStride = load<usize>(source, 24);
  indices = load<usize>(source, 28);
  scratch = load<usize>(source, 32);
  target = load<usize>(source, 36);
  weights = load<usize>(source, 40);
  raw = load<usize>(source, 44);
  floatGradients = load<usize>(source, 48);
  floatHessians = load<usize>(source, 52);
  gradients = load<usize>(source, 56);
  hessians = load<usize>(source, 60);
  binOffsets = load<usize>(source, 64);
  thresholds = load<usize>(source, 68);
  isCategorical = load<usize>(source, 72);
  constraints = load<usize>(source, 76);
  isConstrained = load<i32>(source, 80) != 0;
  activeFeatures = load<usize>(source, 84);
  histograms = load<usize>(source, 88);
  histogramStride = load<usize>(source, 92);
  nSlots = load<i32>(source, 96);
  freeSlots = load<usize>(source, 100);
  tree = load<usize>(source, 104);
  frontier = load<usize>(source, 108);
  goesLeft = load<usize>(source, 112);
  orders = load<usize>(source, 116);
  featureList = load<usize>(source, 120);
  sorting = load<usize>(source, 124);
  staging = load<usize>(source, 128);
  isBestFirst = load<i32>(source, 132) != 0;
  maxLeaves = load<i32>(source, 136);
  maxDepth = load<i32>(source, 140);
  countBits = i64(load<i32>(source, 144));
  minSamplesLeaf = f64(load<i32>(source, 148));
  minCategorySupport = f64(load<i32>(source, 152));
}

export function setTreeConstants(newActive: i32, newL2: f64, newSmoothing: f64): void {
  nActive = newActive;
  l2 = newL2;
  categorySmoothing = newSmoothing;
  sumAll();
}

// The features that histograms are of, ascending: all active ones, or those that `sumUnsorted` lists.
export let summed: usize = 0;
export let nSummed: i32 = 0;

/** No node with more samples has sorted features: the most bins of any. */
export let mostSorted: i32 = 0;

function sumAll(): void {
  summed = activeFeatures;
  nSummed = nActive;
}

/** Histograms are now of the active features that a node of `n` samples does not have sorted. */
export function sumUnsorted(n: i32): void {
  if (n > mostSorted) {
    sumAll();
    return;
  }
  summed = featureList;
  nSummed = 0;
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    if (isSorted(feature, n)) continue;
    store<i32>(featureList + (<usize>nSummed << 2), feature);
    nSummed += 1;
  }
}

@inline
export function summedFeature(place: i32): i32 {
  return load<i32>(summed + (<usize>place << 2));
}

/** Where samples may be kept in the order of a feature's bins; 0 = nowhere. */
@inline
export function orderOf(feature: i32): usize {
  return <usize>load<u32>(orders + (<usize>feature << 2));
}

/** Whether a node of `n` samples has them in the order of the feature's bins: there are as many bins or more. */
@inline
export function isSorted(feature: i32, n: i32): bool {
  return n <= load<i32>(sortedLimits + (<usize>feature << 2));
}

/** Most samples that are sorted: what is summed of them has room for so many. */
const MOST_SORTED: i32 = 1024;

/** i32 per feature: nodes with at most so many samples have them sorted. */
let sortedLimits: usize = 0;

/** i32 per feature: 1 = each sample has a bin of its own. */
let distinct: usize = 0;

/** Once for each fit that grows trees; it works in the scratch room. */
export function setSortedLimits(): void {
  sortedLimits = featureList + (<usize>nFeatures << 2);
  distinct = sortedLimits + (<usize>nFeatures << 2);
  mostSorted = 0;
  for (let feature: i32 = 0; feature < nFeatures; feature++) {
    const limit = orders == 0 || orderOf(feature) == 0 ? 0 : min(binCount(feature), MOST_SORTED);
    store<i32>(sortedLimits + (<usize>feature << 2), limit);
    store<i32>(distinct + (<usize>feature << 2), i32(limit > 0 && hasDistinctBins(feature)));
    mostSorted = max(mostSorted, limit);
  }
}

@inline
export function isDistinct(feature: i32): bool {
  return load<i32>(distinct + (<usize>feature << 2)) != 0;
}

/** By marking the bins in the scratch room. */
function hasDistinctBins(feature: i32): bool {
  if (binCount(feature) != nSamples) return false;
  const column = columns + <usize>feature * columnStride;
  memory.fill(scratch, 0, <usize>nSamples << 2);
  for (let i: i32 = 0; i < nSamples; i++) {
    const bin = binWidth == 1 ? <usize>load<u8>(column + <usize>i) : <usize>load<u16>(column + (<usize>i << 1));
    const place = scratch + (bin << 2);
    if (bin >= <usize>nSamples || load<u32>(place) != 0) return false;
    store<u32>(place, 1);
  }
  return true;
}

/** First bin of a feature within a histogram; of the feature after it = its end. */
@inline
export function binOffset(feature: i32): i32 {
  return load<i32>(binOffsets + (<usize>feature << 2));
}

/** Bins of a feature, that of missing values not counted: it is the one after. */
@inline
export function binCount(feature: i32): i32 {
  return binOffset(feature + 1) - binOffset(feature) - 1;
}

@inline
export function activeFeature(place: i32): i32 {
  return load<i32>(activeFeatures + (<usize>place << 2));
}

@inline
export function slotAddress(slot: i32): usize {
  return histograms + <usize>slot * histogramStride;
}
