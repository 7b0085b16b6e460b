import type { CellRow } from '#data/cell.ts';
import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { computeDurationCurve, type DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import { forecastDurations } from '#evaluation/intervals/model-forecast.ts';
import { createClassFinder, toCaseTable } from '#inference/case-table.ts';
import type { CasePrediction } from '#inference/contract.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { reachCurve } from '#inference/reach.ts';

/** Durations that stand for a distribution: one for each half percent. */
const N_SHARES = 200;

/**
 * Of each settled case the durations at the middles of even shares, ascending: the outage is as likely to take each. Null where
 * none are claimed, or cells are open that the model looks at. `answers`: what `predictCases` says of them.
 */
export function findCurves(
  model: ModelAtWork,
  cases: readonly CellRow[],
  answers: readonly CasePrediction[],
): (Float64Array | null)[] {
  const intervals = model.calibration?.intervals ?? null;
  if (intervals === null) return cases.map(() => null);
  const table = toCaseTable(model.description.inputs, cases);
  const forecasts = forecastDurations(model.model, buildModelFeatures(model, table));
  const findClass = createClassFinder(table, model.calibration);
  return answers.map(({ open, interval, reach }, i) => {
    if (open?.way === 'wide' || interval === null) return null;
    const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
    const curve = reachCurve(computeDurationCurve(intervals, forecast, findClass(i)), interval, reach);
    return curve && spreadCurve(curve);
  });
}

/** Constant beyond what n carries. */
export function spreadCurve({ points }: DurationCurve): Float64Array {
  let above = 0;
  return Float64Array.from({ length: N_SHARES }, (_, i) => {
    const share = (i + 0.5) / N_SHARES;
    while (above < points.length && (points[above]?.probability ?? 1) < share) above += 1;
    const [low, high] = [points[above - 1], points[above]];
    if (!low || !high) return (low ?? high)?.duration ?? NaN;
    const way = (share - low.probability) / (high.probability - low.probability);
    return low.duration + way * (high.duration - low.duration);
  });
}
