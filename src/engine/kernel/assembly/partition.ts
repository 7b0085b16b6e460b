import { binWidth, columns, columnStride, goesLeft, indices, scratch } from './layout';

// Stable and without branches: each sample is written to both sides, and one of the two ends moves.

/** Below this a loop copies sooner than the call that `memory.copy` is. */
const FEW_BYTES: usize = 1024;

export function partitionNumbers(feature: i32, start: i32, end: i32, splitBin: i32, extraBin: i32): i32 {
  return partNumbers(columns + <usize>feature * columnStride, indices, scratch, start, end, splitBin, extraBin);
}

export function partitionCategories(feature: i32, start: i32, end: i32): i32 {
  return partCategories(columns + <usize>feature * columnStride, indices, scratch, start, end);
}

/** Parts the samples `order[start … end)` of any set by a column of theirs; returns how many go left. */
export function partNumbers(
  column: usize,
  order: usize,
  room: usize,
  start: i32,
  end: i32,
  splitBin: i32,
  extraBin: i32,
): i32 {
  if (extraBin < 0) {
    return binWidth == 1
      ? partBins<u8, u8>(column, order, room, start, end, splitBin, 0)
      : partBins<u16, u8>(column, order, room, start, end, splitBin, 0);
  }
  return binWidth == 1
    ? partBins<u8, u16>(column, order, room, start, end, splitBin, extraBin)
    : partBins<u16, u16>(column, order, room, start, end, splitBin, extraBin);
}

export function partCategories(column: usize, order: usize, room: usize, start: i32, end: i32): i32 {
  return binWidth == 1
    ? partBins<u8, u32>(column, order, room, start, end, 0, 0)
    : partBins<u16, u32>(column, order, room, start, end, 0, 0);
}

/** `Kind` is u8 for numbers, u16 where missing ones go left too, u32 for categories: a compile-time switch. */
@inline
function partBins<Bin, Kind>(
  column: usize,
  order: usize,
  room: usize,
  start: i32,
  end: i32,
  splitBin: i32,
  extraBin: i32,
): i32 {
  let left = order + (<usize>start << 2);
  const first = left;
  const firstRight = room + (<usize>start << 2); // threads may part different runs at once
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
