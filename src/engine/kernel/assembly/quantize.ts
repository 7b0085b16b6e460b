import { indices, nSamples } from './layout';

/** Σ|x| in two interleaved partial sums, as the scalar kernel adds them. */
export function sumMagnitudes(source: usize, n: i32): f64 {
  let sums = f64x2.splat(0);
  const pairsEnd = source + ((<usize>(n & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) sums = f64x2.add(sums, f64x2.abs(v128.load(at)));
  let even = f64x2.extract_lane(sums, 0);
  if (n & 1) even += abs(load<f64>(pairsEnd));
  return even + f64x2.extract_lane(sums, 1);
}

export function findLargestMagnitude(source: usize, n: i32): f64 {
  let largest = f64x2.splat(0);
  const pairsEnd = source + ((<usize>(n & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) largest = f64x2.pmax(largest, f64x2.abs(v128.load(at)));
  let result = max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  if (n & 1) result = max(result, abs(load<f64>(pairsEnd)));
  return result;
}

/** Round half to even of x · scale, two at a time. */
export function quantize(source: usize, n: i32, scale: f64, target: usize): void {
  const scales = f64x2.splat(scale);
  const pairsEnd = source + ((<usize>(n & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) {
    const rounded = f64x2.nearest(f64x2.mul(v128.load(at), scales));
    v128.store64_lane(target, i32x4.trunc_sat_f64x2_s_zero(rounded), 0);
    target += 8;
  }
  if (n & 1) store<i32>(target, i32(nearest(load<f64>(pairsEnd) * scale)));
}

export function resetIndices(): void {
  const stop = indices + (<usize>nSamples << 2);
  let at = indices;
  for (let four = i32x4(0, 1, 2, 3); at + 16 <= stop; at += 16) {
    v128.store(at, four);
    four = i32x4.add(four, i32x4.splat(4));
  }
  for (; at < stop; at += 4) store<u32>(at, u32((at - indices) >> 2));
}

/** Sum of the quantised values at `source` over samples `indices[0 … n)`. */
export function sumQuantized(source: usize, n: i32): f64 {
  if (n == nSamples) return sumAllQuantized(source);
  let sum: i64 = 0;
  const stop = indices + (<usize>n << 2);
  for (let at = indices; at < stop; at += 4) sum += i64(load<i32>(source + (<usize>load<u32>(at) << 2)));
  return f64(sum);
}

@inline
function sumAllQuantized(source: usize): f64 {
  const stop = source + (<usize>nSamples << 2);
  let at = source;
  let sums = i64x2.splat(0);
  for (; at + 16 <= stop; at += 16) {
    const four = v128.load(at);
    sums = i64x2.add(sums, i64x2.add(i64x2.extend_low_i32x4_s(four), i64x2.extend_high_i32x4_s(four)));
  }
  let sum = i64x2.extract_lane(sums, 0) + i64x2.extract_lane(sums, 1);
  for (; at < stop; at += 4) sum += i64(load<i32>(at));
  return f64(sum);
}
