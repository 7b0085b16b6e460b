/**
 * exp and log that give the same bits in every engine.
 *
 * `Math.exp` and `Math.log` may differ in the last bit between browsers, which would change a model's
 * bytes. These use only + − × ÷ and bit access, which IEEE 754 fixes. Error below 1e-15 relative.
 */

const LN2 = 0.6931471805599453;
const LN2_HIGH = 0.69314718036912381649;
const LN2_LOW = 1.90821492927058770002e-10;
const bits = new DataView(new ArrayBuffer(8));

/** x · 2^power for |power| ≤ 1022·2, in two exact steps so that subnormals round once. */
function scaleByPowerOfTwo(x: number, power: number): number {
  const half = power >> 1;
  return x * powerOfTwo(half) * powerOfTwo(power - half);
}

function powerOfTwo(power: number): number {
  bits.setUint32(0, (power + 1023) << 20);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** e^x. Argument reduction to |r| ≤ ln2/2, then the Taylor series by Horner's rule. */
export function exactExp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -745.1332191019411) return 0;
  const k = Math.round(x / LN2);
  const r = x - k * LN2_HIGH - k * LN2_LOW;
  let sum = 1;
  for (let n = 14; n >= 1; n--) sum = 1 + (r / n) * sum;
  return scaleByPowerOfTwo(sum, k);
}

/** Natural logarithm. x = m·2^k with m in [√½, √2), log m = 2·atanh((m−1)/(m+1)) by its odd series. */
export function exactLog(x: number): number {
  if (Number.isNaN(x) || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    exponent = -54;
  }
  bits.setFloat64(0, value);
  const high = bits.getUint32(0);
  exponent += (high >>> 20) - 1023;
  bits.setUint32(0, (high & 0x000fffff) | 0x3ff00000);
  let m = bits.getFloat64(0);
  if (m > 1.4142135623730951) {
    m /= 2;
    exponent += 1;
  }
  const s = (m - 1) / (m + 1);
  const s2 = s * s;
  let series = 0;
  for (let n = 21; n >= 3; n -= 2) series = (series + 1 / n) * s2;
  return exponent * LN2_HIGH + (2 * s + (2 * s * series + exponent * LN2_LOW));
}

/** log(1 + x), accurate near zero (Kahan's correction). */
export function exactLog1p(x: number): number {
  const u = 1 + x;
  if (u === 1) return x;
  if (u === Infinity || u <= 0) return exactLog(u);
  return exactLog(u) * (x / (u - 1));
}

/** e^x − 1, accurate near zero (Kahan's correction). */
export function exactExpm1(x: number): number {
  if (x > -1e-5 && x < 1e-5) return x + (x * x) / 2 + (x * x * x) / 6;
  return exactExp(x) - 1;
}
