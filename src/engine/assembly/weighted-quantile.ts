import { sortFloats } from './radix-sort';
import { scratch, sorting } from './generated/growing-memory';

/** From so many values on, passes over digits sort sooner than merges. */
const LEAST_FOR_DIGITS: i32 = 1024;

/** Runs that are sorted by insertion before they are merged. */
const RUN: i32 = 8;

/**
 * The quantile of `n` values under `weightsOf` (0 = equal), as `engine/weighted-quantile.ts` defines it. Many
 * values without weights are left sorted, others where they were. Works in `sorting` and `scratch`.
 */
export function findQuantile(values: usize, weightsOf: usize, n: i32, share: f64): f64 {
  if (n == 0) return 0;
  const order = scratch;
  const isByDigits = weightsOf == 0 && n >= LEAST_FOR_DIGITS;
  if (isByDigits) sortFloats(values, n, sorting, sorting + (<usize>n << 3));
  else sortOrder(values, order, n, sorting);
  if (weightsOf != 0) return weightedQuantile(values, order, weightsOf, n, share);
  const position = share * f64(n - 1);
  const below = i32(position);
  const above = min(below + 1, n - 1);
  const low = load<f64>(values + (<usize>(isByDigits ? below : rankAt(order, below)) << 3));
  const high = load<f64>(values + (<usize>(isByDigits ? above : rankAt(order, above)) << 3));
  return low + (high - low) * (position - f64(below));
}

@inline
function rankAt(order: usize, place: i32): i32 {
  return load<i32>(order + (<usize>place << 2));
}

function weightedQuantile(values: usize, order: usize, weightsOf: usize, n: i32, share: f64): f64 {
  let total: f64 = 0;
  for (let k: i32 = 0; k < n; k++) total += load<f64>(weightsOf + (<usize>rankAt(order, k) << 3));
  let sum: f64 = 0;
  let last: f64 = 0;
  for (let k: i32 = 0; k < n; k++) {
    const place = <usize>rankAt(order, k) << 3;
    const weight = load<f64>(weightsOf + place);
    if (weight == 0) continue;
    last = load<f64>(values + place);
    sum += weight;
    if (sum >= share * total) break;
  }
  return last;
}

/** Writes the numbers 0 … n − 1 at `order`, by rising value, equals as they were: merges, from short sorted runs on. */
function sortOrder(values: usize, order: usize, n: i32, room: usize): void {
  for (let from: i32 = 0; from < n; from += RUN) insertRun(values, order, from, min(from + RUN, n));
  let source = order;
  let other = room;
  for (let width = RUN; width < n; width <<= 1) {
    for (let from: i32 = 0; from < n; from += 2 * width) {
      mergeRuns(values, source, other, from, min(from + width, n), min(from + 2 * width, n));
    }
    const held = source;
    source = other;
    other = held;
  }
  if (source != order) memory.copy(order, source, <usize>n << 2);
}

@inline
function insertRun(values: usize, order: usize, from: i32, to: i32): void {
  for (let i = from; i < to; i++) {
    const value = load<f64>(values + (<usize>i << 3));
    let place = i;
    while (place > from && load<f64>(values + (<usize>rankAt(order, place - 1) << 3)) > value) {
      store<i32>(order + (<usize>place << 2), rankAt(order, place - 1));
      place -= 1;
    }
    store<i32>(order + (<usize>place << 2), i);
  }
}

/** Without branches on values. A run that has ended is held at its last place, and loses. */
@inline
function mergeRuns(values: usize, source: usize, to: usize, from: i32, middle: i32, end: i32): void {
  let a = from;
  let b = middle;
  for (let k = from; k < end; k++) {
    const left = rankAt(source, min(a, middle - 1));
    const right = rankAt(source, min(b, end - 1));
    const isOrdered = load<f64>(values + (<usize>left << 3)) <= load<f64>(values + (<usize>right << 3));
    const takesLeft = (i32(isOrdered) | i32(b >= end)) & i32(a < middle);
    store<i32>(to + (<usize>k << 2), takesLeft ? left : right);
    a += takesLeft;
    b += 1 - takesLeft;
  }
}
