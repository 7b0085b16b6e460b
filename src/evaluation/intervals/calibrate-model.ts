import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import type { Table } from '#data/table.ts';
import type { ModelSpec } from '#models/regressor.ts';
import { forecastUnseen } from '../forecast-unseen.ts';
import type { Fold } from '../splits.ts';
import type { ForecastOutages, QuantileForecasts } from './calibration.ts';
import { chooseIntervals, type IntervalChoice } from './interval-choice.ts';
import type { ModelForecasts } from './model-forecast.ts';

/**
 * Calibrates the intervals of a model to be: forecasts each outage by a model that did not see it, and
 * chooses the way of scoring. `classes` is by row, null = unknown. Cost and errors: `forecastOutOfFold`.
 */
export async function calibrateModel(
  spec: ModelSpec,
  features: Table,
  target: Float64Array,
  folds: readonly Fold[],
  classes: readonly (string | null)[] | null,
  context: JobContext,
): Promise<IntervalChoice> {
  const { outages, foldOf } = await forecastOutOfFold(spec, features, target, folds, context);
  return chooseIntervals({ ...outages, ...(classes && { classes }) }, foldOf, context);
}

/** Forecasts by models that had not seen the outage; NaN and fold −1 for outages in no fold. */
export interface OutOfFoldForecasts {
  readonly outages: ForecastOutages;
  readonly foldOf: Int32Array;
}

/**
 * Fits the model on each fold and forecasts the outages it did not see. Of repeated folds the first
 * repeat counts. One fit a fold. Throws `cancelled`; on `context.stop` the folds finished so far count.
 */
export async function forecastOutOfFold(
  spec: ModelSpec,
  features: Table,
  target: Float64Array,
  folds: readonly Fold[],
  context: JobContext,
): Promise<OutOfFoldForecasts> {
  const used = folds.filter((fold) => fold.repeat === 0);
  const requests = used.map((_, fold) => ({ spec, fold }));
  const nFolds = used.length;
  const forecasts = await runParts(forecastUnseen, { features, target, folds: used }, requests, context, {
    onProgress: (done, fold) =>
      context.onProgress({ phase: 'calibrating', done, total: nFolds, fold: fold + 1, nFolds }),
  });
  return poolForecasts(forecasts, used, target);
}

/** One forecast for each outage from those of the folds' test rows; null for a fold that was not forecast. */
export function poolForecasts(
  forecasts: readonly (ModelForecasts | null)[],
  folds: readonly Fold[],
  target: Float64Array,
): OutOfFoldForecasts {
  const predicted = new Float64Array(target.length).fill(NaN);
  const foldOf = new Int32Array(target.length).fill(-1);
  let quantiles: QuantileForecasts | null = null;
  for (const [index, forecast] of forecasts.entries()) {
    const fold = folds[index];
    // Of repeated folds the first repeat counts.
    if (forecast === null || fold.repeat > 0) continue;
    quantiles ??= createQuantiles(forecast, target.length);
    fold.testRows.forEach((row, i) => {
      predicted[row] = forecast.predicted[i];
      foldOf[row] = index;
    });
    forecast.quantiles?.values.forEach((values, j) => {
      const column = quantiles?.values[j];
      if (column) fold.testRows.forEach((row, i) => (column[row] = values[i]));
    });
  }
  return { outages: { predicted, actual: target, ...(quantiles && { quantiles }) }, foldOf };
}

function createQuantiles({ quantiles }: ModelForecasts, length: number): QuantileForecasts | null {
  if (!quantiles) return null;
  const { shares } = quantiles;
  return { shares, values: shares.map(() => new Float64Array(length).fill(NaN)) };
}
