import type { BinnedFeatures } from './binning.ts';
import { createBestFirstFrontier, createDepthFirstFrontier } from './frontier.ts';
import { createGrownTree, isBinLeft, type GrownTree } from './grown-tree.ts';
import { splitField } from './kernel/split-record.ts';
import type { Units } from './quantization.ts';
import { MAX_DEPTH, type BoostingSettings } from './settings.ts';
import { CATEGORY_SET_WORDS } from './tree-ensemble.ts';
import type { Workspace } from './workspace.ts';

/** Categories are sorted by ΣG / (Σhessian + this many samples' worth): rare ones move to the middle (as in scikit-learn). */
const CATEGORY_SMOOTHING = 10;

/** Grows one tree after the other on the samples and features that the workspace names. */
export interface Grower {
  readonly tree: GrownTree;
  /** Puts the first `nSamples` of `indices` in the root. Gradients must be quantised. */
  readonly begin: (nSamples: number, nActive: number, units: Units) => void;
  /** Splits the next node; returns how many samples it had, 0 when the tree is finished. */
  readonly splitNext: () => number;
  /** Writes every node's value: the Newton step of its samples, within its bounds, times `learningRate`. */
  readonly setValues: (learningRate: number) => void;
}

/**
 * Best-first (largest gain next) with a limit on leaves, depth-first without. The histogram of the
 * smaller child is built, that of the larger one is the parent's minus it. Allocates nothing per tree.
 */
