import { binCount, binOffset, l2 } from './features';
import { constraints, isConstrained, minSamplesLeaf, staging, thresholds } from './generated/growing-memory';
import {
  CATEGORY_SET,
  END,
  FEATURE,
  GAIN,
  IS_CATEGORICAL,
  LEFT_GRADIENTS,
  LEFT_HESSIANS,
  LOWER_BOUND,
  MISSING_LEFT,
  SPLIT_BIN,
  START,
  SUM_GRADIENTS,
  SUM_HESSIANS,
  UPPER_BOUND,
} from './generated/node-record';

// The search for the best split of a node. Formulas are those of `testing/oracle/splitting.ts`, term by term.
//
// The sums on the left of each split are running sums over the bins that have samples: 16 bytes each (gradients, count),
// or 32 where hessians are not all 1 (gradients, hessians, count, 0). All are integers below 2^51, so that floats hold
// them exactly. `Sums` is u8 for the first kind, u16 for the second: a compile-time switch.

/** A split must beat its node's own score by this factor; below it a gain is rounding. */
const LEAST_RELATIVE_GAIN: f64 = 1.0 / 1099511627776.0;

/** Running sums that are searched at a time. */
export const MOST_SUMS: i32 = 1024;

// Within the staging room: running sums, the bins that they are of (u16), and sets of categories that go left and that
// have samples.
const SUMS: usize = 0;
const BINS: usize = SUMS + 32 * (MOST_SUMS + 1);
const LEFT_SET: usize = BINS + 2 * (MOST_SUMS + 8);
const PRESENT_SET: usize = LEFT_SET + 32;
/** What follows is free. */
export const SEARCH_END: usize = PRESENT_SET + 32;

/** Bytes of one running sum. */
@inline
export function strideOf<Sums>(): usize {
  return sizeof<Sums>() == 1 ? 16 : 32;
}

@inline
export function sumsRoom(): usize {
  return staging + SUMS;
}

@inline
export function binsRoom(): usize {
  return staging + BINS;
}

@inline
export function leftSet(): usize {
  return staging + LEFT_SET;
}

@inline
export function presentSet(): usize {
  return staging + PRESENT_SET;
}

@inline
export function binAt(place: i32): i32 {
  return i32(load<u16>(staging + BINS + (<usize>place << 1)));
}

/** Writes a running sum. `hessians` is ignored where all are 1. */
@inline
export function storeSums<Sums>(at: usize, gradients: f64, hessians: f64, count: f64): void {
  const second = sizeof<Sums>() == 1 ? count : hessians;
  v128.store(at, f64x2.replace_lane(f64x2.splat(second), 0, gradients));
  if (sizeof<Sums>() == 2) v128.store(at, f64x2.replace_lane(f64x2.splat(0), 0, count), 16);
}

// The node being searched.
let nodeGradients: f64 = 0;
let nodeHessians: f64 = 0;
export let nodeCount: f64 = 0;
let lowerBound: f64 = 0;
let upperBound: f64 = 0;
let parentScore: f64 = 0;
let leastScore: f64 = 0;

// Its best split so far. A score is ΣG² / (ΣH + l2), summed over both sides.
let bestScore: f64 = 0;
let bestFeature: i32 = 0;
let bestGradients: f64 = 0;
let bestHessians: f64 = 0;
let bestCount: f64 = 0;
/** 1, 0, or −1 where the node has no missing value. */
let bestMissingLeft: i32 = 0;
let bestIsCategorical: bool = false;
let bestBin: i32 = 0;
/** The next bin that has samples: the threshold may lie anywhere up to it. */
let bestNextBin: i32 = 0;

@inline
function clip(value: f64): f64 {
  return max(lowerBound, min(upperBound, value));
}

@inline
function scoreOfValue(sum: f64, hessianL2: f64, value: f64): f64 {
  return -(2 * sum * value + hessianL2 * value * value);
}

/** Begins the search for the best split of a node. */
export function beginSearch(node: usize): void {
  nodeGradients = load<f64>(node, SUM_GRADIENTS);
  nodeHessians = load<f64>(node, SUM_HESSIANS);
  nodeCount = f64(load<i32>(node, END) - load<i32>(node, START));
  lowerBound = load<f64>(node, LOWER_BOUND);
  upperBound = load<f64>(node, UPPER_BOUND);
  const parentL2 = nodeHessians + l2;
  parentScore = isConstrained
    ? scoreOfValue(nodeGradients, parentL2, clip(-nodeGradients / parentL2))
    : (nodeGradients * nodeGradients) / parentL2;
  leastScore = parentScore + abs(parentScore) * LEAST_RELATIVE_GAIN;
  bestScore = leastScore;
}

