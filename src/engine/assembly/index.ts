// What the engine calls (`kernel/kernel.ts`).
import { setSortedLimits } from './features';
import { readMap } from './generated/growing-memory';
import { resetDelta, writeGradients } from './loss';
import { quantizeGradients } from './quantization';
import { forgetRoot } from './sorted-splitting';

export { readMap as bindBinning } from './generated/binning-memory';
export { binNumbers, sortNumbers } from './binning';

/** Takes on the fit whose map is written. */
export function bindGrowing(): void {
  readMap();
  setSortedLimits();
  resetDelta();
  forgetRoot();
}

/** Writes and quantises the gradients (and hessians) of all samples; returns their mean loss. */
export function computeGradients(): f64 {
  const meanLoss = writeGradients();
  quantizeGradients();
  return meanLoss;
}

export { prepareBins } from './histogram';
export { computeValidationLoss } from './loss';
export { gradientUnit, hessianUnit } from './quantization';
export { beginTree, finishTree, growTree } from './grower';
export { nNodes } from './tree';

export { readMap as bindPrediction } from './generated/prediction-memory';
export { addTrees, findLeaves } from './predictor';
