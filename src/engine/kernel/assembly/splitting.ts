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
import { markBins, markWords, MOST_SAMPLES } from './sparse-bins';

// The search of `scalar/splitting.ts`, on packed sums. Every formula is written as there, term by term.

const LEAST_RELATIVE_GAIN: f64 = 1.0 / 1099511627776.0;

let nodeGradients: f64 = 0;
let nodeHessians: f64 = 0;
let nodeCount: f64 = 0;
let nodeStart: i32 = 0;
let nodeEnd: i32 = 0;
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

/** True when the split beats the best so far, which it then is. */
function isBest(left: f64, leftH: f64, constraint: i32): bool {
  const right = nodeGradients - left;
  const leftL2 = leftH + l2;
  const rightL2 = nodeHessians - leftH + l2;
  if (!(leftL2 > 0) || !(rightL2 > 0)) return false;
  if (isConstrained) return isBestWithin(left, leftL2, right, rightL2, constraint);
  const score = (left * left * rightL2 + right * right * leftL2) / (leftL2 * rightL2);
  if (!(score > bestScore)) return false;
  bestScore = score;
  return true;
}

function isBestWithin(left: f64, leftL2: f64, right: f64, rightL2: f64, constraint: i32): bool {
  const leftValue = clip(-left / leftL2);
  const rightValue = clip(-right / rightL2);
  if ((constraint > 0 && leftValue > rightValue) || (constraint < 0 && leftValue < rightValue)) return false;
  const score = scoreOfValue(left, leftL2, leftValue) + scoreOfValue(right, rightL2, rightValue);
  if (!(score > bestScore)) return false;
  bestScore = score;
  return true;
}

function keep(feature: i32, left: f64, leftH: f64, leftCount: f64): void {
  store<f64>(splitRecord, left, 8);
  store<f64>(splitRecord, leftH, 16);
  store<f64>(splitRecord, leftCount, 24);
  store<i32>(splitRecord, feature, 32);
}

/** A score that beats the best so far is above this part of it, whatever its product was rounded to. */
const SCREEN: f64 = 1.0 - 1.0 / 281474976710656.0;

/**
 * Two bins at a time. Few splits beat all before them, so a lane is first screened without dividing: is its
 * numerator above the best score times its denominator, but for a crumb? Those that pass are scored as the
 * scalar twin scores all, in the order of bins. Where one bin is left, the second lane is emptied: it
 * then repeats the first, and no tie wins.
 * `missing` is the word of missing values. `Words` is u8 for one word per bin, u16 for two; `Bins` is u8 for all
 * bins, u16 for those that `markBins` marked: compile-time switches.
 */
@inline
function scanNumbers<Words, Bins>(feature: i32, first: usize, nBins: i32, missing: usize, missingLeft: bool): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const none = i64x2.splat(0);
  let sums = i64x2.splat(missingLeft ? load<i64>(missing) : 0);
  let sumsH = i64x2.splat(sizeof<Words>() == 2 && missingLeft ? load<i64>(missing, 8) : 0);
  const least = f64x2.splat(minSamplesLeaf);
  const most = f64x2.splat(nodeCount - minSamplesLeaf);
  const mask = i64x2.splat((<i64>1 << countBits) - 1);
  const allGradients = f64x2.splat(nodeGradients);
  const allHessians = f64x2.splat(nodeHessians);
  const l2s = f64x2.splat(l2);
  const shift = i32(countBits);
  let screen = f64x2.splat(bestScore * SCREEN);
  let bin0: i32 = -2;
  let bin1: i32 = -1;
  let marks = staging;
  const lastMarks = staging + (<usize>(markWords(nBins) - 1) << 3);
  let bits: u64 = sizeof<Bins>() == 2 ? load<u64>(marks) : 0;
  for (;;) {
    let words: v128;
    let hessianWords = none;
    if (sizeof<Bins>() == 1) {
      bin0 += 2;
      bin1 += 2;
      if (bin0 >= nBins) break;
      const at = first + <usize>bin0 * stride;
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
      if (bin1 == nBins) {
        words = i64x2.replace_lane(words, 1, 0);
        if (sizeof<Words>() == 2) hessianWords = i64x2.replace_lane(hessianWords, 1, 0);
      }
    } else {
      while (bits == 0 && marks < lastMarks) bits = load<u64>((marks += 8));
      if (bits == 0) break;
      bin0 = (i32(marks - staging) << 3) + i32(ctz(bits));
      bits &= bits - 1;
      const at0 = first + <usize>bin0 * stride;
      words = v128.load64_zero(at0);
      if (sizeof<Words>() == 2) hessianWords = v128.load64_zero(at0, 8);
      while (bits == 0 && marks < lastMarks) bits = load<u64>((marks += 8));
      if (bits != 0) {
        bin1 = (i32(marks - staging) << 3) + i32(ctz(bits));
        bits &= bits - 1;
        const at1 = first + <usize>bin1 * stride;
        words = v128.load64_lane(at1, words, 1);
        if (sizeof<Words>() == 2) hessianWords = v128.load64_lane(at1, hessianWords, 1, 8);
      }
    }
    sums = i64x2.add(sums, i64x2.add(words, i64x2.shuffle(none, words, 0, 2)));
    const counts = toFloats(v128.and(sums, mask));
    const left = toFloats(i64x2.shr_s(sums, shift));
    let leftH = counts;
    if (sizeof<Words>() == 2) {
      sumsH = i64x2.add(sumsH, i64x2.add(hessianWords, i64x2.shuffle(none, hessianWords, 0, 2)));
      leftH = toFloats(sumsH);
    }
    const right = f64x2.sub(allGradients, left);
    const leftL2 = f64x2.add(leftH, l2s);
    const rightL2 = f64x2.add(f64x2.sub(allHessians, leftH), l2s);
    const numerators = f64x2.add(
      f64x2.mul(f64x2.mul(left, left), rightL2),
      f64x2.mul(f64x2.mul(right, right), leftL2),
    );
    const isAbove = f64x2.gt(numerators, f64x2.mul(screen, f64x2.mul(leftL2, rightL2)));
    const isAllowed = v128.and(f64x2.ge(counts, least), f64x2.le(counts, most));
    const wins = i64x2.bitmask(v128.and(isAbove, isAllowed));
    if (wins != 0) {
      if (wins & 1 && isBest(f64x2.extract_lane(left, 0), f64x2.extract_lane(leftH, 0), 0)) {
        keepSums<Words>(feature, i64x2.extract_lane(sums, 0), i64x2.extract_lane(sumsH, 0));
        keepNumber(bin0, missing, missingLeft);
      }
      if (wins & 2 && isBest(f64x2.extract_lane(left, 1), f64x2.extract_lane(leftH, 1), 0)) {
        keepSums<Words>(feature, i64x2.extract_lane(sums, 1), i64x2.extract_lane(sumsH, 1));
        keepNumber(bin1, missing, missingLeft);
      }
      screen = f64x2.splat(bestScore * SCREEN);
    }
    sums = i64x2.shuffle(sums, sums, 1, 1);
    if (sizeof<Words>() == 2) sumsH = i64x2.shuffle(sumsH, sumsH, 1, 1);
  }
}

