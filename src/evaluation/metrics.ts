import { mean, median } from '#base/statistics.ts';

/**
 * Scores of predictions against what happened, in the target's unit. A pair where either value is NaN
 * is left out. Errors are prediction − actual in absolute value, except `bias`.
 */
export interface Metrics {
  readonly nSamples: number;
  readonly meanAbsoluteError: number;
  readonly rootMeanSquaredError: number;
  readonly medianAbsoluteError: number;
  /** 1 − residual / total sum of squares; NaN where the actual values are all the same. */
  readonly r2Score: number;
  /** Mean of actual − predicted: positive when outages end later than predicted. */
  readonly bias: number;
  /** Share of outages that took longer than predicted. */
  readonly shareLate: number;
}

export function computeMetrics(actual: ArrayLike<number>, predicted: ArrayLike<number>): Metrics {
  const errors = findErrors(actual, predicted);
  return {
    nSamples: errors.length,
    meanAbsoluteError: meanAbsoluteError(actual, predicted),
    rootMeanSquaredError: rootMeanSquaredError(actual, predicted),
    medianAbsoluteError: medianAbsoluteError(actual, predicted),
    r2Score: r2Score(actual, predicted),
    bias: mean(errors),
    shareLate: errors.filter((error) => error > 0).length / errors.length,
  };
}

/** actual − predicted of every pair without NaN. */
export function findErrors(actual: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  return Float64Array.from(actual, (value, i) => value - predicted[i]).filter(
    (error) => !Number.isNaN(error),
  );
}

export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return mean(findErrors(actual, predicted).map(Math.abs));
}

export function rootMeanSquaredError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return Math.sqrt(mean(findErrors(actual, predicted).map((error) => error * error)));
}

export function medianAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return median(findErrors(actual, predicted).map(Math.abs));
}

export function r2Score(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  const known = Float64Array.from(actual).filter((value, i) => !Number.isNaN(value - predicted[i]));
  const centre = mean(known);
  let total = 0;
  for (const value of known) total += (value - centre) * (value - centre);
  let residual = 0;
  for (const error of findErrors(actual, predicted)) residual += error * error;
  return total > 0 ? 1 - residual / total : NaN;
}
