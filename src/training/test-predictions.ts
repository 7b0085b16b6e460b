import type { OutageSet } from '#data/outages.ts';
import { findColumn, type CategoryColumn } from '#data/table.ts';
import { forecastOf, type IntervalCalibration } from '#evaluation/intervals/calibration.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import type { CaseClass } from '#evaluation/intervals/answering.ts';
import { createClassFinder } from '#inference/case-table.ts';
import { type IntervalBound, isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import type { TestPredictions } from './contract.ts';
import type { FinalFits } from './final-fits.ts';

/** The category that separates the durations best, as the median-per-class model found; else the first there is. */
export function findClasses({ tested }: FinalFits, { features }: OutageSet): CategoryColumn | null {
  for (const { model } of tested.values()) {
    const { spec, state, encoder } = model;
    if (spec.name !== 'median-per-class' || state.family !== 'median-per-class') continue;
    const feature = encoder.features[state.featureIndex];
    const column = feature && findColumn(features, feature.name);
    if (column?.type === 'category') return column;
  }
  return features.columns.find((column) => column.type === 'category') ?? null;
}

/** How a model did on each test outage. */
export function listTestPredictions(
  outages: OutageSet,
  testRows: Int32Array,
  forecasts: ModelForecasts,
  classes: CategoryColumn | null,
  calibration: IntervalCalibration | null,
): TestPredictions {
  const pick = (values: ArrayLike<number>) => Array.from(testRows, (position) => values[position] as number);
  const known = { classColumn: classes?.name ?? null, intervals: calibration };
  const findClass = createClassFinder(outages.features, known);
  return {
    rows: pick(outages.rows),
    actual: pick(outages.target),
    predicted: Array.from(forecasts.predicted),
    classes: classes && { column: classes.name, labels: classes.categories, codes: pick(classes.codes) },
    starts: outages.start && pick(outages.start),
    intervals: calibration && listIntervals(calibration, forecasts, Array.from(testRows, findClass)),
  };
}

/** P10, P80 and P90 of each outage as a question about it would have been answered. */
function listIntervals(
  calibration: IntervalCalibration,
  forecasts: ModelForecasts,
  caseClasses: readonly CaseClass[],
): NonNullable<TestPredictions['intervals']> {
  const outages = { ...forecasts, actual: forecasts.predicted };
  const intervals = caseClasses.map((caseClass, i) =>
    predictInterval(calibration, forecastOf(calibration, outages, i), caseClass),
  );
  const valueOf = (bound: IntervalBound) => (isClaimed(bound) ? bound.value : NaN);
  return {
    p10: intervals.map(({ p10 }) => valueOf(p10)),
    p80: intervals.map(({ p80 }) => valueOf(p80)),
    p90: intervals.map(({ p90 }) => valueOf(p90)),
  };
}