/** Writes the best split to the node; false where none gains. */
export function endSearch(node: usize): bool {
  if (!(bestScore > leastScore)) return false;
  const isLeftLarger = 2 * bestCount >= nodeCount;
  store<f64>(node, bestScore - parentScore, GAIN);
  store<i32>(node, bestFeature, FEATURE);
  store<f64>(node, bestGradients, LEFT_GRADIENTS);
  store<f64>(node, bestHessians, LEFT_HESSIANS);
  // Missing values that the node never saw follow the majority, and so do absent categories.
  store<i32>(node, bestMissingLeft == -1 ? i32(isLeftLarger) : bestMissingLeft, MISSING_LEFT);
  store<i32>(node, i32(bestIsCategorical), IS_CATEGORICAL);
  if (bestIsCategorical) {
    for (let at: usize = 0; at < 32; at += 4) {
      const left = load<u32>(staging + LEFT_SET + at);
      const absent = ~load<u32>(staging + PRESENT_SET + at);
      store<u32>(node + at, isLeftLarger ? left | absent : left, CATEGORY_SET);
    }
  } else {
    store<i32>(node, findMiddleBin(), SPLIT_BIN);
  }
  return true;
}

/**
 * The bin whose upper bound is nearest above the middle of the gap between two neighbouring bins with
 * samples: values that the node has not seen are shared between its children, as an exact split would.
 */
function findMiddleBin(): i32 {
  const nThresholds = binCount(bestFeature) - 1;
  if (bestNextBin <= bestBin + 1 || bestNextBin > nThresholds) return bestBin;
  const bounds = thresholds + (<usize>binOffset(bestFeature) << 3);
  const middle =
    load<f64>(bounds + (<usize>bestBin << 3)) / 2 + load<f64>(bounds + (<usize>(bestNextBin - 1) << 3)) / 2;
  let low = bestBin;
  let high = bestNextBin - 1;
  while (low < high) {
    const half = (low + high) >> 1;
    if (load<f64>(bounds + (<usize>half << 3)) >= middle) high = half;
    else low = half + 1;
  }
  return low;
}

/** Records a numeric split that has just become the best. */
export function keepNumber(feature: i32, missingLeft: i32, bin: i32, nextBin: i32): void {
  bestFeature = feature;
  bestMissingLeft = missingLeft;
  bestIsCategorical = false;
  bestBin = bin;
  bestNextBin = nextBin;
}

/** Records a categorical split; its sets are at `leftSet()` and `presentSet()`. */
export function keepCategories(feature: i32, missingLeft: i32): void {
  bestFeature = feature;
  bestMissingLeft = missingLeft;
  bestIsCategorical = true;
}

/**
 * Searches `n` running sums by a feature. Returns the place after which to split, or −1 where nothing beats the best so
 * far; ties go to what came first.
 */
export function searchSums<Sums>(feature: i32, n: i32): i32 {
  // Places that do not leave enough samples on both sides are at the ends, as counts rise.
  let from: i32 = 0;
  let to = n;
  while (from < to && countAt<Sums>(from) < minSamplesLeaf) from++;
  while (from < to && nodeCount - countAt<Sums>(to - 1) < minSamplesLeaf) to--;
  if (from == to) return -1;
  return isConstrained
    ? scanWithin<Sums>(from, to, load<i32>(constraints + (<usize>feature << 2)))
    : scanBlocks<Sums>(from, to);
}

@inline
function sumsAt<Sums>(place: i32): usize {
  return staging + SUMS + <usize>place * strideOf<Sums>();
}

@inline
function countAt<Sums>(place: i32): f64 {
  return load<f64>(sumsAt<Sums>(place), sizeof<Sums>() == 1 ? 8 : 16);
}

/** Places between two looks at whether the best was beaten. */
const BLOCK: i32 = 32;

/**
 * Two places at a time and without branches, as gains rise and fall smoothly, so that whether one beats the best is as
 * good as chance; only the largest score of a block is kept. The best block is gone through again at the end.
 */
