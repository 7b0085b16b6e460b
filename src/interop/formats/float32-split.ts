const view = new DataView(new ArrayBuffer(8));

/** The next float32 above; of the largest one, +∞. */
export function nextFloat32(x: number): number {
  if (x === 0) return 2 ** -149;
  view.setFloat32(0, x);
  view.setInt32(0, view.getInt32(0) + (x > 0 ? 1 : -1));
  return view.getFloat32(0);
}

function previousFloat64(x: number): number {
  if (x === 0) return -Number.MIN_VALUE;
  view.setFloat64(0, x);
  view.setBigInt64(0, view.getBigInt64(0) + (x > 0 ? -1n : 1n));
  return view.getFloat64(0);
}

/** Halfway to the float32 below, exact in double precision; below the least of them as if there were one more. */
function halfwayBelow(threshold: number): number {
  const below = -nextFloat32(-threshold);
  return Number.isFinite(below) ? (below + threshold) / 2 : threshold - 2 ** 103;
}

/**
 * The double T for which `x ≤ T` is what a reader of float32 means by `x < threshold`: the same for every double x, which
 * that reader rounds to a float32 first.
 */
export function toDoubleThreshold(threshold: number): number {
  const halfway = halfwayBelow(threshold);
  return Math.fround(halfway) < threshold ? halfway : previousFloat64(halfway);
}

/**
 * The float32 t for which `x < t` is what `x ≤ threshold` is for every x that is a float32; a double between the threshold
 * and its neighbour may turn out otherwise, as it is rounded first.
 */
export function toSingleThreshold(threshold: number): number {
  const rounded = Math.fround(threshold);
  if (!Number.isFinite(rounded)) return rounded < 0 ? -MAX_FLOAT32 : MAX_FLOAT32;
  const most = rounded <= threshold ? rounded : -nextFloat32(-rounded);
  return Math.min(MAX_FLOAT32, nextFloat32(most));
}

const MAX_FLOAT32 = (2 - 2 ** -23) * 2 ** 127;

/** The fewest digits that read as this float32: nine at most, with an exponent, as `1.85E1`. */
export function writeFloat32(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x < 0 ? '-Infinity' : 'Infinity';
  for (let digits = 0; digits < 8; digits++) {
    const text = x.toExponential(digits);
    if (Math.fround(Number(text)) === x) return upperExponent(text);
  }
  return upperExponent(x.toExponential(8));
}

function upperExponent(text: string): string {
  return text.replace('e+', 'E').replace('e-', 'E-');
}
