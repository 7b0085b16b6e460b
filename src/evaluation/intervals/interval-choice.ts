import { canUseLogScale } from '#models/target-scale.ts';
import {
  calibrateIntervals,
  type CalibrationInput,
  type ForecastOutages,
  type IntervalCalibration,
} from './calibration.ts';
import { type CoverageReport, crossMeasureCoverage, selectOutages } from './coverage.ts';

/** A calibration on all outages, and what its way of scoring is worth out of fold. */
export interface IntervalChoice {
  readonly calibration: IntervalCalibration;
  readonly report: CoverageReport;
}

/** Outages that ways are compared on at most, evenly spread: more would take seconds and tell no more. */
const MAX_COMPARED = 20_000;

/** How outages are scored; without `spread`, by the quantiles forecast for them. */
type Way = Pick<CalibrationInput, 'scale' | 'spread'>;

/**
 * Chooses how outages are scored: by the quantiles forecast for them (where there are) or by residuals,
 * on the scale of durations or of their logarithm (where all values allow it), with a local spread or
 * not. Every way keeps the promise of coverage; taken is the one whose P10–P90 have the lowest mean
 * interval score out of fold, which prefers narrow intervals where they can be. `foldOf[i]` is the fold
 * of outage i. Where nothing can be scored (too few outages for P10–P90), the first way. O(n log n).
 */
export function chooseIntervals(outages: ForecastOutages, foldOf: ArrayLike<number>): IntervalChoice {
  const nOutages = outages.actual.length;
  const nCompared = Math.min(nOutages, MAX_COMPARED);
  const rows = Array.from({ length: nCompared }, (_, i) => Math.floor((i * nOutages) / nCompared));
  const compared = selectOutages(outages, rows);
  const foldOfCompared = rows.map((row) => foldOf[row] as number);
  const choices = listWays(outages).map((way) => {
    return { way, report: crossMeasureCoverage(inputOf(compared, way), foldOfCompared) };
  });
  const best = choices.reduce((least, choice) =>
    choice.report.overall.meanIntervalScore < least.report.overall.meanIntervalScore ? choice : least,
  );
  return { calibration: calibrateIntervals(inputOf(outages, best.way)), report: best.report };
}

function listWays({ actual, predicted, quantiles }: ForecastOutages): Way[] {
  const isLogPossible = [actual, predicted, ...(quantiles?.values ?? [])].every((values) =>
    canUseLogScale(Array.from(values).filter((value) => !Number.isNaN(value))),
  );
  const scales = isLogPossible ? (['identity', 'log1p'] as const) : (['identity'] as const);
  const byResiduals = scales.flatMap((scale): Way[] => [
    { scale, spread: 'local' },
    { scale, spread: 'constant' },
  ]);
  return [...(quantiles ? scales.map((scale): Way => ({ scale })) : []), ...byResiduals];
}

function inputOf(outages: ForecastOutages, way: Way): CalibrationInput {
  const { quantiles, ...points } = outages;
  return way.spread || !quantiles ? { ...points, ...way } : { ...points, ...way, quantiles };
}
