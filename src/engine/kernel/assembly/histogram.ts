import {
  activeFeature,
  binOffset,
  binWidth,
  columns,
  columnStride,
  countBits,
  gradients,
  hessians,
  indices,
  nActive,
  nFeatures,
  nSamples,
  rows,
  rowStride,
  slotAddress,
  staging,
} from './layout';

// A bin is one 64-bit word, gradient sum << countBits | count, and with hessians a second one with their sum.

/** Samples handled at a time: their rows and words stay in the first-level cache. */
const BLOCK: i32 = 256;

@inline
function binShift(): usize {
  return hessians == 0 ? 3 : 4;
}

/** Row-major copy of the bins, so that a scattered sample costs one cache line instead of one per feature. */
export function prepareBins(): void {
  if (binWidth == 1) transpose<u8>();
  else transpose<u16>();
}

@inline
function transpose<Bin>(): void {
  for (let from: i32 = 0; from < nSamples; from += BLOCK) {
    const to = min(from + BLOCK, nSamples);
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
function clear(base: usize): void {
  const shift = binShift();
  if (nActive == nFeatures) {
    memory.fill(base, 0, <usize>binOffset(nFeatures) << shift);
    return;
  }
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    const first = <usize>binOffset(feature);
    memory.fill(base + (first << shift), 0, (<usize>binOffset(feature + 1) - first) << shift);
  }
}

/** `Words` is u8 for one word per bin, u16 for two: a compile-time switch. */
@inline
function build<Bin, Words>(base: usize, start: i32, end: i32): void {
  const words = staging;
  const rowsCopy = staging + <usize>BLOCK * 16;
  const isWhole = end - start == nSamples;
  for (let from = start; from < end; from += BLOCK) {
    const to = min(from + BLOCK, end);
    const n = to - from;
    stageWords<Words>(words, from, n);
    for (let place: i32 = 0; place < nActive; place++) {
      const feature = activeFeature(place);
      const column = columns + <usize>feature * columnStride;
      const target = base + (<usize>binOffset(feature) << (sizeof<Words>() == 1 ? 3 : 4));
      for (let k: i32 = 0; k < n; k++) {
        const sample = <usize>load<u32>(indices + (<usize>(from + k) << 2));
        addWord<Words>(target, load<Bin>(column + sample * sizeof<Bin>()), words + (<usize>k << 4));
      }
    }
  }
}

@inline
function stageWords<Words>(words: usize, from: i32, n: i32): void {
  for (let k: i32 = 0; k < n; k++) {
    const sample = <usize>load<u32>(indices + (<usize>(from + k) << 2));
    store<i64>(words + (<usize>k << 4), (i64(load<i32>(gradients + (sample << 2))) << countBits) + 1);
    if (sizeof<Words>() == 2) {
      store<i64>(words + (<usize>k << 4), i64(load<i32>(hessians + (sample << 2))), 8);
    }
  }
}

@inline
function addWord<Words>(target: usize, bin: usize, word: usize): void {
  if (sizeof<Words>() == 1) {
    const at = target + (bin << 3);
    store<i64>(at, load<i64>(at) + load<i64>(word));
  } else {
    const at = target + (bin << 4);
    v128.store(at, i64x2.add(v128.load(at), v128.load(word)));
  }
}

export function subtractHistogram(slot: i32, childSlot: i32): void {
  const base = slotAddress(slot);
  const child = slotAddress(childSlot);
  const shift = binShift();
  if (nActive == nFeatures) {
    subtractRange(base, child, <usize>binOffset(nFeatures) << shift);
    return;
  }
  for (let place: i32 = 0; place < nActive; place++) {
    const feature = activeFeature(place);
    const first = <usize>binOffset(feature) << shift;
    subtractRange(base + first, child + first, (<usize>binOffset(feature + 1) << shift) - first);
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
