import { binOffset, nSummed, slotAddress, summedFeature } from './features';
import {
  binWidth,
  columns,
  columnStride,
  countBits,
  gradients,
  hessians,
  indices,
  nFeatures,
  rows,
  rowStride,
  runs,
  staging,
} from './generated/growing-memory';

// A bin is one 64-bit word, gradient sum << countBits | count, and with hessians a second one with their sum.

/** Samples handled at a time. */
const BLOCK: i32 = 128;

/** Bytes of a row gathered at a time; a multiple of 16. */
const CHUNK: usize = 64;

/** Within the staging room: words first (16 bytes a sample at most), then rows, then the numbers of samples. */
const ROWS: usize = 2048;
const SAMPLES: usize = ROWS + 128 * CHUNK;

@inline
function binShift(): usize {
  return hessians == 0 ? 3 : 4;
}

/** Row-major copy of the bins, so that a scattered sample costs one cache line instead of one per feature. */
export function prepareBins(first: i32, last: i32): void {
  if (binWidth == 1) transpose<u8>(first, last);
  else transpose<u16>(first, last);
}

@inline
function transpose<Bin>(first: i32, last: i32): void {
  for (let from = first; from < last; from += BLOCK) {
    const to = min(from + BLOCK, last);
    for (let feature: i32 = 0; feature < nFeatures; feature++) {
      const column = columns + <usize>feature * columnStride;
      let target = rows + <usize>from * rowStride + <usize>feature * sizeof<Bin>();
      for (let i = from; i < to; i++) {
        store<Bin>(target, load<Bin>(column + <usize>i * sizeof<Bin>()));
        target += rowStride;
      }
    }
  }
}

export function buildHistogram(start: i32, end: i32, slot: i32): void {
  const base = slotAddress(slot);
  clear(base);
  if (binWidth == 1) {
    if (hessians == 0) build<u8, u8>(base, start, end);
    else build<u8, u16>(base, start, end);
  } else {
    if (hessians == 0) build<u16, u8>(base, start, end);
    else build<u16, u16>(base, start, end);
  }
}

@inline
function build<Bin, Words>(base: usize, start: i32, end: i32): void {
  if (runs != 0 && end - start > FEW_IN_RUNS) sumInRuns<Bin, Words>(base, start, end);
  else if (end - start <= FEW_SAMPLES) sumDirectly<Bin, Words>(base, start, end);
  else sumInBlocks<Bin, Words>(base, start, end);
}

/** Up to so many samples are summed from where they lie: gathering them first would cost more than it saves. */
const FEW_SAMPLES: i32 = 512;

/** Neighbouring features are summed up to four at a time: they share what is read of a sample, and none waits for another. */
@inline
function sumDirectly<Bin, Words>(base: usize, start: i32, end: i32): void {
  const from = indices + (<usize>start << 2);
  const to = indices + (<usize>end << 2);
  for (let place: i32 = 0; place < nSummed; ) {
    const feature = summedFeature(place);
    const n = min(countNeighbours(place), 4);
    if (n == 4) addDirectly<Bin, Words, u64>(base, from, to, feature);
    else if (n == 3) addDirectly<Bin, Words, u32>(base, from, to, feature);
    else if (n == 2) addDirectly<Bin, Words, u16>(base, from, to, feature);
    else addDirectly<Bin, Words, u8>(base, from, to, feature);
    place += n;
  }
}

/** `Count` is u8, u16, u32, u64 for one to four features. */
@inline
function addDirectly<Bin, Words, Count>(base: usize, from: usize, to: usize, feature: i32): void {
  const h0 = binsOf<Words>(base, feature);
  const h1 = sizeof<Count>() >= 2 ? binsOf<Words>(base, feature + 1) : 0;
  const h2 = sizeof<Count>() >= 4 ? binsOf<Words>(base, feature + 2) : 0;
  const h3 = sizeof<Count>() >= 8 ? binsOf<Words>(base, feature + 3) : 0;
  const first = rows + <usize>feature * sizeof<Bin>();
  const stride = rowStride;
  const bits = countBits;
  const gradientsOf = gradients;
  const hessiansOf = hessians;
  for (let at = from; at < to; at += 4) {
    const sample = <usize>load<u32>(at);
    const row = first + sample * stride;
    const word = (i64(load<i32>(gradientsOf + (sample << 2))) << bits) + 1;
    if (sizeof<Words>() == 1) {
      addWord(h0 + (<usize>load<Bin>(row) << 3), word);
      if (sizeof<Count>() >= 2) addWord(h1 + (<usize>load<Bin>(row, sizeof<Bin>()) << 3), word);
      if (sizeof<Count>() >= 4) addWord(h2 + (<usize>load<Bin>(row, 2 * sizeof<Bin>()) << 3), word);
      if (sizeof<Count>() >= 8) addWord(h3 + (<usize>load<Bin>(row, 3 * sizeof<Bin>()) << 3), word);
    } else {
      const words = i64x2.replace_lane(i64x2.splat(word), 1, i64(load<i32>(hessiansOf + (sample << 2))));
      addWords(h0 + (<usize>load<Bin>(row) << 4), words);
      if (sizeof<Count>() >= 2) addWords(h1 + (<usize>load<Bin>(row, sizeof<Bin>()) << 4), words);
      if (sizeof<Count>() >= 4) addWords(h2 + (<usize>load<Bin>(row, 2 * sizeof<Bin>()) << 4), words);
      if (sizeof<Count>() >= 8) addWords(h3 + (<usize>load<Bin>(row, 3 * sizeof<Bin>()) << 4), words);
    }
  }
}

