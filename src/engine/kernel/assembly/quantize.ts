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
  for (let i: i32 = 0; i < nSamples; i++) store<i32>(indices + (<usize>i << 2), i);
}

export function sumQuantized(source: usize, end: i32): f64 {
  let sum: i64 = 0;
  const stop = indices + (<usize>end << 2);
  for (let at = indices; at < stop; at += 4) sum += i64(load<i32>(source + (<usize>load<u32>(at) << 2)));
  return f64(sum);
}
