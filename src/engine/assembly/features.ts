import { hessianUnit, meanHessian } from './quantization';
import {
  activeFeatures,
  binOffsets,
  binWidth,
  categorySmoothing,
  columns,
  columnStride,
  featureList,
  histograms,
  histogramStride,
  l2Regularization,
  nFeatures,
  nSamples,
  orders,
  scratch,
} from './generated/growing-memory';

// The features that the tree may split on, and whether a node has a histogram or sorted samples of a feature.

export let nActive: i32 = 0;
/** L2 regularisation and the smoothing of categories, in quantised hessian units. */
export let l2: f64 = 0;
export let smoothing: f64 = 0;

export function setTreeConstants(newActive: i32): void {
  nActive = newActive;
  l2 = l2Regularization / hessianUnit;
  smoothing = (categorySmoothing * meanHessian) / hessianUnit;
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

/** To be called once for each fit. Uses `scratch`. */
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

/** Marks the bins in `scratch`. */
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
