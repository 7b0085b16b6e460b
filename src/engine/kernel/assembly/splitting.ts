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
let bestNumerator: f64 = 0;
let bestDenominator: f64 = 1;

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

/** True when the split beats the best so far, which it then is. Compares fractions without dividing. */
function isBest(left: f64, leftH: f64, constraint: i32): bool {
  const right = nodeGradients - left;
  const leftL2 = leftH + l2;
  const rightL2 = nodeHessians - leftH + l2;
  if (!(leftL2 > 0) || !(rightL2 > 0)) return false;
  if (isConstrained) return isBestWithin(left, leftL2, right, rightL2, constraint);
  const numerator = left * left * rightL2 + right * right * leftL2;
  const denominator = leftL2 * rightL2;
  if (!(numerator * bestDenominator > bestNumerator * denominator)) return false;
  bestNumerator = numerator;
  bestDenominator = denominator;
  return true;
}

function isBestWithin(left: f64, leftL2: f64, right: f64, rightL2: f64, constraint: i32): bool {
  const leftValue = clip(-left / leftL2);
  const rightValue = clip(-right / rightL2);
  if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return false;
  const score = scoreOfValue(left, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
  if (!(score > bestNumerator)) return false;
  bestNumerator = score;
  return true;
}

function keep(feature: i32, left: f64, leftH: f64, leftCount: f64): void {
  store<f64>(splitRecord, left, 8);
  store<f64>(splitRecord, leftH, 16);
  store<f64>(splitRecord, leftCount, 24);
  store<i32>(splitRecord, feature, 32);
}

/**
 * Two bins at a time: sums, then the comparison of fractions in both lanes; the rare lane that may win is
 * looked at again as the scalar kernel would. After an odd number of bins the second lane is emptied: it
 * has then the sums of the first, and no tie wins.
 * `Words` is u8 for one word per bin, u16 for two: a compile-time switch.
 */
@inline
function scanNumbers<Words>(feature: i32, first: usize, nBins: i32, missingLeft: bool): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const missing = first + <usize>nBins * stride;
  let sums = i64x2.splat(missingLeft ? load<i64>(missing) : 0);
  let sumsH = i64x2.splat(sizeof<Words>() == 2 && missingLeft ? load<i64>(missing, 8) : 0);
  const least = f64x2.splat(minSamplesLeaf);
  const most = f64x2.splat(nodeCount - minSamplesLeaf);
  const mask = i64x2.splat((<i64>1 << countBits) - 1);
  const allGradients = f64x2.splat(nodeGradients);
  const allHessians = f64x2.splat(nodeHessians);
  const l2s = f64x2.splat(l2);
  const zero = f64x2.splat(0);
  const shift = i32(countBits);
  let bestN = f64x2.splat(isConstrained ? -Infinity : bestNumerator);
  let bestD = f64x2.splat(bestDenominator);
  const lastPair = missing - stride;
  for (let at = first; at < missing; at += 2 * stride) {
    let words: v128;
    let hessianWords = i64x2.splat(0);
    if (sizeof<Words>() == 1) {
      words = v128.load(at);
      if (!v128.any_true(words)) continue;
    } else {
      const low = v128.load(at);
      const high = v128.load(at, 16);
      words = i64x2.shuffle(low, high, 0, 2);
      if (!v128.any_true(words)) continue;
      hessianWords = i64x2.shuffle(low, high, 1, 3);
    }
    if (at == lastPair) {
      words = i64x2.replace_lane(words, 1, 0);
      if (sizeof<Words>() == 2) hessianWords = i64x2.replace_lane(hessianWords, 1, 0);
    }
    if (sizeof<Words>() == 2) sumsH = i64x2.add(sumsH, i64x2.add(hessianWords, i64x2.shuffle(i64x2.splat(0), hessianWords, 0, 2)));
    sums = i64x2.add(sums, i64x2.add(words, i64x2.shuffle(i64x2.splat(0), words, 0, 2)));
    const counts = toFloats(v128.and(sums, mask));
    const left = toFloats(i64x2.shr_s(sums, shift));
    const leftH = sizeof<Words>() == 1 ? counts : toFloats(sumsH);
    const right = f64x2.sub(allGradients, left);
    const leftL2 = f64x2.add(leftH, l2s);
    const rightL2 = f64x2.add(f64x2.sub(allHessians, leftH), l2s);
    const numerator = f64x2.add(
      f64x2.mul(f64x2.mul(left, left), rightL2),
      f64x2.mul(f64x2.mul(right, right), leftL2),
    );
    let wins = f64x2.gt(f64x2.mul(numerator, bestD), f64x2.mul(bestN, f64x2.mul(leftL2, rightL2)));
    wins = v128.and(wins, v128.and(f64x2.ge(counts, least), f64x2.le(counts, most)));
    wins = v128.and(wins, v128.and(f64x2.gt(leftL2, zero), f64x2.gt(rightL2, zero)));
    if (v128.any_true(wins)) {
      const bin = i32((at - first) / stride);
      if (i64x2.extract_lane(wins, 0)) {
        tryNumber(feature, bin, f64x2.extract_lane(left, 0), f64x2.extract_lane(leftH, 0), f64x2.extract_lane(counts, 0), missing, missingLeft);
      }
      if (i64x2.extract_lane(wins, 1)) {
        tryNumber(feature, bin + 1, f64x2.extract_lane(left, 1), f64x2.extract_lane(leftH, 1), f64x2.extract_lane(counts, 1), missing, missingLeft);
      }
      if (!isConstrained) {
        bestN = f64x2.splat(bestNumerator);
        bestD = f64x2.splat(bestDenominator);
      }
    }
    sums = i64x2.shuffle(sums, sums, 1, 1);
    if (sizeof<Words>() == 2) sumsH = i64x2.shuffle(sumsH, sumsH, 1, 1);
  }
}

/** Integers below 2^51 in size as floats: the low bits of 1.5 · 2^52 + x are x. */
@inline
function toFloats(integers: v128): v128 {
  return f64x2.sub(i64x2.add(integers, i64x2.splat(0x4338000000000000)), f64x2.splat(6755399441055744));
}

function tryNumber(
  feature: i32,
  bin: i32,
  left: f64,
  leftH: f64,
  leftCount: f64,
  missing: usize,
  missingLeft: bool,
): void {
  if (!isBest(left, leftH, load<i32>(constraints + (<usize>feature << 2)))) return;
  keep(feature, left, leftH, leftCount);
  store<i32>(splitRecord, bin, 36);
  store<i32>(splitRecord, load<i64>(missing) == 0 ? -1 : i32(missingLeft), 44);
  store<i32>(splitRecord, 0, 48);
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
    if (isBest(left, leftH, 0)) {
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
  bestNumerator = leastScore;
  bestDenominator = 1;
  const base = slotAddress(slot);
  if (hessians == 0) scanFeatures<u8>(base);
  else scanFeatures<u16>(base);
  const score = bestNumerator / bestDenominator;
  if (!(score > leastScore)) return 0;
  findNextBin(base);
  const gain = score - parentScore;
  store<f64>(splitRecord, gain, 0);
  return gain;
}
