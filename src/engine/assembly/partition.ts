import { binWidth, goesLeft } from './generated/growing-memory';

// Stable and without branches: each sample is written to both sides, and the end of one of them moves.

/** Below this a loop copies sooner than the call that `memory.copy` is. */
const FEW_BYTES: usize = 1024;

/**
 * Partitions the samples `order[start … end)` by the bins of a column: those ≤ `splitBin` or equal to `extraBin`
 * (−1 = none) first. `scratch` has room for as many samples. Returns how many go left.
 */
export function partitionByNumber(
  column: usize,
  order: usize,
  scratch: usize,
  start: i32,
  end: i32,
  splitBin: i32,
  extraBin: i32,
): i32 {
  if (extraBin < 0) {
    return binWidth == 1
      ? partitionBins<u8, u8>(column, order, scratch, start, end, splitBin, 0)
      : partitionBins<u16, u8>(column, order, scratch, start, end, splitBin, 0);
  }
  return binWidth == 1
    ? partitionBins<u8, u16>(column, order, scratch, start, end, splitBin, extraBin)
    : partitionBins<u16, u16>(column, order, scratch, start, end, splitBin, extraBin);
}

/** The same by a set of bins: those with `goesLeft[bin] === 1` first. */
export function partitionByCategory(column: usize, order: usize, scratch: usize, start: i32, end: i32): i32 {
  return binWidth == 1
    ? partitionBins<u8, u32>(column, order, scratch, start, end, 0, 0)
    : partitionBins<u16, u32>(column, order, scratch, start, end, 0, 0);
}

/** `Kind` is u8 for numbers, u16 where missing ones go left too, u32 for categories: a compile-time switch. */
@inline
function partitionBins<Bin, Kind>(
  column: usize,
  order: usize,
  scratch: usize,
  start: i32,
  end: i32,
  splitBin: i32,
  extraBin: i32,
): i32 {
  let left = order + (<usize>start << 2);
  const first = left;
  const firstRight = scratch;
  const stop = order + (<usize>end << 2);
  const table = goesLeft;
  for (let at = first; at < stop; at += 4) {
    const sample = load<u32>(at);
    const bin = i32(load<Bin>(column + <usize>sample * sizeof<Bin>()));
    let isLeft: usize;
    if (sizeof<Kind>() == 4) isLeft = <usize>load<u8>(table + <usize>bin);
    else if (sizeof<Kind>() == 2) isLeft = <usize>(i32(bin <= splitBin) | i32(bin == extraBin));
    else isLeft = <usize>i32(bin <= splitBin);
    store<u32>(left, sample);
    store<u32>(firstRight + (at - left), sample); // as many have gone right as did not go left
    left += isLeft << 2;
  }
  copyWords(left, firstRight, stop - left);
  return i32((left - first) >> 2);
}

@inline
function copyWords(to: usize, from: usize, nBytes: usize): void {
  if (nBytes > FEW_BYTES) {
    memory.copy(to, from, nBytes);
    return;
  }
  let at: usize = 0;
  for (; at + 16 <= nBytes; at += 16) v128.store(to + at, v128.load(from + at));
  for (; at < nBytes; at += 4) store<u32>(to + at, load<u32>(from + at));
}

/** rawOf[i] += value for the samples `order[start … end)`. */
@inline
export function addValue(order: usize, start: i32, end: i32, value: f64, rawOf: usize): void {
  const stop = order + (<usize>end << 2);
  for (let at = order + (<usize>start << 2); at < stop; at += 4) {
    const place = rawOf + (<usize>load<u32>(at) << 3);
    store<f64>(place, load<f64>(place) + value);
  }
}
