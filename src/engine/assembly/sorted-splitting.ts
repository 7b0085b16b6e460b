import { activeFeature, binCount, isDistinct, isSorted, mostSorted, nActive, orderOf } from './features';
import {
  binWidth,
  columns,
  columnStride,
  gradients,
  hessians,
  indices,
  nFeatures,
  nSamples,
  scratch,
  staging,
} from './generated/growing-memory';
import { partitionByCategory, partitionByNumber } from './partition';
import { binAt, binsRoom, keepNumber, searchSums, strideOf, sumsRoom } from './splitting';

// A node with fewer samples than a feature has bins leaves most of them empty, and clearing, subtracting and reading
// its histogram would cost more than its samples do. So its samples are kept in the order of their bins (XGBoost's
// exact method; Chen & Guestrin 2016) and summed as they come: sorted once, where a branch of the tree becomes so
// small, then partitioned with the samples at each split. A feature's order has room for all samples, and a node's run in
// it lies where its run in `indices` does.

/**
 * Sorts the samples of a whole tree, `indices[0 … n)`, ascending. Those of a fit's trees are in the same order, so
 * all samples are sorted once for each fit, and each tree takes its own.
 */
export function sortRoot(n: i32): void {
  if (n > mostSorted) return;
  if (!isRootSorted) sortAll();
  isRootSorted = true;
  if (n < nSamples) markBagged(n);
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    if (!isSorted(feature, n)) continue;
    const order = orderOf(feature);
    const all = order + (<usize>nSamples << 2);
    if (n == nSamples) memory.copy(order, all, <usize>n << 2);
    else takeBagged(all, order);
  }
}

let isRootSorted: bool = false;

/** To be called when another fit is bound. */
export function forgetRoot(): void {
  isRootSorted = false;
}

/** Every feature's order of all samples, behind that of the present tree. */
function sortAll(): void {
  for (let feature: i32 = 0; feature < nFeatures; feature++) {
    const order = orderOf(feature);
    if (order == 0) continue;
    for (let i: i32 = 0; i < nSamples; i++) store<i32>(order + (<usize>i << 2), i);
    sortRun(feature, order, scratch, order + (<usize>nSamples << 2), nSamples);
  }
}

/** Writes for each sample, as an i32 in the scratch room, whether it is among the first `n` of `indices`. */
function markBagged(n: i32): void {
  for (let k: i32 = 0; k < nSamples; k++) {
    store<i32>(scratch + (<usize>load<u32>(indices + (<usize>k << 2)) << 2), i32(k < n));
  }
}

function takeBagged(all: usize, to: usize): void {
  const stop = all + (<usize>nSamples << 2);
  for (let at = all; at < stop; at += 4) {
    const sample = load<u32>(at);
    store<u32>(to, sample);
    to += <usize>load<u32>(scratch + (<usize>sample << 2)) << 2;
  }
}

/** Sorts a node's samples `indices[start … end)` by each feature that its parent, of `nBefore`, had not sorted. */
export function sortFeatures(start: i32, end: i32, nBefore: i32): void {
  const n = end - start;
  if (n > mostSorted) return;
  const offset = <usize>start << 2;
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    if (!isSorted(feature, n) || isSorted(feature, nBefore)) continue;
    sortRun(feature, indices + offset, scratch + offset, orderOf(feature) + offset, n);
  }
}

/** By the bins' lower byte, then by their upper one where there are so many. Samples of one bin stay as they are. */
function sortRun(feature: i32, from: usize, room: usize, to: usize, n: i32): void {
  const column = columns + <usize>feature * columnStride;
  const nBins = binCount(feature) + 1;
  if (binWidth == 1) {
    sortByByte<u8>(column, from, to, n, 0, nBins);
  } else if (nBins <= 256) {
    sortByByte<u16>(column, from, to, n, 0, nBins);
  } else {
    sortByByte<u16>(column, from, room, n, 0, 256);
    sortByByte<u16>(column, room, to, n, 8, (nBins >> 8) + 1);
  }
}

/** One stable pass over one byte of the bins, which has `nValues` values; they are counted in the staging room. */
@inline
function sortByByte<Bin>(column: usize, from: usize, to: usize, n: i32, shift: u32, nValues: i32): void {
  const counts = staging;
  const countsEnd = counts + (<usize>nValues << 2);
  for (let at = counts; at < countsEnd; at += 16) v128.store(at, i64x2.splat(0));
  const stop = from + (<usize>n << 2);
  for (let at = from; at < stop; at += 4) {
    const place = countOf<Bin>(counts, column, load<u32>(at), shift);
    store<u32>(place, load<u32>(place) + 1);
  }
  let sum: u32 = 0;
  for (let at = counts; at < countsEnd; at += 4) {
    const count = load<u32>(at);
    store<u32>(at, sum);
    sum += count;
  }
  for (let at = from; at < stop; at += 4) {
    const sample = load<u32>(at);
    const place = countOf<Bin>(counts, column, sample, shift);
    const rank = load<u32>(place);
    store<u32>(place, rank + 1);
    store<u32>(to + (<usize>rank << 2), sample);
  }
}

@inline
function countOf<Bin>(counts: usize, column: usize, sample: u32, shift: u32): usize {
  const bin = <u32>load<Bin>(column + <usize>sample * sizeof<Bin>());
  return counts + (<usize>((bin >> shift) & 255) << 2);
}

