import {
  countBits,
  floatGradients,
  floatHessians,
  gradients,
  hessians,
  indices,
  nSamples,
} from './generated/growing-memory';

// Each gradient is rounded once for a tree to an integer on a power-of-two scale. Sums of integers are exact, so no order
// of samples can change a tree; they stay below 2^51, so that they turn into floats exactly too.

const MOST_VALUE_BITS: i64 = 30;
const MOST_SUM_BITS: i64 = 51;

/** Powers of two that turn quantised sums into real ones. */
export let gradientUnit: f64 = 1;
export let hessianUnit: f64 = 1;
export let meanHessian: f64 = 1;

/**
 * Quantises the gradients (and hessians) of all samples. The scale is the largest power of two for which no value
 * exceeds 30 bits and no sum can exceed what a 64-bit word has left beside the count. Multiplying by it is exact; only
 * the rounding loses anything: at most half a unit per sample.
 */
export function quantizeGradients(): void {
  gradientUnit = 1 / quantize(floatGradients, gradients);
  hessianUnit = 1;
  meanHessian = 1;
  if (hessians == 0) return;
  meanHessian = sumMagnitudes(floatHessians) / f64(nSamples);
  hessianUnit = 1 / quantize(floatHessians, hessians);
}

/** Writes round-half-to-even(x · scale) as 32-bit integers, two at a time; returns the scale. */
function quantize(source: usize, target: usize): f64 {
  const scale = findScale(sumMagnitudes(source), findLargestMagnitude(source));
  const scales = f64x2.splat(scale);
  const pairsEnd = source + ((<usize>(nSamples & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) {
    const rounded = f64x2.nearest(f64x2.mul(v128.load(at), scales));
    v128.store64_lane(target, i32x4.trunc_sat_f64x2_s_zero(rounded), 0);
    target += 8;
  }
  if (nSamples & 1) store<i32>(target, i32(nearest(load<f64>(pairsEnd) * scale)));
  return scale;
}

/** 1 when all values are 0. */
function findScale(sum: f64, largest: f64): f64 {
  if (!(largest > 0)) return 1;
  const mostSum = f64((<i64>1 << min(MOST_SUM_BITS, 63 - countBits)) - <i64>nSamples);
  return min(findPower(f64(<i64>1 << MOST_VALUE_BITS), largest), findPower(mostSum, sum));
}

/** The largest power of two that `value` times it does not exceed `bound`. Both products are exact. */
function findPower(bound: f64, value: f64): f64 {
  let power: f64 = 1;
  while (value * power > bound) power /= 2;
  while (value * (power * 2) <= bound) power *= 2;
  return power;
}

/** Σ|x| in two interleaved partial sums. */
function sumMagnitudes(source: usize): f64 {
  let sums = f64x2.splat(0);
  const pairsEnd = source + ((<usize>(nSamples & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) sums = f64x2.add(sums, f64x2.abs(v128.load(at)));
  let even = f64x2.extract_lane(sums, 0);
  if (nSamples & 1) even += abs(load<f64>(pairsEnd));
  return even + f64x2.extract_lane(sums, 1);
}

function findLargestMagnitude(source: usize): f64 {
  let largest = f64x2.splat(0);
  const pairsEnd = source + ((<usize>(nSamples & ~1)) << 3);
  for (let at = source; at < pairsEnd; at += 16) largest = f64x2.pmax(largest, f64x2.abs(v128.load(at)));
  const result = max(f64x2.extract_lane(largest, 0), f64x2.extract_lane(largest, 1));
  return nSamples & 1 ? max(result, abs(load<f64>(pairsEnd))) : result;
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
