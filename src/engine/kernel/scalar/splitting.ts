import type { KernelLayout, TreeConstants } from '../kernel.ts';
import { splitField } from '../split-record.ts';
import { scalarBinFields } from './histogram.ts';
import type { MemoryViews } from './memory-views.ts';

/** Totals of the node whose split is sought, in quantised units. */
export interface NodeTotals {
  readonly sumGradients: number;
  readonly sumHessians: number;
  readonly count: number;
  readonly lowerBound: number;
  readonly upperBound: number;
}

/** A split must beat its node's own score by this factor; below it a gain is rounding. */
const LEAST_RELATIVE_GAIN = 2 ** -40;

/**
 * The search for the best split of one node, as the field defines it: left-to-right scans of each
 * feature's histogram, once with missing values on the right and, where the node has any, once with
 * them on the left; categories in the order of their smoothed mean gradient (Fisher 1958).
 * Score of a side: ΣG² / (ΣH + l2). Ties go to the lowest feature, missing right first, lowest bin.
 */
export function createSplitFinder(
  views: MemoryViews,
  layout: KernelLayout,
): (slot: number, totals: NodeTotals, constants: TreeConstants) => number {
  const { i32, u32, f64 } = views;
  const hasHessians = layout.hessians !== 0;
  const nFields = scalarBinFields(hasHessians);
  const record = layout.splitRecord;
  const recordInts = record >> 2;
  const recordFloats = record >> 3;
  const order = new Int32Array(256);
  const keys = new Float64Array(256);

  let node: NodeTotals;
  let l2 = 0;
  let bestScore = 0;

  const gradientsAt = (at: number): number => f64[at];
  const countAt = (at: number): number => f64[at + 1];
  const hessiansAt = (at: number): number => f64[at + (hasHessians ? 2 : 1)];

  /** True when the split beats the best so far, which it then is. */
  function isBest(left: number, leftH: number, constraint: number): boolean {
    const right = node.sumGradients - left;
    const leftL2 = leftH + l2;
    const rightL2 = node.sumHessians - leftH + l2;
    if (!(leftL2 > 0) || !(rightL2 > 0)) return false;
    if (layout.isConstrained === 1) return isBestWithin(left, leftL2, right, rightL2, constraint);
    const score = (left * left * rightL2 + right * right * leftL2) / (leftL2 * rightL2);
    if (!(score > bestScore)) return false;
    bestScore = score;
    return true;
  }

  function isBestWithin(
    left: number,
    leftL2: number,
    right: number,
    rightL2: number,
    constraint: number,
  ): boolean {
    const leftValue = clip(-left / leftL2);
    const rightValue = clip(-right / rightL2);
    if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) {
      return false;
    }
    const score = scoreOfValue(left, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
    if (!(score > bestScore)) return false;
    bestScore = score;
    return true;
  }

  function clip(value: number): number {
    return Math.max(node.lowerBound, Math.min(node.upperBound, value));
  }

  function scoreOfValue(gradients: number, hessiansL2: number, value: number): number {
    return -(2 * gradients * value + hessiansL2 * value * value);
  }

  function scanNumbers(feature: number, first: number, nBins: number, missingLeft: boolean): void {
    const missing = first + nBins * nFields;
    let left = missingLeft ? gradientsAt(missing) : 0;
    let leftH = missingLeft ? hessiansAt(missing) : 0;
    let leftCount = missingLeft ? countAt(missing) : 0;
    const constraint = i32[(layout.constraints >> 2) + feature];
    for (let bin = 0; bin < nBins; bin++) {
      const at = first + bin * nFields;
      if (countAt(at) === 0) continue;
      left += gradientsAt(at);
      leftH += hessiansAt(at);
      leftCount += countAt(at);
      if (leftCount < layout.minSamplesLeaf) continue;
      if (node.count - leftCount < layout.minSamplesLeaf) return;
      if (isBest(left, leftH, constraint)) {
        keep(feature, left, leftH, leftCount);
        i32[recordInts + splitField.bin] = bin;
        i32[recordInts + splitField.missingLeft] = countAt(missing) === 0 ? -1 : missingLeft ? 1 : 0;
        i32[recordInts + splitField.isCategorical] = 0;
      }
    }
  }

  function scanCategories(feature: number, first: number, nBins: number, smoothing: number): void {
    let nSorted = 0;
    for (let bin = 0; bin <= nBins; bin++) {
      const at = first + bin * nFields;
      if (countAt(at) === 0 || countAt(at) < layout.minCategorySupport) continue;
      const key = gradientsAt(at) / (hessiansAt(at) + smoothing);
      let place = nSorted++;
      for (; place > 0 && keys[place - 1] > key; place--) {
        keys[place] = keys[place - 1];
        order[place] = order[place - 1];
      }
      keys[place] = key;
      order[place] = bin;
    }
    let left = 0;
    let leftH = 0;
    let leftCount = 0;
    let nBest = 0;
    for (let k = 0; k < nSorted; k++) {
      const at = first + order[k] * nFields;
      left += gradientsAt(at);
      leftH += hessiansAt(at);
      leftCount += countAt(at);
      if (leftCount < layout.minSamplesLeaf) continue;
      if (node.count - leftCount < layout.minSamplesLeaf) break;
      if (isBest(left, leftH, 0)) {
        keep(feature, left, leftH, leftCount);
        nBest = k + 1;
      }
    }
    if (nBest === 0) return;
    const set = recordInts + splitField.categorySet;
    const present = recordInts + splitField.presentSet;
    u32.fill(0, set, present + 8);
    for (let k = 0; k < nBest; k++) u32[set + (order[k] >> 5)] |= 1 << (order[k] & 31);
    for (let bin = 0; bin <= nBins; bin++) {
      if (countAt(first + bin * nFields) > 0) u32[present + (bin >> 5)] |= 1 << (bin & 31);
    }
    const isMissingLeft = (u32[set + (nBins >> 5)] >>> (nBins & 31)) & 1;
    i32[recordInts + splitField.bin] = 0;
    i32[recordInts + splitField.missingLeft] = countAt(first + nBins * nFields) === 0 ? -1 : isMissingLeft;
    i32[recordInts + splitField.isCategorical] = 1;
  }

  function keep(feature: number, left: number, leftH: number, leftCount: number): void {
    f64[recordFloats + splitField.leftGradients] = left;
    f64[recordFloats + splitField.leftHessians] = leftH;
    f64[recordFloats + splitField.leftCount] = leftCount;
    i32[recordInts + splitField.feature] = feature;
  }

  /** The next bin that has samples: the threshold may lie anywhere up to it. */
  function findNextBin(base: number): void {
    const feature = i32[recordInts + splitField.feature];
    const first = base + i32[(layout.binOffsets >> 2) + feature] * nFields;
    const nBins = i32[(layout.binOffsets >> 2) + feature + 1] - i32[(layout.binOffsets >> 2) + feature] - 1;
    let bin = i32[recordInts + splitField.bin] + 1;
    while (bin < nBins && countAt(first + bin * nFields) === 0) bin += 1;
    i32[recordInts + splitField.nextBin] = bin;
  }

  return (slot, totals, constants) => {
    node = totals;
    l2 = constants.l2;
    const parentL2 = totals.sumHessians + l2;
    const parentScore =
      layout.isConstrained === 0
        ? (totals.sumGradients * totals.sumGradients) / parentL2
        : scoreOfValue(totals.sumGradients, parentL2, clip(-totals.sumGradients / parentL2));
    const leastScore = parentScore + Math.abs(parentScore) * LEAST_RELATIVE_GAIN;
    bestScore = leastScore;
    const base = (layout.histograms + slot * layout.histogramStride) >> 3;
    for (let a = 0; a < constants.nActive; a++) {
      const feature = i32[(layout.activeFeatures >> 2) + a];
      const offset = i32[(layout.binOffsets >> 2) + feature];
      const nBins = i32[(layout.binOffsets >> 2) + feature + 1] - offset - 1;
      const first = base + offset * nFields;
      if (i32[(layout.isCategorical >> 2) + feature] === 1) {
        scanCategories(feature, first, nBins, constants.categorySmoothing);
      } else {
        scanNumbers(feature, first, nBins, false);
        if (countAt(first + nBins * nFields) > 0) scanNumbers(feature, first, nBins, true);
      }
    }
    if (!(bestScore > leastScore)) return 0;
    findNextBin(base);
    const gain = bestScore - parentScore;
    f64[recordFloats + splitField.gain] = gain;
    return gain;
  };
}
