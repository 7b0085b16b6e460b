import type { Init } from './fit-input.ts';
import type { Loss } from './loss.ts';
import { findWeightedQuantile } from './weighted-quantile.ts';

/** The constant raw prediction that boosting starts from; null when the start is per sample. */
export function findBaseline(
  init: Init,
  target: Float64Array,
  weights: Float64Array | null,
  loss: Loss,
): number | null {
  if (init instanceof Float64Array) return null;
  if (init === 'zero') return 0;
  if (typeof init === 'number') return loss.toRaw(init);
  if (init === 'median') return loss.toRaw(findWeightedQuantile(target.slice(), weights, 0.5));
  let sum = 0;
  let sumWeights = 0;
  for (let i = 0; i < target.length; i++) {
    const weight = weights ? weights[i] : 1;
    sum += weight * target[i];
    sumWeights += weight;
  }
  return loss.toRaw(sum / sumWeights);
}
