import { median, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { CellRow } from '#data/cell.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastDurations, type ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import { poolForecastsOfCase, type PooledForecast } from '#evaluation/intervals/pooled-forecasts.ts';
import { createClassFinder, toCaseTable } from './case-table.ts';
import { buildModelFeatures } from './model-features.ts';
import { drawOpenCells } from './draw-open-cells.ts';
import type { ModelAtWork } from './open-model.ts';

/** What a model says of a case of which it does not know all. */
export interface OpenForecast {
  /** Median of all that was forecast. */
  readonly value: number;
  /** Null where the model has no calibrated intervals. */
  readonly pooled: PooledForecast | null;
}

/**
 * What a model that looks at columns left open says without them: asks it with what stood there in the past outages
 * nearest to the case, and pools all that it answers. Wide, and no promise was checked on it: a model fitted without these
 * columns knows better, where there are data. Some 5 ms.
 */
export function forecastOpenCase(
  model: ModelAtWork,
  cells: CellRow,
  open: readonly number[],
  atMost?: number,
  shares: readonly number[] = [],
): OpenForecast {
  const { description, calibration } = model;
  const directed = new Set(model.summary.expected?.map(({ column }) => column));
  const draws = drawOpenCells(description, cells, open, directed);
  const table = toCaseTable(description.inputs, draws);
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const intervals = calibration?.intervals ?? null;
  if (intervals === null) return { value: findMedian(forecasts), pooled: null };
  // Of a class that is open nothing is known: neither its levels nor its refusals are the case's.
  const known = toCaseTable(description.inputs, [cells]);
  const caseClass = createClassFinder(known, calibration)(0);
  const each = draws.map((_, i) => forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i));
  const pooled = poolForecastsOfCase(intervals, each, caseClass, atMost, shares);
  const middle = pooled.curve?.points.find(({ probability }) => probability >= 0.5 - 1e-9);
  return { value: middle?.duration ?? findMedian(forecasts), pooled };
}

function findMedian({ predicted, quantiles }: ModelForecasts): number {
  if (!quantiles) return median(predicted);
  const all = sortedFinite(quantiles.values.flatMap((values) => [...values]));
  return quantileOfSorted(all, 0.5);
}
