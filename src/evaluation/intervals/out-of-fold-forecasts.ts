import { gather } from '#base/arrays.ts';
import type { Fold } from '../splits.ts';
import type { ForecastOutages, QuantileForecasts } from './calibration.ts';
import type { ModelForecasts } from './model-forecast.ts';

/** Forecasts by models that had not seen the outage; NaN and fold −1 for outages in no fold. */
export interface OutOfFoldForecasts {
  readonly outages: ForecastOutages;
  readonly foldOf: Int32Array;
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

/** Outages under way: `actual` is what each had lasted. */
export interface UnderWayForecasts extends ForecastOutages {
  /** Their positions among all that are under way. */
  readonly positions: Int32Array;
}

/** The same of the outages under way that the folds judged, in the order of the folds. */
export function poolUnderWay(
  forecasts: readonly (ModelForecasts | null)[],
  folds: readonly Fold[],
  elapsed: Float64Array,
): UnderWayForecasts {
  const judged = folds.flatMap(({ repeat, underWay }, f) => {
    const said = forecasts[f]?.underWay;
    return underWay && said && repeat === 0 ? [{ underWay, said }] : [];
  });
  const join = (parts: readonly ArrayLike<number>[]) =>
    Float64Array.from(parts.flatMap((part) => Array.from(part)));
  const quantiles = judged.flatMap(({ said }) => said.quantiles ?? []);
  const positions = Int32Array.from(judged.flatMap(({ underWay }) => [...underWay.judged]));
  return {
    positions,
    actual: gather(elapsed, positions),
    predicted: join(judged.map(({ said }) => said.predicted)),
    ...(quantiles[0] && {
      quantiles: {
        shares: quantiles[0].shares,
        values: quantiles[0].shares.map((_, j) => join(quantiles.map(({ values }) => values[j] ?? []))),
      },
    }),
  };
}

function createQuantiles({ quantiles }: ModelForecasts, length: number): QuantileForecasts | null {
  if (!quantiles) return null;
  const { shares } = quantiles;
  return { shares, values: shares.map(() => new Float64Array(length).fill(NaN)) };
}