export function createGrower(
  workspace: Workspace,
  binned: BinnedFeatures,
  settings: BoostingSettings,
): Grower {
  const { kernel, recordFloats, recordInts, goesLeft } = workspace;
  const { maxLeaves } = workspace;
  const { nSlots } = workspace.layout;
  const { minSamplesLeaf } = settings;
  const maxDepth = settings.maxDepth ?? MAX_DEPTH;
  const constraints = settings.monotoneConstraints;
  const tree = createGrownTree(maxLeaves, binned);
  const frontier =
    settings.maxLeafNodes === null ? createDepthFirstFrontier(maxLeaves) : createBestFirstFrontier(maxLeaves);
  const freeSlots = new Int32Array(nSlots);
  let nFreeSlots = 0;
  let nLeaves = 1;
  let l2 = 0;
  let valueUnit = 1;

  function begin(nSamples: number, nActive: number, units: Units): void {
    l2 = settings.l2Regularization / units.hessian;
    valueUnit = units.gradient / units.hessian;
    kernel.beginTree({
      nActive,
      l2,
      categorySmoothing: (CATEGORY_SMOOTHING * units.meanHessian) / units.hessian,
    });
    frontier.clear();
    nFreeSlots = nSlots;
    for (let slot = 0; slot < nSlots; slot++) freeSlots[slot] = nSlots - 1 - slot;
    nLeaves = 1;
    tree.nNodes = 1;
    setNode(0, 0, 0, nSamples);
    sumRoot(nSamples);
    tree.lowerBound[0] = -Infinity;
    tree.upperBound[0] = Infinity;
    if (canSplit(0)) {
      const slot = freeSlots[--nFreeSlots];
      kernel.buildHistogram(0, nSamples, slot);
      findSplit(0, slot);
    }
  }

  function setNode(node: number, depth: number, start: number, end: number): void {
    tree.depth[node] = depth;
    tree.start[node] = start;
    tree.end[node] = end;
    tree.leftChild[node] = 0;
    tree.gain[node] = 0;
    tree.slot[node] = -1;
    tree.count[node] = end - start;
  }

  function sumRoot(nSamples: number): void {
    const { gradients, hessians } = workspace.layout;
    tree.sumGradients[0] = kernel.sumQuantized(gradients, nSamples);
    tree.sumHessians[0] = hessians === 0 ? nSamples : kernel.sumQuantized(hessians, nSamples);
  }

  function canSplit(node: number): boolean {
    return tree.depth[node] < maxDepth && tree.count[node] >= 2 * minSamplesLeaf;
  }

  /** Puts the node on the frontier if any split gains; else gives its slot back. */
  function findSplit(node: number, slot: number): void {
    const gain = kernel.findBestSplit(
      slot,
      tree.start[node],
      tree.end[node],
      tree.sumGradients[node],
      tree.sumHessians[node],
      tree.lowerBound[node],
      tree.upperBound[node],
    );
    if (gain > 0) {
      readSplit(node, gain);
      tree.slot[node] = slot;
      // Two slots stay free for the children of whatever is split next; a node without one builds anew.
      if (nFreeSlots < 2) releaseSlot(node);
      frontier.push(node, gain);
    } else {
      freeSlots[nFreeSlots++] = slot;
    }
  }

  function releaseSlot(node: number): void {
    freeSlots[nFreeSlots++] = tree.slot[node];
    tree.slot[node] = -1;
  }

  function readSplit(node: number, gain: number): void {
    const feature = recordInts[splitField.feature];
    const leftCount = recordFloats[splitField.leftCount];
    const missingLeft = recordInts[splitField.missingLeft];
    const isLeftLarger = 2 * leftCount >= tree.count[node];
    tree.gain[node] = gain;
    tree.feature[node] = feature;
    tree.leftGradients[node] = recordFloats[splitField.leftGradients];
    tree.leftHessians[node] = recordFloats[splitField.leftHessians];
    tree.leftCount[node] = leftCount;
    // Missing values that the node never saw follow the majority, and so do absent categories.
    tree.isMissingLeft[node] = missingLeft === -1 ? Number(isLeftLarger) : missingLeft;
    tree.isCategorical[node] = recordInts[splitField.isCategorical];
    if (tree.isCategorical[node] === 1) {
      for (let word = 0; word < CATEGORY_SET_WORDS; word++) {
        const left = recordInts[splitField.categorySet + word];
        const absent = ~recordInts[splitField.presentSet + word];
        tree.categorySets[node * CATEGORY_SET_WORDS + word] = isLeftLarger ? left | absent : left;
      }
    } else {
      const bin = recordInts[splitField.bin];
      tree.splitBin[node] = findMiddleBin(binned.thresholds[feature], bin, recordInts[splitField.nextBin]);
    }
  }

  function splitNext(): number {
    const node = nLeaves < maxLeaves ? frontier.pop() : -1;
    if (node === -1) return 0;
    const start = tree.start[node];
    const end = tree.end[node];
    const middle = start + partition(node, start, end);
    nLeaves += 1;
    addChildren(node, middle);
    if (nLeaves < maxLeaves) findChildSplits(node, tree.leftChild[node]);
    else if (tree.slot[node] >= 0) releaseSlot(node);
    return end - start;
  }

  function partition(node: number, start: number, end: number): number {
    const feature = tree.feature[node];
    const missingBin = binned.binCounts[feature];
    if (tree.isCategorical[node] === 0) {
      const extraBin = tree.isMissingLeft[node] === 1 ? missingBin : -1;
      return kernel.partitionNumbers(feature, start, end, tree.splitBin[node], extraBin);
    }
    for (let bin = 0; bin <= missingBin; bin++) goesLeft[bin] = isBinLeft(tree, node, bin, missingBin);
    return kernel.partitionCategories(feature, start, end);
  }

  function addChildren(node: number, middle: number): void {
    const left = tree.nNodes;
    const right = left + 1;
    tree.nNodes += 2;
    tree.leftChild[node] = left;
    setNode(left, tree.depth[node] + 1, tree.start[node], middle);
    setNode(right, tree.depth[node] + 1, middle, tree.end[node]);
    tree.sumGradients[left] = tree.leftGradients[node];
    tree.sumGradients[right] = tree.sumGradients[node] - tree.leftGradients[node];
    tree.sumHessians[left] = tree.leftHessians[node];
    tree.sumHessians[right] = tree.sumHessians[node] - tree.leftHessians[node];
    setBounds(node, left, right);
  }

  /** Below a constrained split the children may not pass the middle of their values. */
  function setBounds(node: number, left: number, right: number): void {
    const lower = tree.lowerBound[node];
    const upper = tree.upperBound[node];
    tree.lowerBound[left] = lower;
    tree.lowerBound[right] = lower;
    tree.upperBound[left] = upper;
    tree.upperBound[right] = upper;
    const constraint = constraints?.[tree.feature[node]] ?? 0;
    if (constraint === 0) return;
    const middle = (boundedValue(left) + boundedValue(right)) / 2;
    const low = constraint > 0 ? left : right;
    const high = constraint > 0 ? right : left;
    tree.upperBound[low] = middle;
    tree.lowerBound[high] = middle;
  }

  function boundedValue(node: number): number {
    const value = -tree.sumGradients[node] / (tree.sumHessians[node] + l2);
    return Math.max(tree.lowerBound[node], Math.min(tree.upperBound[node], value));
  }

  function findChildSplits(node: number, left: number): void {
    const right = left + 1;
    const smaller = tree.count[left] <= tree.count[right] ? left : right;
    const larger = smaller === left ? right : left;
    const parentSlot = tree.slot[node];
    if (!canSplit(larger)) {
      if (parentSlot >= 0) releaseSlot(node);
      return;
    }
    const smallerSlot = freeSlots[--nFreeSlots];
    kernel.buildHistogram(tree.start[smaller], tree.end[smaller], smallerSlot);
    let largerSlot = parentSlot;
    if (parentSlot >= 0) {
      kernel.subtractHistogram(parentSlot, smallerSlot);
    } else {
      largerSlot = freeSlots[--nFreeSlots];
      kernel.buildHistogram(tree.start[larger], tree.end[larger], largerSlot);
    }
    findSplit(larger, largerSlot);
    if (canSplit(smaller)) findSplit(smaller, smallerSlot);
    else freeSlots[nFreeSlots++] = smallerSlot;
  }

  function setValues(learningRate: number): void {
    for (let node = 0; node < tree.nNodes; node++) {
      tree.value[node] = boundedValue(node) * valueUnit * learningRate;
    }
  }

  return { tree, begin, splitNext, setValues };
}

/**
 * The bin whose upper bound is nearest above the middle of the gap between two neighbouring bins with
 * samples: values that the node has not seen are shared between its children, as an exact split would.
 */
function findMiddleBin(thresholds: Float64Array, bin: number, nextBin: number): number {
  if (nextBin <= bin + 1 || nextBin > thresholds.length) return bin;
  const middle = thresholds[bin] / 2 + thresholds[nextBin - 1] / 2;
  let low = bin;
  let high = nextBin - 1;
  while (low < high) {
    const half = (low + high) >> 1;
    if (thresholds[half] >= middle) high = half;
    else low = half + 1;
  }
  return low;
}