/** Below this a loop clears sooner than the call that `memory.fill` is. */
const FEW_BYTES: usize = 1024;

@inline
function clear(base: usize): void {
  const shift = binShift();
  for (let place: i32 = 0; place < nSummed; ) {
    const first = summedFeature(place);
    place += countNeighbours(place);
    clearBytes(base + (<usize>binOffset(first) << shift), base + (<usize>binOffset(summedFeature(place - 1) + 1) << shift));
  }
}

/** Summed features from `place` on whose bins follow one another. */
@inline
function countNeighbours(place: i32): i32 {
  const first = summedFeature(place);
  if (summedFeature(nSummed - 1) - first == nSummed - 1 - place) return nSummed - place;
  let n: i32 = 1;
  while (place + n < nSummed && summedFeature(place + n) == first + n) n++;
  return n;
}

@inline
function clearBytes(from: usize, to: usize): void {
  if (to - from > FEW_BYTES) memory.fill(from, 0, to - from);
  else for (let at = from; at < to; at += 8) store<u64>(at, 0);
}

/**
 * Block by block: the words and rows of up to BLOCK samples are gathered into the first-level cache (a
 * tight loop, so that many cache misses overlap), then four features at a time are summed, so that their
 * bins stay there too. Wide rows are gathered CHUNK bytes at a time.
 * `Words` is u8 for one word per bin, u16 for two: a compile-time switch.
 */
@inline
function sumInBlocks<Bin, Words>(base: usize, start: i32, end: i32): void {
  for (let from = start; from < end; from += BLOCK) {
    const n = min(from + BLOCK, end) - from;
    const samples = indices + (<usize>from << 2);
    gatherWords<Words>(samples, n);
    sumGathered<Bin, Words>(base, samples, n, nSummed);
  }
}

/** Up to so many samples are not worth looking for runs. */
const FEW_IN_RUNS: i32 = 16;

/** The same with the neighbours of each run as one sample, other than for the last feature. Sums of integers: the same. */
@inline
function sumInRuns<Bin, Words>(base: usize, start: i32, end: i32): void {
  const stop = indices + (<usize>end << 2);
  let at = indices + (<usize>start << 2);
  const hasLast = nSummed > 0 && summedFeature(nSummed - 1) == nFeatures - 1;
  if (hasLast) addDirectly<Bin, Words, u8>(base, at, stop, nFeatures - 1);
  const samples = staging + SAMPLES;
  while (at < stop) {
    let n: i32 = 0;
    for (let target = staging; n < BLOCK && at < stop; n++) {
      let sample = <usize>load<u32>(at);
      store<u32>(samples + (<usize>n << 2), u32(sample));
      const run = load<u32>(runs + (sample << 2));
      let words: i64 = 0;
      let sumsH: i64 = 0;
      do {
        words += (i64(load<i32>(gradients + (sample << 2))) << countBits) + 1;
        if (sizeof<Words>() == 2) sumsH += i64(load<i32>(hessians + (sample << 2)));
        at += 4;
        if (at == stop) break;
        sample = <usize>load<u32>(at);
      } while (load<u32>(runs + (sample << 2)) == run);
      store<i64>(target, words);
      if (sizeof<Words>() == 2) store<i64>(target, sumsH, 8);
      target += sizeof<Words>() << 3;
    }
    sumGathered<Bin, Words>(base, samples, n, nSummed - i32(hasLast));
  }
}

/** Sums `n` samples, whose words are gathered, by the first `nPlaces` summed features. */
@inline
function sumGathered<Bin, Words>(base: usize, samples: usize, n: i32, nPlaces: i32): void {
  const rowBytes = (rowStride + 15) & ~15;
  let place: i32 = 0;
  for (let chunk: usize = 0; place < nPlaces; chunk += CHUNK) {
    const lastFeature = i32((chunk + CHUNK) / sizeof<Bin>());
    if (summedFeature(place) >= lastFeature) continue;
    const nBytes = min(CHUNK, rowBytes - chunk);
    gatherRows(samples, n, chunk, nBytes);
    // Ends loops over any column of the gathered rows: no column starts later than a row's length.
    const rowsEnd = staging + ROWS + <usize>n * nBytes;
    while (place < nPlaces && summedFeature(place) < lastFeature) {
      const feature = summedFeature(place);
      if (place + 3 < nPlaces && summedFeature(place + 3) == feature + 3 && feature + 3 < lastFeature) {
        addFour<Bin, Words>(base, chunk, nBytes, rowsEnd, feature);
        place += 4;
      } else {
        addOne<Bin, Words>(base, chunk, nBytes, rowsEnd, feature);
        place += 1;
      }
    }
  }
}

