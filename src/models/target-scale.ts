import { exactExpm1, exactLog1p } from '#base/exact-math.ts';

/** What a model learns: the durations themselves, or log(1 + duration), which tames a heavy tail. */
export type TargetScale = 'identity' | 'log1p';

/** log(1 + x) is offered only where every target is above −1. O(n). */
export function canUseLogScale(target: ArrayLike<number>): boolean {
  for (let i = 0; i < target.length; i++) if (!(target[i] > -1)) return false;
  return true;
}

/** Target → what is learnt. A new array. */
export function toScale(target: ArrayLike<number>, scale: TargetScale): Float64Array {
  return scale === 'log1p' ? Float64Array.from(target, exactLog1p) : Float64Array.from(target);
}

/**
 * What was learnt → the target's unit, in place. The exponential is monotone, so quantiles keep their
 * meaning; the mean of logs comes back near the median of a skewed target, which is the point we show.
 */
export function fromScaleInPlace(values: Float64Array, scale: TargetScale): Float64Array {
  if (scale === 'log1p') for (let i = 0; i < values.length; i++) values[i] = exactExpm1(values[i]);
  return values;
}
