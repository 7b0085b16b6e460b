import { clearFrontier, popNode, pushNode } from './frontier';
import { buildHistogram, subtractHistogram } from './histogram';
import { searchHistogram } from './histogram-splitting';
import { activeFeature, isSorted, mostSorted, nActive, setTreeConstants, sumUnsorted } from './features';
import {
  columns,
  columnStride,
  constraints,
  freeSlots,
  gradients,
  hessians,
  HUBER,
  indices,
  isConstrained,
  loss,
  maxDepth,
  maxLeaves,
  minSamplesLeaf,
  nSamples,
  nSlots,
  nValidation,
  PINBALL,
  scratch,
} from './generated/growing-memory';
import { boundedValue, renewLeafValues, setNodeValues } from './leaf-values';
import { partitionByCategory, partitionByNumber } from './partition';
import { gradientUnit, hessianUnit, sumQuantized } from './quantization';
import { extraBin, markBinsLeft, updateRaw, updateValidationRaw } from './routing';
import { partitionOrdersByNumber, partitionOrdersByCategory, searchSorted, sortFeatures, sortRoot } from './sorted-splitting';
import { beginSearch, endSearch } from './splitting';
import {
  DEPTH,
  END,
  FEATURE,
  GAIN,
  IS_CATEGORICAL,
  LEFT_CHILD,
  LEFT_GRADIENTS,
  LEFT_HESSIANS,
  LOWER_BOUND,
  SLOT,
  SPLIT_BIN,
  START,
  SUM_GRADIENTS,
  SUM_HESSIANS,
  UPPER_BOUND,
} from './generated/node-record';
import { nNodes, nodeAt, setNodeCount } from './tree';

// Grows one tree. The histogram of the smaller child is built, that of the larger one is the parent's minus it. By
// features with more bins than it has samples, a node has its samples sorted instead.

let nBagged: i32 = 0;
let nLeaves: i32 = 0;
let nFreeSlots: i32 = 0;

/**
 * Begins a tree on samples `indices[0 … newBagged)`, all of them in their order where they are as many, and the first
 * `newActive` active features. Finds the root's best split.
 */
export function beginTree(newBagged: i32, newActive: i32): void {
  nBagged = newBagged;
  setTreeConstants(newActive);
  clearFrontier();
  nFreeSlots = 0;
  for (let slot = nSlots - 1; slot >= 0; slot--) freeSlot(slot);
  nLeaves = 1;
  setNodeCount(1);
  setNode(0, 0, 0, nBagged);
  if (nBagged == nSamples) resetIndices();
  const root = nodeAt(0);
  store<f64>(root, sumQuantized(gradients, nBagged), SUM_GRADIENTS);
  store<f64>(root, hessians == 0 ? f64(nBagged) : sumQuantized(hessians, nBagged), SUM_HESSIANS);
  store<f64>(root, -Infinity, LOWER_BOUND);
  store<f64>(root, Infinity, UPPER_BOUND);
  if (!canSplit(0)) return;
  sortRoot(nBagged);
  sumUnsorted(nBagged);
  const slot = takeSlot();
  buildHistogram(0, nBagged, slot);
  search(0, slot);
}

function resetIndices(): void {
  const stop = indices + (<usize>nSamples << 2);
  let at = indices;
  for (let four = i32x4(0, 1, 2, 3); at + 16 <= stop; at += 16) {
    v128.store(at, four);
    four = i32x4.add(four, i32x4.splat(4));
  }
  for (; at < stop; at += 4) store<u32>(at, u32((at - indices) >> 2));
}

/** Splits nodes until about `mostWork` bins have been looked up; true when the tree is finished. */
export function growTree(mostWork: f64): bool {
  let work: f64 = 0;
  while (work < mostWork) {
    const node = nLeaves < maxLeaves ? popNode() : -1;
    if (node == -1) return true;
    work += f64(count(node)) * f64(nActive);
    splitNode(node);
  }
  return false;
}

/** Values the finished tree's nodes and adds them to the raw predictions of all samples. */
export function finishTree(): void {
  setNodeValues(gradientUnit / hessianUnit);
  if (loss == PINBALL || loss == HUBER) renewLeafValues();
  updateRaw(nBagged);
  if (nValidation > 0) updateValidationRaw();
}

@inline
function count(node: i32): i32 {
  return load<i32>(nodeAt(node), END) - load<i32>(nodeAt(node), START);
}

@inline
function freeSlot(slot: i32): void {
  store<i32>(freeSlots + (<usize>nFreeSlots << 2), slot);
  nFreeSlots += 1;
}

@inline
function takeSlot(): i32 {
  nFreeSlots -= 1;
  return load<i32>(freeSlots + (<usize>nFreeSlots << 2));
}

function setNode(node: i32, depth: i32, start: i32, end: i32): void {
  const at = nodeAt(node);
  store<i32>(at, depth, DEPTH);
  store<i32>(at, start, START);
  store<i32>(at, end, END);
  store<i32>(at, -1, SLOT);
  store<i32>(at, 0, LEFT_CHILD);
  store<f64>(at, 0, GAIN);
}

@inline
function canSplit(node: i32): bool {
  return load<i32>(nodeAt(node), DEPTH) < maxDepth && f64(count(node)) >= 2 * minSamplesLeaf;
}

