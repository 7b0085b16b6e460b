import { normalShare } from '#base/normal-share.ts';
import { exactExp, exactLog } from '#base/exact-math.ts';

const LOG_ROOT_2PI = 0.9189385332046727;

/**
 * Logarithm of the expected improvement below `incumbent` of a normal variable: it ranks points also where the improvement itself is
 * too small for a number (Ament et al. 2023). −∞ where nothing is uncertain.
 */
export function logExpectedImprovement(mean: number, variance: number, incumbent: number): number {
  if (!(variance > 0)) return -Infinity;
  const deviation = Math.sqrt(variance);
  const z = (incumbent - mean) / deviation;
  return exactLog(deviation) + logImprovement(z);
}

/** log(φ(z) + z Φ(z)). */
function logImprovement(z: number): number {
  const logDensity = -(z * z) / 2 - LOG_ROOT_2PI;
  // Far out, φ(z) (1/z² − 3/z⁴ + 15/z⁶): the difference itself would cancel.
  if (z < -6) return logDensity + exactLog(1 / (z * z) - 3 / z ** 4 + 15 / z ** 6);
  return exactLog(Math.max(Number.MIN_VALUE, exactExp(logDensity) + z * normalShare(z)));
}
