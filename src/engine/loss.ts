import { exactLog } from '#base/exact-math.ts';
import type { lossNumbers } from './kernel/memory-map.ts';
import type { BoostingSettings } from './settings.ts';

/**
 * What boosting minimises: a sum over samples of a convex function of target and raw prediction. Its formulas are in the
 * kernel (`assembly/loss.ts`, and for reading `testing/oracle/loss.ts`); what does not concern a loss is 0.
 */
export interface Loss {
  readonly name: keyof typeof lossNumbers;
  /** The share of targets that the pinball loss wants below, and what it is multiplied by. */
  readonly quantile: number;
  readonly scale: number;
  /** Where Huber's loss turns from square to absolute; 0 = renewed at each iteration. */
  readonly delta: number;
  /** The hessian is 1 for each sample (times its weight): counts stand for its sums. */
  readonly hasConstantHessian: boolean;
  /** One Newton step is not the best constant of a leaf (absolute error, quantile, Huber). */
  readonly renewsLeafValues: boolean;
  /** Raw prediction for a prediction in the target's unit. */
  readonly toRaw: (prediction: number) => number;
}

export function findLoss({ loss, quantile = 0.5, huberDelta = 0 }: BoostingSettings): Loss {
  const plain = {
    quantile: 0,
    scale: 0,
    delta: 0,
    hasConstantHessian: true,
    renewsLeafValues: false,
    toRaw: (prediction: number) => prediction,
  };
  switch (loss) {
    case 'squaredError':
      return { ...plain, name: 'squaredError' };
    case 'absoluteError':
      return { ...plain, name: 'pinball', quantile: 0.5, scale: 2, renewsLeafValues: true };
    case 'quantile':
      return { ...plain, name: 'pinball', quantile, scale: 1, renewsLeafValues: true };
    case 'huber':
      return { ...plain, name: 'huber', delta: huberDelta, renewsLeafValues: true };
    case 'logistic':
      return { ...plain, name: 'logistic', hasConstantHessian: false, toRaw: toLogOdds };
    default:
      return { ...plain, name: 'gamma', hasConstantHessian: false, toRaw: exactLog };
  }
}

/** Odds of a share beyond these are taken for these: of targets that are all 0 the log-odds is −∞. */
const LEAST_SHARE = 1e-6;

function toLogOdds(share: number): number {
  const held = Math.min(1 - LEAST_SHARE, Math.max(LEAST_SHARE, share));
  return exactLog(held / (1 - held));
}
