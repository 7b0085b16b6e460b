import { binCount, binOffset, slotAddress, smoothing } from './features';
import {
  countBits,
  hessians,
  isCategorical,
  minCategorySupport,
  minSamplesLeaf,
  staging,
} from './generated/growing-memory';
import {
  binAt,
  binsRoom,
  isBestLeft,
  keepCategories,
  keepNumber,
  leftSet,
  MOST_SUMS,
  nodeCount,
  presentSet,
  SEARCH_END,
  searchSums,
  storeSums,
  strideOf,
  sumsRoom,
} from './splitting';

// The search in histograms. `Words` is u8 for one word per bin, u16 for two: a compile-time switch.

// Keys and bins of sorted categories, within the staging room.
const KEYS: usize = SEARCH_END;
const ORDER: usize = KEYS + 8 * 256;

@inline
function gradientsOf(word: i64): f64 {
  return f64(word >> countBits);
}

@inline
function countOf(word: i64): f64 {
  return f64(i32(word & ((<i64>1 << countBits) - 1)));
}

@inline
function strideOfBins<Words>(): usize {
  return sizeof<Words>() == 1 ? 8 : 16;
}

/** Looks for the best split by one feature. */
export function searchHistogram(slot: i32, feature: i32): void {
  if (hessians == 0) searchBins<u8>(feature, slotAddress(slot));
  else searchBins<u16>(feature, slotAddress(slot));
}

@inline
function searchBins<Words>(feature: i32, base: usize): void {
  const first = base + <usize>binOffset(feature) * strideOfBins<Words>();
  const nBins = binCount(feature);
  if (load<i32>(isCategorical + (<usize>feature << 2)) != 0) {
    searchCategories<Words>(feature, first, nBins);
    return;
  }
  const missing = first + <usize>nBins * strideOfBins<Words>();
  if (load<i64>(missing) == 0) {
    searchNumbers<Words>(feature, first, nBins, 0, -1);
  } else {
    searchNumbers<Words>(feature, first, nBins, 0, 0);
    searchNumbers<Words>(feature, first, nBins, missing, 1);
  }
}

/** From left to right, with what `start` has (0 = nothing) on the left from the start. */
function searchNumbers<Words>(feature: i32, first: usize, nBins: i32, start: usize, missingLeft: i32): void {
  const stride = strideOfBins<Words>();
  let sums: i64 = start == 0 ? 0 : load<i64>(start);
  let sumsH: i64 = sizeof<Words>() == 1 || start == 0 ? 0 : load<i64>(start, 8);
  for (let from: i32 = 0; from < nBins; from += MOST_SUMS) {
    const to = min(from + MOST_SUMS, nBins);
    let at = first + <usize>from * stride;
    let toSums = sumsRoom();
    let toBin = binsRoom();
    for (let bin = from; bin < to; bin++) {
      const word = load<i64>(at);
      sums += word;
      if (sizeof<Words>() == 2) sumsH += load<i64>(at, 8);
      storeSums<Words>(toSums, gradientsOf(sums), f64(sumsH), countOf(sums));
      store<u16>(toBin, <u16>bin);
      // The entry of an empty bin is overwritten by the next one.
      const isFilled = <usize>i32(word != 0);
      toSums += isFilled * strideOf<Words>();
      toBin += isFilled << 1;
      at += stride;
    }
    const place = searchSums<Words>(feature, i32((toBin - binsRoom()) >> 1));
    if (place < 0) continue;
    const bin = binAt(place);
    let next = bin + 1;
    while (next < nBins && load<i64>(first + <usize>next * stride) == 0) next++;
    keepNumber(feature, missingLeft, bin, next);
  }
}

/** Searches the categories of a feature in the order of their smoothed mean gradient. */
function searchCategories<Words>(feature: i32, first: usize, nBins: i32): void {
  const stride = strideOfBins<Words>();
  const order = staging + ORDER;
  const nSorted = sortCategories<Words>(first, nBins);
  let sums: i64 = 0;
  let sumsH: i64 = 0;
  let nBest: i32 = 0;
  for (let k: i32 = 0; k < nSorted; k++) {
    const at = first + <usize>load<i32>(order + (<usize>k << 2)) * stride;
    sums += load<i64>(at);
    if (sizeof<Words>() == 2) sumsH += load<i64>(at, 8);
    const count = countOf(sums);
    if (count < minSamplesLeaf) continue;
    if (nodeCount - count < minSamplesLeaf) break;
    if (isBestLeft(gradientsOf(sums), sizeof<Words>() == 1 ? count : f64(sumsH), count)) nBest = k + 1;
  }
  if (nBest == 0) return;
  for (let at: usize = 0; at < 32; at += 16) {
    v128.store(leftSet() + at, i64x2.splat(0));
    v128.store(presentSet() + at, i64x2.splat(0));
  }
  for (let k: i32 = 0; k < nBest; k++) setBit(leftSet(), load<i32>(order + (<usize>k << 2)));
  for (let bin: i32 = 0; bin <= nBins; bin++) {
    if (load<i64>(first + <usize>bin * stride) != 0) setBit(presentSet(), bin);
  }
  const isMissingLeft = (load<u32>(leftSet() + (<usize>(nBins >> 5) << 2)) >>> (nBins & 31)) & 1;
  keepCategories(feature, load<i64>(first + <usize>nBins * stride) == 0 ? -1 : isMissingLeft);
}

/** Returns how many have enough samples; their keys and bins are then in order. */
@inline
function sortCategories<Words>(first: usize, nBins: i32): i32 {
  const keys = staging + KEYS;
  const order = staging + ORDER;
  let nSorted: i32 = 0;
  for (let bin: i32 = 0; bin <= nBins; bin++) {
    const at = first + <usize>bin * strideOfBins<Words>();
    const word = load<i64>(at);
    const count = countOf(word);
    if (count == 0 || count < minCategorySupport) continue;
    const hessian = sizeof<Words>() == 1 ? count : f64(load<i64>(at, 8));
    const key = gradientsOf(word) / (hessian + smoothing);
    let place = nSorted++;
    for (; place > 0 && load<f64>(keys + (<usize>(place - 1) << 3)) > key; place--) {
      store<f64>(keys + (<usize>place << 3), load<f64>(keys + (<usize>(place - 1) << 3)));
      store<i32>(order + (<usize>place << 2), load<i32>(order + (<usize>(place - 1) << 2)));
    }
    store<f64>(keys + (<usize>place << 3), key);
    store<i32>(order + (<usize>place << 2), bin);
  }
  return nSorted;
}

@inline
function setBit(set: usize, bin: i32): void {
  const at = set + (<usize>(bin >> 5) << 2);
  store<u32>(at, load<u32>(at) | (1 << (bin & 31)));
}
