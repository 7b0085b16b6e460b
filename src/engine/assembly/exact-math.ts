// As `base/exact-math.ts`, term by term: only + − × ÷ and bit access, so that both give the same bits everywhere.

const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.69314718036912381649;
const LN2_LOW: f64 = 1.90821492927058770002e-10;

@inline
function powerOfTwo(power: i32): f64 {
  return reinterpret<f64>(<u64>(power + 1023) << 52);
}

/** To the nearest integer, halves upwards. */
@inline
function roundUpwards(x: f64): f64 {
  const above = ceil(x);
  return above - 0.5 <= x ? above : above - 1;
}

/** e^x. */
export function exactExp(x: f64): f64 {
  if (x != x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = roundUpwards(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum: f64 = 1;
  for (let n: f64 = 14; n >= 1; n--) sum = 1 + (r / n) * sum;
  const power = i32(k);
  const half = power >> 1;
  return sum * powerOfTwo(half) * powerOfTwo(power - half);
}

/** Natural logarithm of a positive finite number. */
export function exactLog(x: f64): f64 {
  let exponent: i32 = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    exponent = -54;
  }
  const bits = reinterpret<u64>(value);
  exponent += i32(bits >> 52) - 1023;
  let m = reinterpret<f64>((bits & 0x000fffffffffffff) | 0x3ff0000000000000);
  if (m > 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let series: f64 = 0;
  for (let n: f64 = 21; n >= 3; n -= 2) series = (series + 1 / n) * s2;
  return f64(exponent) * LN2_HIGH + (2 * s + (2 * s * series + f64(exponent) * LN2_LOW));
}

/** e^x of two numbers. */
@inline
export function exactExpPair(x: v128): v128 {
  const isUsual = f64x2.le(f64x2.abs(x), f64x2.splat(700));
  if (!i64x2.all_true(isUsual)) {
    const pair = f64x2.splat(exactExp(f64x2.extract_lane(x, 0)));
    return f64x2.replace_lane(pair, 1, exactExp(f64x2.extract_lane(x, 1)));
  }
  const quotient = f64x2.div(x, f64x2.splat(LN2));
  const above = f64x2.ceil(quotient);
  const half = f64x2.le(f64x2.sub(above, f64x2.splat(0.5)), quotient);
  const k = v128.bitselect(above, f64x2.sub(above, f64x2.splat(1)), half);
  const r = f64x2.sub(f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH))), f64x2.mul(k, f64x2.splat(LN2_LOW)));
  let sum = f64x2.splat(1);
  for (let n: f64 = 14; n >= 1; n--) {
    sum = f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.div(r, f64x2.splat(n)), sum));
  }
  // A power of two in two steps, as above: each is exact for what is usual.
  const powers = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
  return f64x2.mul(sum, i64x2.shl(i64x2.add(powers, i64x2.splat(1023)), 52));
}

/** Natural logarithm of two numbers from 1 to 2. */
@inline
export function exactLogPair(x: v128): v128 {
  const one = f64x2.splat(1);
  const isHigh = f64x2.gt(x, f64x2.splat(1.4142135623730951));
  const m = v128.bitselect(f64x2.div(x, f64x2.splat(2)), x, isHigh);
  const exponent = v128.and(one, isHigh);
  const s = f64x2.div(f64x2.sub(m, one), f64x2.add(m, one));
  const s2 = f64x2.mul(s, s);
  const twice = f64x2.mul(f64x2.splat(2), s);
  let series = f64x2.splat(0);
  for (let n: f64 = 21; n >= 3; n -= 2) series = f64x2.mul(f64x2.add(series, f64x2.splat(1 / n)), s2);
  const low = f64x2.add(f64x2.mul(twice, series), f64x2.mul(exponent, f64x2.splat(LN2_LOW)));
  return f64x2.add(f64x2.mul(exponent, f64x2.splat(LN2_HIGH)), f64x2.add(twice, low));
}
