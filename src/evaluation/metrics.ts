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
  const sizes = errors.map(Math.abs);
  return {
    nSamples: errors.length,
    meanAbsoluteError: mean(sizes),
    rootMeanSquaredError: findRootMeanSquare(errors),
    medianAbsoluteError: median(sizes),
    r2Score: findR2Score(actual, predicted, errors),
    bias: mean(errors),
    shareLate: errors.filter((error) => error > 0).length / errors.length,
  };
}

/** actual − predicted of every pair without NaN. */
export function findErrors(actual: ArrayLike<number>, predicted: ArrayLike<number>): Float64Array {
  const errors = new Float64Array(actual.length);
  let n = 0;
  for (let i = 0; i < errors.length; i++) {
    const error = actual[i] - predicted[i];
    if (!Number.isNaN(error)) errors[n++] = error;
  }
  return n === errors.length ? errors : errors.slice(0, n);
}

export function meanAbsoluteError(actual: ArrayLike<number>, predicted: ArrayLike<number>): number {
  return mean(findErrors(actual, predicted).map(Math.abs));
}

function findRootMeanSquare(errors: Float64Array): number {
  return Math.sqrt(mean(errors.map((error) => error * error)));
}

function findR2Score(actual: ArrayLike<number>, predicted: ArrayLike<number>, errors: Float64Array): number {
  const known = Float64Array.from(actual).filter((value, i) => !Number.isNaN(value - predicted[i]));
  const centre = mean(known);
  let total = 0;
  for (const value of known) total += (value - centre) * (value - centre);
  let residual = 0;
  for (const error of errors) residual += error * error;
  return total > 0 ? 1 - residual / total : NaN;
}
