import { cells, counts, N_CELLS, nSamples, scratch, thresholds, values } from './generated/binning-memory';
import { sortFloats } from './radix-sort';

/** Sorts the first `n` values, which have no NaN. */
export function sortNumbers(n: i32): void {
  sortFloats(values, n, scratch, counts);
}

/**
 * Writes for each value to the scratch room, in `width` bytes, how many of the thresholds (ascending, finite) are below
 * it; nThresholds + 1 for NaN.
 */
export function binNumbers(nThresholds: i32, width: i32): void {
  const nSteps = cutIntoCells(nThresholds);
  if (width == 1) binWith<u8>(nSteps, nThresholds + 1);
  else binWith<u16>(nSteps, nThresholds + 1);
}

let origin: f64 = 0;
let cellsPerUnit: f64 = 0;

/**
 * Cuts the range of the thresholds into cells and writes for each cell how many thresholds lie in earlier ones. Returns
 * in how many steps a search finds how many of its own lie below a value, and pads the thresholds with infinity for it.
 *
 * A cell follows from a number by rising operations only, so that a threshold in an earlier cell is below the number and
 * one in a later cell above. Where the range is too wide to be cut, all thresholds are in cell 0.
 */
function cutIntoCells(nThresholds: i32): i32 {
  const end = thresholds + (<usize>nThresholds << 3);
  origin = nThresholds > 0 ? load<f64>(thresholds) : 0;
  const ratio = f64(N_CELLS - 1) / ((nThresholds > 0 ? load<f64>(end - 8) : 0) - origin);
  cellsPerUnit = ratio < Infinity ? ratio : 0;
  let most: i32 = 0;
  let next: i32 = 0;
  for (let cell: i32 = 0; cell < N_CELLS; cell++) {
    const start = next;
    store<u16>(cells + (<usize>cell << 1), <u16>start);
    while (next < nThresholds && cellOf(load<f64>(thresholds + (<usize>next << 3)), origin, cellsPerUnit) <= cell) next++;
    most = max(most, next - start);
  }
  const nSteps = 32 - clz(most);
  for (let at = end; at < end + (<usize>8 << nSteps); at += 8) store<f64>(at, Infinity);
  return nSteps;
}

/** Infinity · 0, where a range is too wide to be cut, counts as 0. */
@inline
function cellOf(x: f64, first: f64, perUnit: f64): i32 {
  return max(min(i32((x - first) * perUnit), N_CELLS - 1), 0);
}

/** Without branches, so that several values are under way at once. */
@inline
function binWith<Bin>(nSteps: i32, missingBin: i32): void {
  const first = origin;
  const perUnit = cellsPerUnit;
  const bounds = thresholds;
  const starts = cells;
  const end = values + (<usize>nSamples << 3);
  let bins = scratch;
  for (let at = values; at < end; at += 8) {
    const x = load<f64>(at);
    let below = <usize>load<u16>(starts + (<usize>cellOf(x, first, perUnit) << 1));
    for (let step = nSteps - 1; step >= 0; step--) {
      const probe = load<f64>(bounds + ((below + (<usize>1 << step)) << 3) - 8);
      below += <usize>i32(probe < x) << step;
    }
    const isMissing = i32(x != x);
    store<Bin>(bins, <Bin>(<i32>below * (1 - isMissing) + isMissing * missingBin));
    bins += sizeof<Bin>();
  }
}
