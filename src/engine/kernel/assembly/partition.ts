import { binWidth, columns, columnStride, goesLeft, indices, raw, scratch } from './layout';

// Stable and without branches: each sample is written to both sides, and one of the two ends moves.

export function partitionNumbers(feature: i32, start: i32, end: i32, splitBin: i32, extraBin: i32): i32 {
  const column = columns + <usize>feature * columnStride;
  return binWidth == 1
    ? partitionBins<u8, u8>(column, start, end, splitBin, extraBin)
    : partitionBins<u16, u8>(column, start, end, splitBin, extraBin);
}

export function partitionCategories(feature: i32, start: i32, end: i32): i32 {
  const column = columns + <usize>feature * columnStride;
  return binWidth == 1
    ? partitionBins<u8, u16>(column, start, end, 0, 0)
    : partitionBins<u16, u16>(column, start, end, 0, 0);
}

/** `Kind` is u8 for numbers, u16 for categories: a compile-time switch. */
@inline
function partitionBins<Bin, Kind>(column: usize, start: i32, end: i32, splitBin: i32, extraBin: i32): i32 {
  let left = indices + (<usize>start << 2);
  let right = scratch + (<usize>start << 2); // threads may part different runs at once
  const first = left;
  const firstRight = right;
  const stop = indices + (<usize>end << 2);
  const table = goesLeft;
  for (let at = first; at < stop; at += 4) {
    const sample = load<u32>(at);
    const bin = i32(load<Bin>(column + <usize>sample * sizeof<Bin>()));
    const isLeft =
      sizeof<Kind>() == 1
        ? <usize>(i32(bin <= splitBin) | i32(bin == extraBin))
        : <usize>load<u8>(table + <usize>bin);
    store<u32>(left, sample);
    store<u32>(right, sample);
    left += isLeft << 2;
    right += 4 - (isLeft << 2);
  }
  memory.copy(left, firstRight, right - firstRight);
  return i32((left - first) >> 2);
}

export function addToRaw(start: i32, end: i32, value: f64): void {
  const stop = indices + (<usize>end << 2);
  for (let at = indices + (<usize>start << 2); at < stop; at += 4) {
    const place = raw + (<usize>load<u32>(at) << 3);
    store<f64>(place, load<f64>(place) + value);
  }
}
