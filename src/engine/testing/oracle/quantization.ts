/** One quantised value takes at most this many bits besides its sign. */
const MAX_VALUE_BITS = 30;

/** Sums stay below 2^51: exact as 64-bit floats. */
const MAX_SUM_BITS = 51;

/** Adding and taking away 1.5 · 2^52 rounds a float below 2^51 to the nearest integer, ties to even. */
const ROUNDER = 6755399441055744;

/** Writes the values as integers on a power-of-two scale; returns the unit, 1 ÷ that scale. */
export function quantize(values: Float64Array, countBits: number, out: Int32Array): number {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const scale = findScale(sumMagnitudes(values), largest, values.length, countBits);
  for (let i = 0; i < values.length; i++) out[i] = values[i] * scale + ROUNDER - ROUNDER;
  return 1 / scale;
}

/** Σ|x| in two partial sums (even and odd positions), as the kernel adds them. */
export function sumMagnitudes(values: Float64Array): number {
  const sums = [0, 0];
  for (let i = 0; i < values.length; i++) sums[i % 2] += Math.abs(values[i]);
  return sums[0] + sums[1];
}

/** Largest power of two such that values and sums keep within their bits; 1 when all values are 0. */
export function findScale(
  sumOfMagnitudes: number,
  largest: number,
  nSamples: number,
  countBits: number,
): number {
  if (!(largest > 0)) return 1;
  const maxSum = 2 ** Math.min(MAX_SUM_BITS, 63 - countBits) - nSamples;
  return Math.min(findPower(2 ** MAX_VALUE_BITS, largest), findPower(maxSum, sumOfMagnitudes));
}

/** The largest power of two that `value` times it does not exceed `bound`. Both products are exact. */
function findPower(bound: number, value: number): number {
  let power = 1;
  while (value * power > bound) power /= 2;
  while (value * (power * 2) <= bound) power *= 2;
  return power;
}