function scanBlocks<Sums>(from: i32, to: i32): i32 {
  const stride = strideOf<Sums>();
  const allGradients = f64x2.splat(nodeGradients);
  const allHessians = f64x2.splat(nodeHessians);
  const l2s = f64x2.splat(l2);
  let best = bestScore;
  let bestBlock: i32 = -1;
  for (let block = from; block < to; block += BLOCK) {
    const end = sumsAt<Sums>(min(block + BLOCK, to));
    let scores = f64x2.splat(0);
    for (let at = sumsAt<Sums>(block); at < end; at += 2 * stride) {
      scores = f64x2.pmax(scores, scorePair<Sums>(at, end, allGradients, allHessians, l2s));
    }
    const score = max(f64x2.extract_lane(scores, 0), f64x2.extract_lane(scores, 1));
    if (score > best) {
      best = score;
      bestBlock = block;
    }
  }
  if (bestBlock < 0) return -1;
  bestScore = best;
  const wanted = f64x2.splat(best);
  const end = sumsAt<Sums>(min(bestBlock + BLOCK, to));
  for (let place = bestBlock; ; place += 2) {
    const isFound = f64x2.eq(scorePair<Sums>(sumsAt<Sums>(place), end, allGradients, allHessians, l2s), wanted);
    if (!v128.any_true(isFound)) continue;
    if (i64x2.extract_lane(isFound, 0) == 0) place += 1;
    readSums<Sums>(place);
    keepLeft();
    return place;
  }
}

/** Scores of splitting after the place at `at` and after the next; where that would be `end`, the first is scored twice. */
@inline
function scorePair<Sums>(at: usize, end: usize, allGradients: v128, allHessians: v128, l2s: v128): v128 {
  const next = at + strideOf<Sums>();
  const first = v128.load(at);
  const second = v128.load(next < end ? next : at);
  const left = i64x2.shuffle(first, second, 0, 2);
  const leftH = i64x2.shuffle(first, second, 1, 3);
  const right = f64x2.sub(allGradients, left);
  const leftL2 = f64x2.add(leftH, l2s);
  const rightL2 = f64x2.add(f64x2.sub(allHessians, leftH), l2s);
  const numerators = f64x2.add(
    f64x2.mul(f64x2.mul(left, left), rightL2),
    f64x2.mul(f64x2.mul(right, right), leftL2),
  );
  const scores = f64x2.div(numerators, f64x2.mul(leftL2, rightL2));
  // Weights may be 0; counts, which are not, keep these sums above it otherwise.
  if (sizeof<Sums>() == 2) return v128.and(scores, f64x2.gt(f64x2.pmin(leftL2, rightL2), f64x2.splat(0)));
  return scores;
}

// Sums on the left of the split being scored.
let left: f64 = 0;
let leftH: f64 = 0;
let leftCount: f64 = 0;

@inline
function readSums<Sums>(place: i32): void {
  const at = sumsAt<Sums>(place);
  left = load<f64>(at);
  leftH = load<f64>(at, 8);
  leftCount = countAt<Sums>(place);
}

@inline
function keepLeft(): void {
  bestGradients = left;
  bestHessians = leftH;
  bestCount = leftCount;
}

@inline
function scoreSplit(): f64 {
  const right = nodeGradients - left;
  const leftL2 = leftH + l2;
  const rightL2 = nodeHessians - leftH + l2;
  return (left * left * rightL2 + right * right * leftL2) / (leftL2 * rightL2);
}

/** One place at a time, within the bounds of monotone constraints. */
function scanWithin<Sums>(from: i32, to: i32, constraint: i32): i32 {
  let bestPlace: i32 = -1;
  for (let place = from; place < to; place++) {
    readSums<Sums>(place);
    if (isBest(constraint)) bestPlace = place;
  }
  return bestPlace;
}

/** True when these sums on the left beat the best so far, which they then are. */
export function isBestLeft(gradients: f64, hessians: f64, count: f64): bool {
  left = gradients;
  leftH = hessians;
  leftCount = count;
  return isBest(0);
}

function isBest(constraint: i32): bool {
  const leftL2 = leftH + l2;
  const rightL2 = nodeHessians - leftH + l2;
  if (!(leftL2 > 0) || !(rightL2 > 0)) return false;
  const score = isConstrained ? scoreWithin(leftL2, rightL2, constraint) : scoreSplit();
  if (!(score > bestScore)) return false;
  bestScore = score;
  keepLeft();
  return true;
}

/** −∞ where the values of the two sides would break the constraint. */
function scoreWithin(leftL2: f64, rightL2: f64, constraint: i32): f64 {
  const right = nodeGradients - left;
  const leftValue = clip(-left / leftL2);
  const rightValue = clip(-right / rightL2);
  if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return -Infinity;
  return scoreOfValue(left, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
}
