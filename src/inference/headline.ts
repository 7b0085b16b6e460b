import { isClaimed, isRefused } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from './contract.ts';

/**
 * The one duration to announce: the P50 that stands in the table of levels; the model's own estimate (`estimate`) for a
 * model without intervals. `refused`: there is none, and `value` is only what the model would say by itself.
 */
export interface Headline {
  readonly kind: 'p50' | 'estimate' | 'refused';
  readonly value: number;
}

export function findHeadline({ value, interval }: Pick<CasePrediction, 'value' | 'interval'>): Headline {
  if (interval === null) return { kind: 'estimate', value };
  if (isRefused(interval)) return { kind: 'refused', value };
  return isClaimed(interval.p50) ? { kind: 'p50', value: interval.p50.value } : { kind: 'estimate', value };
}
