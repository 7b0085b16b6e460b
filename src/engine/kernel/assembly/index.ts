// What the engine calls. Memory is the instance's own; all arguments ending in an address are byte offsets.
import { bindLayout, setTreeConstants } from './layout';

export function bind(source: usize): void {
  bindLayout(source);
}

export function beginTree(nActive: i32, l2: f64, categorySmoothing: f64): void {
  setTreeConstants(nActive, l2, categorySmoothing);
}

export { binFloats, sortFloats } from './binning';
export { findLargestMagnitude, quantize, resetIndices, sumMagnitudes, sumQuantized } from './quantize';
export { addHistogram, buildHistogram, prepareBins, subtractHistogram } from './histogram';
export { findBestSplit } from './splitting';
export { addTrees, findLeaves } from './prediction';
export { addToRaw, partitionCategories, partitionNumbers } from './partition';
