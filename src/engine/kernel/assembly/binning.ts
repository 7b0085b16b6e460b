const DIGIT_BITS: u64 = 11;
const DIGITS: u64 = 1 << DIGIT_BITS;
const N_DIGITS: u64 = 6;

/**
 * Sorts `n` floats without NaN at `values`, by 6 stable passes over 11 bits of an order-preserving key,
 * least significant first. `scratch` has room for as many floats, `counts` for 6 × 2048 32-bit counts.
 */
export function sortFloats(values: usize, n: i32, scratch: usize, counts: usize): void {
  const nBytes = <usize>n << 3;
  memory.fill(counts, 0, <usize>(N_DIGITS * DIGITS * 4));
  for (let at = values; at < values + nBytes; at += 8) {
    let key = toKey(load<u64>(at));
    store<u64>(at, key);
    for (let digit: u64 = 0; digit < N_DIGITS; digit++) {
      const place = countPlace(counts, digit, key);
      store<u32>(place, load<u32>(place) + 1);
    }
  }
  let source = values;
  let target = scratch;
  for (let digit: u64 = 0; digit < N_DIGITS; digit++) {
    if (n == 0 || load<u32>(countPlace(counts, digit, load<u64>(source))) == <u32>n) continue; // all alike
    let sum: u32 = 0;
    const first = counts + <usize>(digit * DIGITS * 4);
    for (let place = first; place < first + <usize>(DIGITS * 4); place += 4) {
      const count = load<u32>(place);
      store<u32>(place, sum);
      sum += count;
    }
    for (let at = source; at < source + nBytes; at += 8) {
      const key = load<u64>(at);
      const place = countPlace(counts, digit, key);
      const rank = load<u32>(place);
      store<u32>(place, rank + 1);
      store<u64>(target + (<usize>rank << 3), key);
    }
    const held = source;
    source = target;
    target = held;
  }
  for (let offset: usize = 0; offset < nBytes; offset += 8) {
    store<u64>(values + offset, fromKey(load<u64>(source + offset)));
  }
}

@inline
function countPlace(counts: usize, digit: u64, key: u64): usize {
  return counts + (<usize>(digit * DIGITS + ((key >> (digit * DIGIT_BITS)) & (DIGITS - 1))) << 2);
}

/** Bits of a float such that unsigned order is the floats' order: negatives reversed, positives above them. */
@inline
function toKey(bits: u64): u64 {
  return bits ^ (<u64>(<i64>bits >> 63) | 0x8000000000000000);
}

@inline
function fromKey(key: u64): u64 {
  return key ^ (<u64>((<i64>key >> 63) ^ -1) | 0x8000000000000000);
}

/** Cells that the range of a feature's thresholds is cut into; `binner.ts` fills them. */
const LAST_CELL: i32 = 1023;

/**
 * bins[i] = how many of the thresholds (ascending, padded with infinity) are below values[i]; `missingBin`
 * for NaN. A value's cell, (x − origin) · cellsPerUnit, tells how many thresholds lie in earlier cells
 * (`cells`, u16); a search of `nSteps` steps finds how many of its own. Without branches, so that several
 * values are under way at once.
 */
export function binFloats(
  values: usize,
  n: i32,
  thresholds: usize,
  cells: usize,
  origin: f64,
  cellsPerUnit: f64,
  nSteps: i32,
  missingBin: i32,
  bins: usize,
  width: i32,
): void {
  if (width == 1) binWith<u8>(values, n, thresholds, cells, origin, cellsPerUnit, nSteps, missingBin, bins);
  else binWith<u16>(values, n, thresholds, cells, origin, cellsPerUnit, nSteps, missingBin, bins);
}

@inline
function binWith<Bin>(
  values: usize,
  n: i32,
  thresholds: usize,
  cells: usize,
  origin: f64,
  cellsPerUnit: f64,
  nSteps: i32,
  missingBin: i32,
  bins: usize,
): void {
  const end = values + (<usize>n << 3);
  for (let at = values; at < end; at += 8) {
    const x = load<f64>(at);
    const cell = max(min(i32((x - origin) * cellsPerUnit), LAST_CELL), 0);
    let below = <usize>load<u16>(cells + (<usize>cell << 1));
    for (let step = nSteps - 1; step >= 0; step--) {
      const probe = load<f64>(thresholds + ((below + (<usize>1 << step)) << 3) - 8);
      below += <usize>i32(probe < x) << step;
    }
    const isMissing = i32(x != x);
    store<Bin>(bins, <Bin>(<i32>below * (1 - isMissing) + isMissing * missingBin));
    bins += sizeof<Bin>();
  }
}
