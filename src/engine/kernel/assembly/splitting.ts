import {
  activeFeature,
  binOffset,
  categorySmoothing,
  constraints,
  countBits,
  hessians,
  isCategorical,
  isConstrained,
  l2,
  minCategorySupport,
  minSamplesLeaf,
  nActive,
  slotAddress,
  splitRecord,
  staging,
} from './layout';

// The search of `scalar/splitting.ts`, on packed sums. Every formula is written as there, term by term.

const LEAST_RELATIVE_GAIN: f64 = 1.0 / 1099511627776.0;

let nodeGradients: f64 = 0;
let nodeHessians: f64 = 0;
let nodeCount: f64 = 0;
let lowerBound: f64 = 0;
let upperBound: f64 = 0;
let bestScore: f64 = 0;

@inline
function gradientSum(word: i64): f64 {
  return f64(word >> countBits);
}

@inline
function countOf(word: i64): f64 {
  return f64(word & ((<i64>1 << countBits) - 1));
}

@inline
function clip(value: f64): f64 {
  return max(lowerBound, min(upperBound, value));
}

@inline
function scoreOfValue(sum: f64, hessianL2: f64, value: f64): f64 {
  return -(2 * sum * value + hessianL2 * value * value);
}

function scoreOf(left: f64, leftH: f64, constraint: i32): f64 {
  const right = nodeGradients - left;
  const leftL2 = leftH + l2;
  const rightL2 = nodeHessians - leftH + l2;
  if (!(leftL2 > 0) || !(rightL2 > 0)) return -Infinity;
  if (!isConstrained) return (left * left * rightL2 + right * right * leftL2) / (leftL2 * rightL2);
  const leftValue = clip(-left / leftL2);
  const rightValue = clip(-right / rightL2);
  if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return -Infinity;
  return scoreOfValue(left, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
}

function keep(feature: i32, left: f64, leftH: f64, leftCount: f64): void {
  store<f64>(splitRecord, left, 8);
  store<f64>(splitRecord, leftH, 16);
  store<f64>(splitRecord, leftCount, 24);
  store<i32>(splitRecord, feature, 32);
}

/** `Words` is u8 for one word per bin, u16 for two: a compile-time switch. */
@inline
function scanNumbers<Words>(feature: i32, first: usize, nBins: i32, missingLeft: bool): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const missing = first + <usize>nBins * stride;
  let sums: i64 = missingLeft ? load<i64>(missing) : 0;
  let sumsH: i64 = sizeof<Words>() == 2 && missingLeft ? load<i64>(missing, 8) : 0;
  const constraint = load<i32>(constraints + (<usize>feature << 2));
  const mostLeft = nodeCount - minSamplesLeaf;
  for (let at = first; at < missing; at += stride) {
    const word = load<i64>(at);
    if (word == 0) continue;
    sums += word;
    if (sizeof<Words>() == 2) sumsH += load<i64>(at, 8);
    const leftCount = countOf(sums);
    if (leftCount < minSamplesLeaf) continue;
    if (leftCount > mostLeft) return;
    const left = gradientSum(sums);
    const leftH = sizeof<Words>() == 1 ? leftCount : f64(sumsH);
    const score = scoreOf(left, leftH, constraint);
    if (score > bestScore) {
      bestScore = score;
      keep(feature, left, leftH, leftCount);
      store<i32>(splitRecord, i32((at - first) / stride), 36);
      store<i32>(splitRecord, load<i64>(missing) == 0 ? -1 : i32(missingLeft), 44);
      store<i32>(splitRecord, 0, 48);
    }
  }
}

