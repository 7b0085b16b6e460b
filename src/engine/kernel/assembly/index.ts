// What the engine calls. Memory is the instance's own; all arguments ending in an address are byte offsets.
import { bindLayout, setSortedLimits } from './layout';
import { setLoss } from './losses';
import { forgetRoot } from './sorted-features';

export function bind(source: usize, loss: i32, quantile: f64, scale: f64, delta: f64): void {
  bindLayout(source);
  setSortedLimits();
  setLoss(loss, quantile, scale, delta);
  forgetRoot();
}

export { binFloats, sortFloats } from './binning';
export { computeGradients, computeMeanLoss } from './losses';
export { findLargestMagnitude, quantize, resetIndices, sumMagnitudes } from './quantize';
export { addHistogram, buildHistogram, prepareBins } from './histogram';
export { partitionCategories, partitionNumbers } from './partition';
export { beginTree, growTree } from './grower';
export { renewLeafValues, setNodeValues } from './leaf-values';
export { routeSamples, updateRaw } from './routing';
export { bindLayout, setTreeConstants } from './layout';
export { nNodes } from './tree';
export { addTrees, findLeaves } from './prediction';