/** One bin at a time, within the bounds of monotone constraints. */
@inline
function scanConstrained<Words>(feature: i32, first: usize, nBins: i32, missingLeft: bool): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const missing = first + <usize>nBins * stride;
  const constraint = load<i32>(constraints + (<usize>feature << 2));
  let sums: i64 = missingLeft ? load<i64>(missing) : 0;
  let sumsH: i64 = sizeof<Words>() == 2 && missingLeft ? load<i64>(missing, 8) : 0;
  for (let bin: i32 = 0; bin < nBins; bin++) {
    const at = first + <usize>bin * stride;
    if (load<i64>(at) == 0) continue;
    sums += load<i64>(at);
    if (sizeof<Words>() == 2) sumsH += load<i64>(at, 8);
    const leftCount = countOf(sums);
    if (leftCount < minSamplesLeaf) continue;
    if (nodeCount - leftCount < minSamplesLeaf) return;
    if (isBest(gradientSum(sums), sizeof<Words>() == 1 ? leftCount : f64(sumsH), constraint)) {
      keepSums<Words>(feature, sums, sumsH);
      keepNumber(bin, missing, missingLeft);
    }
  }
}

@inline
function keepSums<Words>(feature: i32, sums: i64, sumsH: i64): void {
  const count = countOf(sums);
  keep(feature, gradientSum(sums), sizeof<Words>() == 1 ? count : f64(sumsH), count);
}

@inline
function keepNumber(bin: i32, missing: usize, missingLeft: bool): void {
  store<i32>(splitRecord, bin, 36);
  store<i32>(splitRecord, load<i64>(missing) == 0 ? -1 : i32(missingLeft), 44);
  store<i32>(splitRecord, 0, 48);
}

/** Integers below 2^51 in size as floats: the low bits of 1.5 · 2^52 + x are x. */
@inline
function toFloats(integers: v128): v128 {
  return f64x2.sub(i64x2.add(integers, i64x2.splat(0x4338000000000000)), f64x2.splat(6755399441055744));
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
function scanBothWays<Words>(feature: i32, first: usize, nBins: i32): void {
  const stride: usize = sizeof<Words>() == 1 ? 8 : 16;
  const missing = first + <usize>nBins * stride;
  if (isConstrained) {
    scanConstrained<Words>(feature, first, nBins, false);
    if (load<i64>(missing) != 0) scanConstrained<Words>(feature, first, nBins, true);
    return;
  }
  const nSamples = nodeEnd - nodeStart;
  const hasMissing = load<i64>(missing) != 0;
  if (nSamples <= MOST_SAMPLES && 2 * nSamples <= nBins) {
    markBins(feature, nBins, nodeStart, nodeEnd);
    scanNumbers<Words, u16>(feature, first, nBins, missing, false);
    if (hasMissing) scanNumbers<Words, u16>(feature, first, nBins, missing, true);
  } else {
    scanNumbers<Words, u8>(feature, first, nBins, missing, false);
    if (hasMissing) scanNumbers<Words, u8>(feature, first, nBins, missing, true);
  }
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
      scanBothWays<Words>(feature, first, nBins);
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
  start: i32,
  end: i32,
  sumGradients: f64,
  sumHessians: f64,
  lower: f64,
  upper: f64,
): f64 {
  nodeGradients = sumGradients;
  nodeHessians = sumHessians;
  nodeCount = f64(end - start);
  nodeStart = start;
  nodeEnd = end;
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