/** Writes the words of `n` samples to the beginning of the staging room. */
@inline
function gatherWords<Words>(samples: usize, n: i32): void {
  let target = staging;
  const samplesEnd = samples + (<usize>n << 2);
  for (let at = samples; at < samplesEnd; at += 4) {
    const sample = <usize>load<u32>(at);
    store<i64>(target, (i64(load<i32>(gradients + (sample << 2))) << countBits) + 1);
    if (sizeof<Words>() == 2) store<i64>(target, i64(load<i32>(hessians + (sample << 2))), 8);
    target += sizeof<Words>() << 3;
  }
}

@inline
function gatherRows(samples: usize, n: i32, chunk: usize, nBytes: usize): void {
  let target = staging + ROWS;
  const samplesEnd = samples + (<usize>n << 2);
  for (let at = samples; at < samplesEnd; at += 4) {
    const row = rows + <usize>load<u32>(at) * rowStride + chunk;
    for (let k: usize = 0; k < nBytes; k += 16) v128.store(target + k, v128.load(row + k));
    target += nBytes;
  }
}

/** Features `feature` … `feature + 3`: neighbours in a row, so that their places need no registers. */
@inline
function addFour<Bin, Words>(base: usize, chunk: usize, nBytes: usize, rowsEnd: usize, feature: i32): void {
  const h0 = binsOf<Words>(base, feature);
  const h1 = binsOf<Words>(base, feature + 1);
  const h2 = binsOf<Words>(base, feature + 2);
  const h3 = binsOf<Words>(base, feature + 3);
  let word = staging;
  for (let row = staging + ROWS + <usize>feature * sizeof<Bin>() - chunk; row < rowsEnd; row += nBytes) {
    if (sizeof<Words>() == 1) {
      const sums = load<i64>(word);
      addWord(h0 + (<usize>load<Bin>(row) << 3), sums);
      addWord(h1 + (<usize>load<Bin>(row, sizeof<Bin>()) << 3), sums);
      addWord(h2 + (<usize>load<Bin>(row, 2 * sizeof<Bin>()) << 3), sums);
      addWord(h3 + (<usize>load<Bin>(row, 3 * sizeof<Bin>()) << 3), sums);
    } else {
      const sums = v128.load(word);
      addWords(h0 + (<usize>load<Bin>(row) << 4), sums);
      addWords(h1 + (<usize>load<Bin>(row, sizeof<Bin>()) << 4), sums);
      addWords(h2 + (<usize>load<Bin>(row, 2 * sizeof<Bin>()) << 4), sums);
      addWords(h3 + (<usize>load<Bin>(row, 3 * sizeof<Bin>()) << 4), sums);
    }
    word += sizeof<Words>() << 3;
  }
}

@inline
function addOne<Bin, Words>(base: usize, chunk: usize, nBytes: usize, rowsEnd: usize, feature: i32): void {
  const bins = binsOf<Words>(base, feature);
  let word = staging;
  for (let row = staging + ROWS + <usize>feature * sizeof<Bin>() - chunk; row < rowsEnd; row += nBytes) {
    if (sizeof<Words>() == 1) addWord(bins + (<usize>load<Bin>(row) << 3), load<i64>(word));
    else addWords(bins + (<usize>load<Bin>(row) << 4), v128.load(word));
    word += sizeof<Words>() << 3;
  }
}

@inline
function binsOf<Words>(base: usize, feature: i32): usize {
  return base + (<usize>binOffset(feature) << (sizeof<Words>() == 1 ? 3 : 4));
}

@inline
function addWord(at: usize, word: i64): void {
  store<i64>(at, load<i64>(at) + word);
}

@inline
function addWords(at: usize, words: v128): void {
  v128.store(at, i64x2.add(v128.load(at), words));
}

/** slot ← slot − childSlot, for the features that are summed. */
export function subtractHistogram(slot: i32, childSlot: i32): void {
  const base = slotAddress(slot);
  const child = slotAddress(childSlot);
  const shift = binShift();
  for (let place: i32 = 0; place < nSummed; ) {
    const first = <usize>binOffset(summedFeature(place)) << shift;
    place += countNeighbours(place);
    const end = <usize>binOffset(summedFeature(place - 1) + 1) << shift;
    subtractRange(base + first, child + first, end - first);
  }
}

@inline
function subtractRange(target: usize, source: usize, nBytes: usize): void {
  const end = target + nBytes;
  for (; target + 16 <= end; target += 16) {
    v128.store(target, i64x2.sub(v128.load(target), v128.load(source)));
    source += 16;
  }
  if (target < end) store<i64>(target, load<i64>(target) - load<i64>(source));
}
