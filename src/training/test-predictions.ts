import type { OutageSet } from '#data/outages.ts';
import { findColumn, type CategoryColumn, type Table } from '#data/table.ts';
import { forecastOf, type IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { type IntervalBound, isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { FittedModel } from '#models/regressor.ts';
import { selectSamples } from './training-set.ts';
import type { TestPredictions } from './contract.ts';

/** The category that separates the durations best, as the median-per-class model found; else the first there is. */
export function findClasses(
  fitted: ReadonlyMap<ModelName, FittedModel>,
  { features }: OutageSet,
): CategoryColumn | null {
  const perClass = fitted.get('median-per-class');
  if (perClass?.state.family === 'median-per-class') {
    const feature = perClass.encoder.features[perClass.state.featureIndex];
    const column = feature && findColumn(features, feature.name);
    if (column?.type === 'category') return column;
  }
  return features.columns.find((column) => column.type === 'category') ?? null;
}

/** How a model did on each test outage. */
export function listTestPredictions(
  outages: OutageSet,
  testRows: Int32Array,
  model: FittedModel,
  classes: CategoryColumn | null,
  calibration: IntervalCalibration | null,
): TestPredictions {
  const { features, target } = selectSamples(outages, testRows);
  const pick = (values: ArrayLike<number>) => Array.from(testRows, (position) => values[position] as number);
  return {
    rows: pick(outages.rows),
    actual: Array.from(target),
    predicted: Array.from(model.predict(features)),
    classes: classes && { column: classes.name, labels: classes.categories, codes: pick(classes.codes) },
    starts: outages.start && pick(outages.start),
    intervals:
      calibration && listIntervals(calibration, model, features, pick(classes?.codes ?? []), classes),
  };
}

/** P10 and P90 of each outage as a question about it would have been answered. */
function listIntervals(
  calibration: IntervalCalibration,
  model: FittedModel,
  features: Table,
  codes: readonly number[],
  classes: CategoryColumn | null,
): NonNullable<TestPredictions['intervals']> {
  const forecasts = forecastDurations(model, features);
  const outages = { ...forecasts, actual: forecasts.predicted };
  const intervals = Array.from(forecasts.predicted, (_, i) => {
    const label = classes?.categories[codes[i] ?? -1] ?? null;
    return predictInterval(calibration, forecastOf(calibration, outages, i), label);
  });
  const valueOf = (bound: IntervalBound) => (isClaimed(bound) ? bound.value : NaN);
  return {
    p10: intervals.map(({ p10 }) => valueOf(p10)),
    p90: intervals.map(({ p90 }) => valueOf(p90)),
  };
}
