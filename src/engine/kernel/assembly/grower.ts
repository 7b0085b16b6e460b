import { clearFrontier, popNode, pushNode } from './frontier';
import { buildHistogram, subtractHistogram } from './histogram';
import { searchHistogram } from './histogram-search';
import {
  activeFeature,
  constraints,
  freeSlots,
  gradients,
  hessians,
  isConstrained,
  isSorted,
  maxDepth,
  maxLeaves,
  minSamplesLeaf,
  mostSorted,
  nActive,
  nSlots,
  setTreeConstants,
  sumUnsorted,
} from './layout';
import { boundedValue } from './leaf-values';
import { partitionCategories, partitionNumbers } from './partition';
import { sumQuantized } from './quantize';
import { extraBin, markBinsLeft } from './routing';
import { partOrders, partOrdersByCategory, searchSorted, sortFeatures, sortRoot } from './sorted-features';
import { beginSearch, endSearch } from './splitting';
import {
  buildHistogramTogether,
  partitionCategoriesTogether,
  partitionNumbersTogether,
} from './team-imports';
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
  nNodes,
  nodeAt,
  setNodeCount,
  SLOT,
  SPLIT_BIN,
  START,
  SUM_GRADIENTS,
  SUM_HESSIANS,
  UPPER_BOUND,
} from './tree';

// Grows one tree as `scalar/grower.ts` does. The histogram of the smaller child is built, that of the larger one is
// the parent's minus it. Of features with more bins than it has samples, a node has its samples sorted instead.

let nLeaves: i32 = 0;
let nFreeSlots: i32 = 0;

/** Begins a tree on samples `indices[0 … nBagged)` and the first `newActive` active features. */
export function beginTree(nBagged: i32, newActive: i32, newL2: f64, newSmoothing: f64): void {
  setTreeConstants(newActive, newL2, newSmoothing);
  clearFrontier();
  nFreeSlots = 0;
  for (let slot = nSlots - 1; slot >= 0; slot--) freeSlot(slot);
  nLeaves = 1;
  setNodeCount(1);
  setNode(0, 0, 0, nBagged);
  const root = nodeAt(0);
  store<f64>(root, sumQuantized(gradients, nBagged), SUM_GRADIENTS);
  store<f64>(root, hessians == 0 ? f64(nBagged) : sumQuantized(hessians, nBagged), SUM_HESSIANS);
  store<f64>(root, -Infinity, LOWER_BOUND);
  store<f64>(root, Infinity, UPPER_BOUND);
  if (!canSplit(0)) return;
  sortRoot(nBagged);
  sumUnsorted(nBagged);
  const slot = takeSlot();
  build(0, nBagged, slot);
  search(0, slot);
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
  const middle = start + part(at, start, end);
  const left = nNodes;
  setNodeCount(left + 2);
  nLeaves += 1;
  store<i32>(at, left, LEFT_CHILD);
  setNode(left, load<i32>(at, DEPTH) + 1, start, middle);
  setNode(left + 1, load<i32>(at, DEPTH) + 1, middle, end);
  shareSums(at, nodeAt(left), nodeAt(left + 1));
  const isLeftSmaller = middle - start <= end - middle;
  searchChildren(at, isLeftSmaller ? left : left + 1, isLeftSmaller ? left + 1 : left);
}

@inline
function part(node: usize, start: i32, end: i32): i32 {
  const feature = load<i32>(node, FEATURE);
  if (load<i32>(node, IS_CATEGORICAL) != 0) {
    markBinsLeft(node);
    if (ASC_FEATURE_THREADS) return partitionCategoriesTogether(feature, start, end);
    return partitionCategories(feature, start, end);
  }
  if (ASC_FEATURE_THREADS) {
    return partitionNumbersTogether(feature, start, end, load<i32>(node, SPLIT_BIN), extraBin(node));
  }
  return partitionNumbers(feature, start, end, load<i32>(node, SPLIT_BIN), extraBin(node));
}

/** Hands the sorted features of a node down to its children. */
@inline
function partSorted(node: usize): void {
  const feature = load<i32>(node, FEATURE);
  const start = load<i32>(node, START);
  const end = load<i32>(node, END);
  if (end - start > mostSorted) return;
  if (load<i32>(node, IS_CATEGORICAL) != 0) partOrdersByCategory(feature, start, end);
  else partOrders(feature, start, end, load<i32>(node, SPLIT_BIN), extraBin(node));
}

@inline
function build(start: i32, end: i32, slot: i32): void {
  if (ASC_FEATURE_THREADS) buildHistogramTogether(start, end, slot);
  else buildHistogram(start, end, slot);
}

function shareSums(node: usize, left: usize, right: usize): void {
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

function searchChildren(node: usize, smaller: i32, larger: i32): void {
  const slot = load<i32>(node, SLOT);
  if (nLeaves == maxLeaves || !canSplit(larger)) {
    if (slot >= 0) freeSlot(slot);
    return;
  }
  sumUnsorted(count(larger));
  const smallerSlot = takeSlot();
  build(load<i32>(nodeAt(smaller), START), load<i32>(nodeAt(smaller), END), smallerSlot);
  let largerSlot = slot;
  if (slot >= 0) {
    subtractHistogram(slot, smallerSlot);
  } else {
    largerSlot = takeSlot();
    build(load<i32>(nodeAt(larger), START), load<i32>(nodeAt(larger), END), largerSlot);
  }
  partSorted(node);
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
