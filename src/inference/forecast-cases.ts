import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { probabilityAtMost } from '#evaluation/intervals/duration-curve.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { noteCells } from './case-notes.ts';
import { buildModelFeatures } from './model-features.ts';
import { describePast } from './past-facts.ts';
import { findCaseClass, toCaseTable } from './case-table.ts';
import { findLearnt } from './learnt-cases.ts';
import type { ModelAtWork } from './open-model.ts';
import { judgeReach, reachInterval, undoReach } from './reach.ts';
import type { CasePrediction } from './contract.ts';
import type { CellRow } from '#data/cell.ts';

/** Predicts cases. Synchronous and small: a what-if is answered within a frame. O(cases × trees × depth). */
export function predictCases(
  model: ModelAtWork,
  cases: readonly CellRow[],
  atMost?: number,
): readonly CasePrediction[] {
  const { inputs } = model.description;
  const table = toCaseTable(inputs, cases);
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const intervals = model.calibration?.intervals ?? null;
  return cases.map((cells, i): CasePrediction => {
    const answer = {
      value: forecasts.predicted[i] as number,
      notes: noteCells(model.summary.features, cells),
      past: describePast(model, cells),
      learnt: findLearnt(model, cells),
      reach: judgeReach(model, cells),
    };
    if (intervals === null) return { ...answer, interval: null, probability: null };
    const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
    const label = findCaseClass(table, model.calibration?.classColumn ?? null, i);
    const { reach } = answer;
    const interval = predictInterval(intervals, forecast, label);
    const isAsked = atMost !== undefined && reach.kind !== 'beyond';
    return {
      ...answer,
      interval: reachInterval(interval, reach),
      probability: isAsked
        ? probabilityAtMost(intervals, forecast, undoReach(atMost, interval, reach), label)
        : null,
    };
  });
}
