import { selectRows, type Table } from '#data/table.ts';
import { type Encoded, encode } from '#models/encoder.ts';
import { type FittedModel, isDistribution, predictDistribution, predictState } from '#models/regressor.ts';
import { fromScaleInPlace } from '#models/target-scale.ts';
import type { Forecast, IntervalCalibration, QuantileForecasts } from './calibration.ts';

/** Where a distribution is asked for its quantiles: every 5 %, and 1 % from its ends. */
export const SHARES = [0.01, ...Array.from({ length: 19 }, (_, i) => (i + 1) / 20), 0.99];

export interface ModelForecasts {
  readonly predicted: Float64Array;
  /** Only of a model that forecasts a distribution: the quantile forest, the past of the unit, the nearest outages. */
  readonly quantiles?: QuantileForecasts;
  /** What is said of the outages under way that are judged beside them; absent for none. */
  readonly underWay?: ModelForecasts;
}

/** What the model says of each row, in the target's unit: all that its calibration may go by. */
export function forecastDurations(model: FittedModel, features: Table): ModelForecasts {
  return forecastEncoded(model, encode(model.encoder, features).matrix);
}

/** The same of rows that the model's encoder has encoded. */
export function forecastEncoded({ state, spec }: FittedModel, matrix: Encoded['matrix']): ModelForecasts {
  if (!isDistribution(state)) {
    return { predicted: fromScaleInPlace(predictState(state, matrix), spec.scale) };
  }
  const raw = predictDistribution(state, matrix, SHARES);
  const values = raw.map((column) => fromScaleInPlace(column, spec.scale));
  // What such a model predicts is its median.
  return {
    predicted: values[SHARES.indexOf(0.5)],
    quantiles: { shares: SHARES, values },
  };
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
    ? quantiles.values.map((column) => column[0])
    : predicted[0];
}