/** Partitions a node's sorted samples of every feature as its samples were partitioned, by a number. */
export function partitionOrdersByNumber(feature: i32, start: i32, end: i32, splitBin: i32, extraBin: i32): void {
  const column = columns + <usize>feature * columnStride;
  for (let place: i32 = 0; place < nActive; place++) {
    const ordered = activeFeature(place);
    if (!isSorted(ordered, end - start)) continue;
    if (ordered == feature && extraBin < 0) continue; // in the order of its bins it is partitioned already
    partitionByNumber(column, orderOf(ordered), scratch, start, end, splitBin, extraBin);
  }
}

/** The same by a category, with `goesLeft` as it was. */
export function partitionOrdersByCategory(feature: i32, start: i32, end: i32): void {
  const column = columns + <usize>feature * columnStride;
  for (let place: i32 = 0; place < nActive; place++) {
    const ordered = activeFeature(place);
    if (!isSorted(ordered, end - start)) continue;
    partitionByCategory(column, orderOf(ordered), scratch, start, end);
  }
}

/** Looks for the best split of samples start … end − 1 by a feature that is sorted. */
export function searchSorted(feature: i32, start: i32, end: i32): void {
  if (binWidth == 1) {
    if (hessians == 0) searchOrder<u8, u8>(feature, start, end);
    else searchOrder<u8, u16>(feature, start, end);
  } else {
    if (hessians == 0) searchOrder<u16, u8>(feature, start, end);
    else searchOrder<u16, u16>(feature, start, end);
  }
}

@inline
function searchOrder<Bin, Sums>(feature: i32, start: i32, end: i32): void {
  const column = columns + <usize>feature * columnStride;
  const missing = binCount(feature);
  const order = orderOf(feature);
  const first = order + (<usize>start << 2);
  const stop = order + (<usize>end << 2);
  const middle = findMissing<Bin>(column, missing, first, stop);
  if (middle == stop) {
    searchRun<Bin, Sums>(feature, column, first, stop, stop, -1);
  } else {
    searchRun<Bin, Sums>(feature, column, first, middle, middle, 0);
    searchRun<Bin, Sums>(feature, column, first, middle, stop, 1);
  }
}

@inline
function binOf<Bin>(column: usize, at: usize): i32 {
  return i32(load<Bin>(column + <usize>load<u32>(at) * sizeof<Bin>()));
}

/** Where the samples with missing values begin: they are the last ones. */
@inline
function findMissing<Bin>(column: usize, missing: i32, first: usize, stop: usize): usize {
  let at = stop;
  while (at > first && binOf<Bin>(column, at - 4) == missing) at -= 4;
  return at;
}

/** Splits within first … middle − 1, with the samples middle … stop − 1 on the left from the start. */
function searchRun<Bin, Sums>(
  feature: i32,
  column: usize,
  first: usize,
  middle: usize,
  stop: usize,
  missingLeft: i32,
): void {
  if (first == middle) return;
  if (isDistinct(feature)) {
    sumEach<Sums>(first, middle);
    const place = searchSums<Sums>(feature, i32((middle - first) >> 2));
    if (place < 0) return;
    const at = first + (<usize>place << 2);
    keepNumber(feature, missingLeft, binOf<Bin>(column, at), at + 4 < middle ? binOf<Bin>(column, at + 4) : nSamples);
    return;
  }
  const n = sumBins<Bin, Sums>(column, first, middle, stop);
  const place = searchSums<Sums>(feature, n);
  if (place >= 0) keepNumber(feature, missingLeft, binAt(place), place + 1 < n ? binAt(place + 1) : binCount(feature));
}

/** Writes running sums of single samples. */
@inline
function sumEach<Sums>(first: usize, end: usize): void {
  let to = sumsRoom();
  let sums = f64x2.splat(0);
  let count: f64 = 0;
  for (let at = first; at < end; at += 4) {
    sums = f64x2.add(sums, ownSums<Sums>(<usize>load<u32>(at)));
    v128.store(to, sums);
    if (sizeof<Sums>() == 2) {
      count += 1;
      v128.store(to, f64x2.replace_lane(f64x2.splat(0), 0, count), 16);
    }
    to += strideOf<Sums>();
  }
}

/** Writes running sums of the bins that the samples first … middle − 1 are in, on top of middle … stop − 1; returns how many. */
@inline
function sumBins<Bin, Sums>(column: usize, first: usize, middle: usize, stop: usize): i32 {
  let sums = f64x2.splat(0);
  for (let at = middle; at < stop; at += 4) sums = f64x2.add(sums, ownSums<Sums>(<usize>load<u32>(at)));
  let count = f64(i32((stop - middle) >> 2));
  let toSums = sumsRoom();
  let toBin = binsRoom();
  let bin = binOf<Bin>(column, first);
  for (let at = first; ; ) {
    sums = f64x2.add(sums, ownSums<Sums>(<usize>load<u32>(at)));
    v128.store(toSums, sums);
    if (sizeof<Sums>() == 2) {
      count += 1;
      v128.store(toSums, f64x2.replace_lane(f64x2.splat(0), 0, count), 16);
    }
    store<u16>(toBin, <u16>bin);
    at += 4;
    if (at == middle) break;
    // The entry is overwritten while the bin stays the same.
    const next = binOf<Bin>(column, at);
    const isNew = <usize>i32(next != bin);
    toSums += isNew * strideOf<Sums>();
    toBin += isNew << 1;
    bin = next;
  }
  return i32((toBin - binsRoom()) >> 1) + 1;
}

/** The sums of one sample alone, but for the count where it has a place of its own. */
@inline
function ownSums<Sums>(sample: usize): v128 {
  const second = sizeof<Sums>() == 1 ? 1 : f64(load<i32>(hessians + (sample << 2)));
  return f64x2.replace_lane(f64x2.splat(second), 0, f64(load<i32>(gradients + (sample << 2))));
}