/** Keys (f64) and bins (i32) of the sorted categories lie in the staging room. */
@inline
function scanCategories<Words>(feature: i32, first: usize, nBins: i32): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const keys = staging;
  const order = staging + 2048;
  let nSorted: i32 = 0;
  for (let bin: i32 = 0; bin <= nBins; bin++) {
    const at = first + <usize>bin * stride;
    const word = load<i64>(at);
    const count = countOf(word);
    if (count == 0 || count < minCategorySupport) continue;
    const hessian = sizeof<Words>() == 1 ? count : f64(load<i64>(at, 8));
    const key = gradientSum(word) / (hessian + categorySmoothing);
    let place = nSorted++;
    for (; place > 0 && load<f64>(keys + (<usize>(place - 1) << 3)) > key; place--) {
      store<f64>(keys + (<usize>place << 3), load<f64>(keys + (<usize>(place - 1) << 3)));
      store<i32>(order + (<usize>place << 2), load<i32>(order + (<usize>(place - 1) << 2)));
    }
    store<f64>(keys + (<usize>place << 3), key);
    store<i32>(order + (<usize>place << 2), bin);
  }
  let sums: i64 = 0;
  let sumsH: i64 = 0;
  let nBest: i32 = 0;
  for (let k: i32 = 0; k < nSorted; k++) {
    const at = first + <usize>load<i32>(order + (<usize>k << 2)) * stride;
    sums += load<i64>(at);
    if (sizeof<Words>() == 2) sumsH += load<i64>(at, 8);
    const leftCount = countOf(sums);
    if (leftCount < minSamplesLeaf) continue;
    if (nodeCount - leftCount < minSamplesLeaf) break;
    const left = gradientSum(sums);
    const leftH = sizeof<Words>() == 1 ? leftCount : f64(sumsH);
    const score = scoreOf(left, leftH, 0);
    if (score > bestScore) {
      bestScore = score;
      keep(feature, left, leftH, leftCount);
      nBest = k + 1;
    }
  }
  if (nBest == 0) return;
  memory.fill(splitRecord + 52, 0, 64);
  for (let k: i32 = 0; k < nBest; k++) setBit(splitRecord + 52, load<i32>(order + (<usize>k << 2)));
  for (let bin: i32 = 0; bin <= nBins; bin++) {
    if (load<i64>(first + <usize>bin * stride) != 0) setBit(splitRecord + 84, bin);
  }
  const isMissingLeft = (load<u32>(splitRecord + 52 + (<usize>(nBins >> 5) << 2)) >>> (nBins & 31)) & 1;
  store<i32>(splitRecord, 0, 36);
  store<i32>(splitRecord, load<i64>(first + <usize>nBins * stride) == 0 ? -1 : isMissingLeft, 44);
  store<i32>(splitRecord, 1, 48);
}

@inline
function setBit(set: usize, bin: i32): void {
  const at = set + (<usize>(bin >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (bin & 31)));
}

@inline
function scanFeatures<Words>(base: usize): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    const offset = binOffset(feature);
    const nBins = binOffset(feature + 1) - offset - 1;
    const first = base + <usize>offset * stride;
    if (load<i32>(isCategorical + (<usize>feature << 2)) != 0) {
      scanCategories<Words>(feature, first, nBins);
    } else {
      scanNumbers<Words>(feature, first, nBins, false);
      if (load<i64>(first + <usize>nBins * stride) != 0) scanNumbers<Words>(feature, first, nBins, true);
    }
  }
}

function findNextBin(base: usize): void {
  const stride: usize = hessians == 0 ? 8 : 16;
  const feature = load<i32>(splitRecord, 32);
  const offset = binOffset(feature);
  const nBins = binOffset(feature + 1) - offset - 1;
  const first = base + <usize>offset * stride;
  let bin = load<i32>(splitRecord, 36) + 1;
  while (bin < nBins && load<i64>(first + <usize>bin * stride) == 0) bin++;
  store<i32>(splitRecord, bin, 40);
}

export function findBestSplit(
  slot: i32,
  sumGradients: f64,
  sumHessians: f64,
  count: f64,
  lower: f64,
  upper: f64,
): f64 {
  nodeGradients = sumGradients;
  nodeHessians = sumHessians;
  nodeCount = count;
  lowerBound = lower;
  upperBound = upper;
  const parentL2 = sumHessians + l2;
  const parentScore = isConstrained
    ? scoreOfValue(sumGradients, parentL2, clip(-sumGradients / parentL2))
    : (sumGradients * sumGradients) / parentL2;
  const leastScore = parentScore + abs(parentScore) * LEAST_RELATIVE_GAIN;
  bestScore = leastScore;
  const base = slotAddress(slot);
  if (hessians == 0) scanFeatures<u8>(base);
  else scanFeatures<u16>(base);
  if (!(bestScore > leastScore)) return 0;
  findNextBin(base);
  const gain = bestScore - parentScore;
  store<f64>(splitRecord, gain, 0);
  return gain;
}
