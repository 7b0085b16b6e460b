import type { TreeConstants } from '../kernel.ts';
import { NODE_FLOATS, NODE_INTS, nodeFloat, nodeInt } from '../node-record.ts';
import type { FitViews } from './fit-views.ts';
import { createBestFirstFrontier, createDepthFirstFrontier } from './frontier.ts';
import { isBinLeft, partSamples } from './partition.ts';
import { findBestSplit, type Split } from './splitting.ts';

/** Grows one tree after the other. */
export interface Grower {
  readonly begin: (nSamples: number, constants: TreeConstants) => void;
  /** Splits the next node; returns how many samples it had, 0 when the tree is finished. */
  readonly splitNext: () => number;
  readonly countNodes: () => number;
  /** The Newton step of a node's samples, within its bounds. */
  readonly boundedValue: (node: number) => number;
}

/** Best-first (largest gain next) with a limit on leaves, depth-first without. */
export function createGrower(views: FitViews): Grower {
  const { layout, tree, constraints } = views;
  const { maxLeaves, maxDepth, minSamplesLeaf } = layout;
  const frontier =
    layout.isBestFirst === 1 ? createBestFirstFrontier(maxLeaves) : createDepthFirstFrontier(maxLeaves);
  let constants: TreeConstants = { nActive: 0, l2: 0, categorySmoothing: 0 };
  let nNodes = 0;
  let nLeaves = 0;

  const int = (node: number, field: keyof typeof nodeInt) => tree.ints[node * NODE_INTS + nodeInt[field]];
  const float = (node: number, field: keyof typeof nodeFloat) =>
    tree.floats[node * NODE_FLOATS + nodeFloat[field]];

  function setInt(node: number, field: keyof typeof nodeInt, value: number): void {
    tree.ints[node * NODE_INTS + nodeInt[field]] = value;
  }

  function setFloat(node: number, field: keyof typeof nodeFloat, value: number): void {
    tree.floats[node * NODE_FLOATS + nodeFloat[field]] = value;
  }

  function setSums(node: number, gradients: number, hessians: number): void {
    setFloat(node, 'sumGradients', gradients);
    setFloat(node, 'sumHessians', hessians);
  }

  function setBounds(node: number, lower: number, upper: number): void {
    setFloat(node, 'lowerBound', lower);
    setFloat(node, 'upperBound', upper);
  }

  function begin(nSamples: number, newConstants: TreeConstants): void {
    constants = newConstants;
    frontier.clear();
    nLeaves = 1;
    nNodes = 1;
    addNode(0, 0, 0, nSamples);
    const { indices, gradients, hessians } = views;
    let sumGradients = 0;
    let sumHessians = 0;
    for (const sample of indices.subarray(0, nSamples)) {
      sumGradients += gradients[sample];
      sumHessians += hessians ? hessians[sample] : 1;
    }
    setSums(0, sumGradients, sumHessians);
    setBounds(0, -Infinity, Infinity);
    search(0);
  }

  function addNode(node: number, depth: number, start: number, end: number): void {
    setInt(node, 'depth', depth);
    setInt(node, 'start', start);
    setInt(node, 'end', end);
    setInt(node, 'slot', -1);
    setInt(node, 'leftChild', 0);
    setFloat(node, 'gain', 0);
  }

  function canSplit(node: number): boolean {
    return int(node, 'depth') < maxDepth && int(node, 'end') - int(node, 'start') >= 2 * minSamplesLeaf;
  }

  /** Puts the node on the frontier if any split gains. */
  function search(node: number): void {
    if (!canSplit(node)) return;
    const totals = {
      start: int(node, 'start'),
      end: int(node, 'end'),
      sumGradients: float(node, 'sumGradients'),
      sumHessians: float(node, 'sumHessians'),
      lowerBound: float(node, 'lowerBound'),
      upperBound: float(node, 'upperBound'),
    };
    const split = findBestSplit(views, totals, constants);
    if (!split) return;
    keepSplit(node, split);
    frontier.push(node, split.gain);
  }

  function keepSplit(node: number, { gain, feature, left, isMissingLeft, cut }: Split): void {
    const isLeftLarger = 2 * left.count >= int(node, 'end') - int(node, 'start');
    setFloat(node, 'gain', gain);
    setFloat(node, 'leftGradients', left.gradients);
    setFloat(node, 'leftHessians', left.hessians);
    setInt(node, 'feature', feature);
    // Missing values that the node never saw follow the majority, and so do absent categories.
    setInt(node, 'missingLeft', Number(isMissingLeft ?? isLeftLarger));
    setInt(node, 'isCategorical', 'bin' in cut ? 0 : 1);
    if ('bin' in cut) {
      setInt(node, 'splitBin', findMiddleBin(views.thresholds[feature], cut.bin, cut.nextBin));
      return;
    }
    const set = node * NODE_INTS + nodeInt.categorySet;
    tree.ints.fill(0, set, set + 8);
    for (let bin = 0; bin < 256; bin++) {
      const isLeft = cut.left.has(bin) || (isLeftLarger && !cut.present.has(bin));
      if (isLeft) tree.ints[set + (bin >> 5)] |= 1 << (bin & 31);
    }
  }

  function splitNext(): number {
    const node = nLeaves < maxLeaves ? frontier.pop() : -1;
    if (node === -1) return 0;
    const start = int(node, 'start');
    const end = int(node, 'end');
    const feature = int(node, 'feature');
    const column = views.columns[feature];
    const missing = views.binCounts[feature];
    const isLeft = (sample: number): boolean => isBinLeft(tree, node, column[sample], missing);
    const middle = start + partSamples(views.indices, start, end, isLeft);
    const left = nNodes;
    nNodes += 2;
    nLeaves += 1;
    setInt(node, 'leftChild', left);
    addNode(left, int(node, 'depth') + 1, start, middle);
    addNode(left + 1, int(node, 'depth') + 1, middle, end);
    contributionSums(node, left, left + 1);
    if (nLeaves < maxLeaves) {
      const isLeftSmaller = middle - start <= end - middle;
      search(isLeftSmaller ? left + 1 : left);
      search(isLeftSmaller ? left : left + 1);
    }
    return end - start;
  }

  function contributionSums(node: number, left: number, right: number): void {
    const gradients = float(node, 'leftGradients');
    const hessians = float(node, 'leftHessians');
    setSums(left, gradients, hessians);
    setSums(right, float(node, 'sumGradients') - gradients, float(node, 'sumHessians') - hessians);
    const lower = float(node, 'lowerBound');
    const upper = float(node, 'upperBound');
    setBounds(left, lower, upper);
    setBounds(right, lower, upper);
    // Below a constrained split the children may not pass the middle of their values.
    const constraint = constraints[int(node, 'feature')];
    if (constraint === 0) return;
    const middle = (boundedValue(left) + boundedValue(right)) / 2;
    setFloat(constraint > 0 ? left : right, 'upperBound', middle);
    setFloat(constraint > 0 ? right : left, 'lowerBound', middle);
  }

  function boundedValue(node: number): number {
    const value = -float(node, 'sumGradients') / (float(node, 'sumHessians') + constants.l2);
    return Math.max(float(node, 'lowerBound'), Math.min(float(node, 'upperBound'), value));
  }

  return { begin, splitNext, countNodes: () => nNodes, boundedValue };
}

/**
 * The bin whose upper bound is nearest above the middle of the gap between two neighbouring bins with
 * samples: values that the node has not seen are shared between its children, as an exact split would.
 */
function findMiddleBin(thresholds: Float64Array, bin: number, nextBin: number): number {
  if (nextBin <= bin + 1 || nextBin > thresholds.length) return bin;
  const middle = thresholds[bin] / 2 + thresholds[nextBin - 1] / 2;
  return bin + thresholds.subarray(bin, nextBin - 1).filter((bound) => bound < middle).length;
}
