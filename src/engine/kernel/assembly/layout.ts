// The fit this instance is bound to. `bind` reads the fields of `KernelLayout` in the order of `layoutFields`.

export let nSamples: i32 = 0;
export let nFeatures: i32 = 0;
export let binWidth: i32 = 1;
export let columns: usize = 0;
export let columnStride: usize = 0;
export let rows: usize = 0;
export let rowStride: usize = 0;
export let indices: usize = 0;
export let scratch: usize = 0;
export let raw: usize = 0;
export let gradients: usize = 0;
export let hessians: usize = 0;
export let binOffsets: usize = 0;
export let isCategorical: usize = 0;
export let constraints: usize = 0;
export let isConstrained: bool = false;
export let activeFeatures: usize = 0;
export let histograms: usize = 0;
export let histogramStride: usize = 0;
export let goesLeft: usize = 0;
export let splitRecord: usize = 0;
export let staging: usize = 0;
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
  raw = load<usize>(source, 36);
  gradients = load<usize>(source, 40);
  hessians = load<usize>(source, 44);
  binOffsets = load<usize>(source, 48);
  isCategorical = load<usize>(source, 52);
  constraints = load<usize>(source, 56);
  isConstrained = load<i32>(source, 60) != 0;
  activeFeatures = load<usize>(source, 64);
  histograms = load<usize>(source, 68);
  histogramStride = load<usize>(source, 72);
  goesLeft = load<usize>(source, 76);
  splitRecord = load<usize>(source, 80);
  staging = load<usize>(source, 84);
  countBits = i64(load<i32>(source, 88));
  minSamplesLeaf = f64(load<i32>(source, 92));
  minCategorySupport = f64(load<i32>(source, 96));
}

export function setTreeConstants(newActive: i32, newL2: f64, newSmoothing: f64): void {
  nActive = newActive;
  l2 = newL2;
  categorySmoothing = newSmoothing;
}

/** First bin of a feature within a histogram; of the feature after it = its end. */
@inline
export function binOffset(feature: i32): i32 {
  return load<i32>(binOffsets + (<usize>feature << 2));
}

@inline
export function activeFeature(place: i32): i32 {
  return load<i32>(activeFeatures + (<usize>place << 2));
}

@inline
export function slotAddress(slot: i32): usize {
  return histograms + <usize>slot * histogramStride;
}
