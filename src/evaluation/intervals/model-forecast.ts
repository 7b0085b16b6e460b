import type { JobContext } from '#base/job-context.ts';
import { throwIfCancelled } from '#base/job-context.ts';
import { selectRows, type Table } from '#data/table.ts';
import { encode } from '#models/encoder.ts';
import { predictForestQuantiles } from '#models/forest.ts';
import { type FittedModel, fitModel, type ModelSpec } from '#models/regressor.ts';
import { fromScaleInPlace } from '#models/target-scale.ts';
import type { Fold } from '../splits.ts';
import type { Forecast, ForecastOutages, IntervalCalibration, QuantileForecasts } from './calibration.ts';
import { chooseIntervals, type IntervalChoice } from './interval-choice.ts';

/** Where a distribution is asked for its quantiles: every 5 %, and 1 % from its ends. */
const SHARES = [0.01, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.99];

export interface ModelForecasts {
  readonly predicted: Float64Array;
  /** Only of a model that forecasts a distribution: the quantile forest. */
  readonly quantiles?: QuantileForecasts;
}

/** What the model says of each row, in the target's unit: all that its calibration may go by. */
export function forecastDurations(model: FittedModel, features: Table): ModelForecasts {
  const predicted = model.predict(features);
  const { state } = model;
  if (state.family !== 'forest') return { predicted };
  const raw = predictForestQuantiles(state, encode(model.encoder, features).matrix, SHARES);
  const values = raw.map((column) => fromScaleInPlace(column, model.spec.scale));
  return { predicted, quantiles: { shares: SHARES, values } };
}

/** The forecast of one row, of the kind the calibration goes by: what `predictInterval` takes. */
export function forecastRow(
  model: FittedModel,
  calibration: IntervalCalibration,
  features: Table,
  row: number,
): Forecast {
  const { predicted, quantiles } = forecastDurations(model, selectRows(features, [row]));
  return calibration.score.kind === 'quantiles' && quantiles
    ? quantiles.values.map((column) => column[0] as number)
    : (predicted[0] as number);
}

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
  return chooseIntervals({ ...outages, ...(classes && { classes }) }, foldOf);
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
  const predicted = new Float64Array(target.length).fill(NaN);
  const foldOf = new Int32Array(target.length).fill(-1);
  let quantiles: QuantileForecasts | null = null;
  for (const [index, fold] of used.entries()) {
    const done = { phase: 'calibrating' as const, done: index, total: used.length };
    const watched: JobContext = {
      ...context,
      onProgress: () => context.onProgress({ ...done, fold: index + 1, nFolds: used.length }),
    };
    const trainTarget = Float64Array.from(fold.trainRows, (row) => target[row] as number);
    const model = await fitModel(spec, selectRows(features, fold.trainRows), trainTarget, {}, watched);
    throwIfCancelled(context.signal);
    // A fit cut short by "stop" is not the model whose errors are asked for.
    if (context.stop.aborted && index > 0) break;
    const forecasts = forecastDurations(model, selectRows(features, fold.testRows));
    quantiles ??= createQuantiles(forecasts, target.length);
    fold.testRows.forEach((row, i) => {
      predicted[row] = forecasts.predicted[i] as number;
      foldOf[row] = index;
      quantiles?.values.forEach((column, j) => {
        column[row] = forecasts.quantiles?.values[j]?.[i] ?? NaN;
      });
    });
  }
  return { outages: { predicted, actual: target, ...(quantiles && { quantiles }) }, foldOf };
}

function createQuantiles({ quantiles }: ModelForecasts, length: number): QuantileForecasts | null {
  if (!quantiles) return null;
  const { shares } = quantiles;
  return { shares, values: shares.map(() => new Float64Array(length).fill(NaN)) };
}