/** Puts the node on the frontier if any split gains, with its histogram while that may help its children. */
function search(node: i32, slot: i32): void {
  const at = nodeAt(node);
  const start = load<i32>(at, START);
  const end = load<i32>(at, END);
  beginSearch(at);
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    if (isSorted(feature, end - start)) searchSorted(feature, start, end);
    else searchHistogram(slot, feature);
  }
  if (!endSearch(at)) {
    freeSlot(slot);
    return;
  }
  // Two slots stay free for the children of whatever is split next; a node without one builds anew.
  if (nFreeSlots >= 2) store<i32>(at, slot, SLOT);
  else freeSlot(slot);
  pushNode(node);
}

function splitNode(node: i32): void {
  const at = nodeAt(node);
  const start = load<i32>(at, START);
  const end = load<i32>(at, END);
  const middle = start + partitionNode(at, start, end);
  const left = nNodes;
  setNodeCount(left + 2);
  nLeaves += 1;
  store<i32>(at, left, LEFT_CHILD);
  setNode(left, load<i32>(at, DEPTH) + 1, start, middle);
  setNode(left + 1, load<i32>(at, DEPTH) + 1, middle, end);
  setSumsAndBounds(at, nodeAt(left), nodeAt(left + 1));
  const isLeftSmaller = middle - start <= end - middle;
  searchChildren(at, isLeftSmaller ? left : left + 1, isLeftSmaller ? left + 1 : left);
}

/** Puts the samples that go left first; returns how many they are. */
@inline
function partitionNode(node: usize, start: i32, end: i32): i32 {
  const column = columns + <usize>load<i32>(node, FEATURE) * columnStride;
  if (load<i32>(node, IS_CATEGORICAL) != 0) {
    markBinsLeft(node);
    return partitionByCategory(column, indices, scratch, start, end);
  }
  return partitionByNumber(column, indices, scratch, start, end, load<i32>(node, SPLIT_BIN), extraBin(node));
}

/** Partitions the sorted samples of a node between its children, feature by feature. */
@inline
function partitionOrders(node: usize): void {
  const feature = load<i32>(node, FEATURE);
  const start = load<i32>(node, START);
  const end = load<i32>(node, END);
  if (end - start > mostSorted) return;
  if (load<i32>(node, IS_CATEGORICAL) != 0) partitionOrdersByCategory(feature, start, end);
  else partitionOrdersByNumber(feature, start, end, load<i32>(node, SPLIT_BIN), extraBin(node));
}

/** Gives the children their sums and bounds. */
function setSumsAndBounds(node: usize, left: usize, right: usize): void {
  const leftGradients = load<f64>(node, LEFT_GRADIENTS);
  const leftHessians = load<f64>(node, LEFT_HESSIANS);
  store<f64>(left, leftGradients, SUM_GRADIENTS);
  store<f64>(right, load<f64>(node, SUM_GRADIENTS) - leftGradients, SUM_GRADIENTS);
  store<f64>(left, leftHessians, SUM_HESSIANS);
  store<f64>(right, load<f64>(node, SUM_HESSIANS) - leftHessians, SUM_HESSIANS);
  const lower = load<f64>(node, LOWER_BOUND);
  const upper = load<f64>(node, UPPER_BOUND);
  store<f64>(left, lower, LOWER_BOUND);
  store<f64>(right, lower, LOWER_BOUND);
  store<f64>(left, upper, UPPER_BOUND);
  store<f64>(right, upper, UPPER_BOUND);
  if (!isConstrained) return;
  // Below a constrained split the children may not pass the middle of their values.
  const constraint = load<i32>(constraints + (<usize>load<i32>(node, FEATURE) << 2));
  if (constraint == 0) return;
  const middle = (boundedValue(left) + boundedValue(right)) / 2;
  store<f64>(constraint > 0 ? left : right, middle, UPPER_BOUND);
  store<f64>(constraint > 0 ? right : left, middle, LOWER_BOUND);
}

/** Builds the children's histograms, sorts their samples where they are few, and searches both. */
function searchChildren(node: usize, smaller: i32, larger: i32): void {
  const slot = load<i32>(node, SLOT);
  if (nLeaves == maxLeaves || !canSplit(larger)) {
    if (slot >= 0) freeSlot(slot);
    return;
  }
  sumUnsorted(count(larger));
  const smallerSlot = takeSlot();
  buildHistogram(load<i32>(nodeAt(smaller), START), load<i32>(nodeAt(smaller), END), smallerSlot);
  let largerSlot = slot;
  if (slot >= 0) {
    subtractHistogram(slot, smallerSlot);
  } else {
    largerSlot = takeSlot();
    buildHistogram(load<i32>(nodeAt(larger), START), load<i32>(nodeAt(larger), END), largerSlot);
  }
  partitionOrders(node);
  const n = load<i32>(node, END) - load<i32>(node, START);
  sortFeatures(load<i32>(nodeAt(larger), START), load<i32>(nodeAt(larger), END), n);
  search(larger, largerSlot);
  if (!canSplit(smaller)) {
    freeSlot(smallerSlot);
    return;
  }
  sortFeatures(load<i32>(nodeAt(smaller), START), load<i32>(nodeAt(smaller), END), n);
  search(smaller, smallerSlot);
}
