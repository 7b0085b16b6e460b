import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { CasePrediction } from './contract.ts';

/** Fewer outages of a class do not move the middle: the model's own estimate is then the steadier one. */
const MIN_FOR_MIDDLE = 9;

/** The one duration to announce: P50 where past outages carry it, else the model's own estimate. */
export function findHeadline(prediction: Pick<CasePrediction, 'value' | 'interval'>): {
  readonly value: number;
  readonly isP50: boolean;
} {
  const p50 = prediction.interval?.p50;
  return p50 && isClaimed(p50) && p50.n >= MIN_FOR_MIDDLE
    ? { value: p50.value, isP50: true }
    : { value: prediction.value, isP50: false };
}
