import { forecastOf } from '#evaluation/intervals/calibration.ts';
import { forecastEncoded } from '#evaluation/intervals/model-forecast.ts';
import { type IntervalBound, isClaimed, predictInterval } from '#evaluation/intervals/prediction-interval.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { CellsFrom } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { judgeReach, reachInterval } from '#inference/reach.ts';
import type { PlanLattice } from './plan-lattice.ts';
import type { AskModel } from './search/branch-and-bound.ts';
import { answerOfPoint, composeFeatures } from './search/lattice.ts';
import type { PlanLevel } from './search/level-bound.ts';

/**
 * The levels of points, bit for bit as `predictCases` gives them: from the features that the axes hold, or from the cases
 * where some of their cells are open. +∞ where none is announced.
 */
export function createPointAsker(
  model: ModelAtWork,
  { lattice, toCells }: PlanLattice,
  from: CellsFrom,
  isOpen: boolean,
): AskModel {
  const intervals = model.calibration?.intervals;
  if (isOpen || !intervals) {
    return (points, level) =>
      Float64Array.from(predictCases(model, points.map(toCells), undefined, from), ({ interval }) =>
        interval ? readLevel(interval, level) : Infinity,
      );
  }
  // Reach hangs on single cells: a point's is the farthest of those of its axes.
  const isStill = isWithinEverywhere(model, { lattice, toCells });
  return (points, level) => {
    const columns = composeFeatures(lattice, points);
    const matrix = { nSamples: points.length, columns, cardinalities: lattice.cardinalities };
    const forecasts = forecastEncoded(model.model, matrix);
    return Float64Array.from(points, (point, i) => {
      const { rare, label } = answerOfPoint(lattice, point);
      const forecast = forecastOf(intervals, { ...forecasts, actual: forecasts.predicted }, i);
      const interval = predictInterval(intervals, forecast, intervals.rare[rare] ?? label);
      return readLevel(
        isStill ? interval : reachInterval(interval, judgeReach(model, toCells(point))),
        level,
      );
    });
  };
}

function isWithinEverywhere(
  model: ModelAtWork,
  { lattice, toCells }: Pick<PlanLattice, 'lattice' | 'toCells'>,
): boolean {
  const first = new Int32Array(lattice.axes.length);
  const lines = lattice.axes.flatMap(({ nCells }, a) =>
    Array.from({ length: nCells }, (_, cell) => first.with(a, cell)),
  );
  return [first, ...lines].every((point) => judgeReach(model, toCells(point)).kind === 'within');
}

function readLevel(
  { p50, p80 }: { readonly p50: IntervalBound; readonly p80: IntervalBound },
  level: PlanLevel,
): number {
  const bound = level === 0.5 ? p50 : p80;
  return isClaimed(bound) ? bound.value : Infinity;
}
