import { binWidth, columns, columnStride, goesLeft, indices, raw, scratch } from './layout';

/** Stable and without branches: each sample is written to both sides, and one of the two ends moves. */
export function partition(feature: i32, start: i32, end: i32): i32 {
  const column = columns + <usize>feature * columnStride;
  return binWidth == 1 ? partitionBins<u8>(column, start, end) : partitionBins<u16>(column, start, end);
}

@inline
function partitionBins<Bin>(column: usize, start: i32, end: i32): i32 {
  let left = indices + (<usize>start << 2);
  let right = scratch;
  const first = left;
  const stop = indices + (<usize>end << 2);
  const table = goesLeft;
  for (let at = first; at < stop; at += 4) {
    const sample = load<u32>(at);
    const isLeft = <usize>load<u8>(table + <usize>load<Bin>(column + <usize>sample * sizeof<Bin>()));
    store<u32>(left, sample);
    store<u32>(right, sample);
    left += isLeft << 2;
    right += 4 - (isLeft << 2);
  }
  memory.copy(left, scratch, right - scratch);
  return i32((left - first) >> 2);
}

export function addToRaw(start: i32, end: i32, value: f64): void {
  const stop = indices + (<usize>end << 2);
  for (let at = indices + (<usize>start << 2); at < stop; at += 4) {
    const place = raw + (<usize>load<u32>(at) << 3);
    store<f64>(place, load<f64>(place) + value);
  }
}
