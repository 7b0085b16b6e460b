import { canUseLogScale } from '#models/target-scale.ts';
import {
  calibrateIntervals,
  type CalibrationInput,
  type ForecastOutages,
  type IntervalCalibration,
} from './calibration.ts';
import { type CoverageReport, crossMeasureCoverage } from './coverage.ts';

/** A calibration on all outages, and what its way of scoring is worth out of fold. */
export interface IntervalChoice {
  readonly calibration: IntervalCalibration;
  readonly report: CoverageReport;
}

/**
 * Chooses how outages are scored: by the quantiles forecast for them (where there are) or by residuals,
 * on the scale of durations or of their logarithm (where all values allow it), with a local spread or
 * not. Every way keeps the promise of coverage; taken is the one whose P10–P90 have the lowest mean
 * interval score out of fold, which prefers narrow intervals where they can be. `foldOf[i]` is the fold
 * of outage i. Where nothing can be scored (too few outages for P10–P90), the first way. O(ways · n log n).
 */
export function chooseIntervals(outages: ForecastOutages, foldOf: ArrayLike<number>): IntervalChoice {
  const choices = listWays(outages).map((input) => {
    return { input, report: crossMeasureCoverage(input, foldOf) };
  });
  const best = choices.reduce((least, choice) =>
    choice.report.overall.meanIntervalScore < least.report.overall.meanIntervalScore ? choice : least,
  );
  return { calibration: calibrateIntervals(best.input), report: best.report };
}

function listWays(outages: ForecastOutages): CalibrationInput[] {
  const { quantiles, ...points } = outages;
  const columns = [outages.actual, outages.predicted, ...(quantiles?.values ?? [])];
  const isLogPossible = columns.every((values) =>
    canUseLogScale(Array.from(values).filter((value) => !Number.isNaN(value))),
  );
  const scales = isLogPossible ? (['identity', 'log1p'] as const) : (['identity'] as const);
  const byQuantiles = quantiles ? scales.map((scale) => ({ ...outages, scale })) : [];
  const byResiduals = scales.flatMap((scale) =>
    (['local', 'constant'] as const).map((spread) => ({ ...points, scale, spread })),
  );
  return [...byQuantiles, ...byResiduals];
}
