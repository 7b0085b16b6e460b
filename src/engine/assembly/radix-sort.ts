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
