import { median } from '#base/statistics.ts';

/**
 * How far residuals typically lie from 0, along the predicted value: what an interval is stretched by
 * where the model is less sure (locally weighted conformal prediction, Lei et al. 2018, § 5.2).
 * Linear between knots and constant beyond them; no knot = 1 everywhere. JSON-able.
 */
export interface ResidualSpread {
  /** Ascending predictions, on the learnt scale. */
  readonly knots: readonly number[];
  /** Mean absolute residual about each knot, relative to the overall one; all > 0. */
  readonly spreads: readonly number[];
}

export const constantSpread: ResidualSpread = { knots: [], spreads: [] };

/** Each knot stands for at least this many residuals, so that its mean is known within some 20 %. */
const MIN_PER_KNOT = 25;
const MAX_KNOTS = 12;

/** A knot of n residuals counts as n against this many at the overall spread. */
const SHRINKAGE = 10;

/** No part of the range is believed to be narrower than this share of the overall spread. */
const NARROWEST = 0.1;

/**
 * Cuts the samples into groups of equal size by prediction and measures the mean absolute residual of
 * each, shrunk to the overall one. With under two groups the spread is constant. O(n log n).
 */
export function fitResidualSpread(predicted: Float64Array, residuals: Float64Array): ResidualSpread {
  const n = predicted.length;
  const nKnots = Math.min(MAX_KNOTS, Math.floor(n / MIN_PER_KNOT));
  let total = 0;
  for (const residual of residuals) total += Math.abs(residual);
  const overall = total / n;
  if (nKnots < 2 || !(overall > 0)) return constantSpread;
  const order = Uint32Array.from(predicted, (_, i) => i).sort((a, b) => predicted[a] - predicted[b] || a - b);
  const knots: number[] = [];
  const spreads: number[] = [];
  for (let k = 0; k < nKnots; k++) {
    const members = order.subarray(Math.round((k * n) / nKnots), Math.round(((k + 1) * n) / nKnots));
    const centre = median(Float64Array.from(members, (i) => predicted[i]));
    let sum = SHRINKAGE * overall;
    for (const i of members) sum += Math.abs(residuals[i]);
    const spread = Math.max(NARROWEST, sum / (members.length + SHRINKAGE) / overall);
    // Groups of one and the same prediction share a knot: there is only one spread to tell there.
    if (knots.length > 0 && centre <= (knots.at(-1) as number)) continue;
    knots.push(centre);
    spreads.push(spread);
  }
  return { knots, spreads };
}

export function spreadAt({ knots, spreads }: ResidualSpread, predicted: number): number {
  if (knots.length === 0) return 1;
  const above = knots.findIndex((knot) => knot >= predicted);
  if (above === 0) return spreads[0];
  if (above < 0) return spreads.at(-1) as number;
  const low = knots[above - 1];
  const high = knots[above];
  const share = (predicted - low) / (high - low);
  return spreads[above - 1] * (1 - share) + spreads[above] * share;
}
