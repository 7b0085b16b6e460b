import { createPacer, type JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import {
  type CalibrationInput,
  createSubsetCalibration,
  forecastOf,
  type ForecastOutages,
  type IntervalCalibration,
} from './calibration.ts';
import { findBinomialBand } from './binomial-band.ts';
import { isClaimed, type PredictionInterval, predictInterval } from './prediction-interval.ts';

/** What is checked: the share of outages at or below each bound, and inside [P10, P90]. */
export const coverageLevels = ['p10', 'p50', 'p80', 'p90', 'p10p90'] as const;
export type CoverageLevel = (typeof coverageLevels)[number];

const nominalLevels: Readonly<Record<CoverageLevel, number>> = {
  p10: 0.1,
  p50: 0.5,
  p80: 0.8,
  p90: 0.9,
  p10p90: 0.8,
};

/** How often a level kept its promise. */
interface LevelCoverage {
  readonly level: CoverageLevel;
  readonly nominal: number;
  /** Share of the n outages; NaN where the level could be claimed for none. */
  readonly empirical: number;
  readonly n: number;
  /** 95 % binomial band about the nominal share: outside it chance is a poor excuse. */
  readonly band: readonly [number, number];
  readonly isWithin: boolean;
  /** Outages left out because their class is too small for the level. */
  readonly nNotClaimable: number;
}

export interface GroupCoverage {
  readonly n: number;
  readonly levels: Readonly<Record<CoverageLevel, LevelCoverage>>;
  /** Mean of P90 − P10 where both are claimed, in the target's unit; NaN where none is. */
  readonly meanWidth: number;
  /**
   * Mean interval score of [P10, P90] (Winkler 1972; Gneiting & Raftery 2007): the width, and ten times
   * the distance by which an outage missed it. The lower the better: narrow, and seldom far wrong.
   */
  readonly meanIntervalScore: number;
}

export interface CoverageReport {
  readonly overall: GroupCoverage;
  /** In order of label. */
  readonly classes: readonly (GroupCoverage & { readonly label: string })[];
}

/** Coverage of a calibration on outages it has not seen. O(n log n). */
export function measureCoverage(calibration: IntervalCalibration, outages: ForecastOutages): CoverageReport {
  const rows = Array.from({ length: outages.actual.length }, (_, row) => row);
  return summarise(
    outages,
    rows.map((row) => checkRow(calibration, outages, row)),
  );
}

/** Rows checked between two looks at the clock. */
const ROWS_PER_YIELD = 256;

/**
 * Coverage out of fold: each fold's outages are checked against a calibration on all the others, so
 * that no residual vouches for itself. `foldOf[i]` is the fold of sample i. k calibrations.
 */
export async function crossMeasureCoverage(
  input: CalibrationInput,
  foldOf: ArrayLike<number>,
  context: JobContext,
): Promise<CoverageReport> {
  const pace = createPacer(context);
  const rows = Array.from({ length: input.actual.length }, (_, row) => row);
  const checks: (RowCheck | null)[] = rows.map(() => null);
  const calibrate = createSubsetCalibration(input);
  for (const fold of new Set(Array.from(foldOf))) {
    const calibration = calibrate((row) => foldOf[row] !== fold);
    await pace();
    for (const row of rows) {
      if (foldOf[row] !== fold) continue;
      checks[row] = checkRow(calibration, input, row);
      if (row % ROWS_PER_YIELD === 0) await pace();
    }
  }
  return summarise(input, checks);
}

/** Some of the outages, by row. */
export function selectOutages(outages: ForecastOutages, rows: readonly number[]): ForecastOutages {
  const { predicted, actual, classes, quantiles } = outages;
  return {
    predicted: rows.map((row) => predicted[row]),
    actual: rows.map((row) => actual[row]),
    ...(classes && { classes: rows.map((row) => classes[row] ?? null) }),
    ...(quantiles && {
      quantiles: {
        shares: quantiles.shares,
        values: quantiles.values.map((column) => Float64Array.from(rows, (row) => column[row])),
      },
    }),
  };
}

/** Per level: true = kept, false = missed, null = not claimable. */
interface RowCheck {
  readonly kept: Readonly<Record<CoverageLevel, boolean | null>>;
  readonly width: number;
  readonly intervalScore: number;
}

/** Weight of a miss in the interval score: 2 / (1 − 0.8). */
const MISS_WEIGHT = 10;

function checkRow(calibration: IntervalCalibration, outages: ForecastOutages, row: number): RowCheck | null {
  const actual = outages.actual[row];
  if (Number.isNaN(actual) || Number.isNaN(outages.predicted[row])) return null;
  const forecast = forecastOf(calibration, outages, row);
  const interval = predictInterval(calibration, forecast, outages.classes?.[row]);
  const { p10, p90 } = interval;
  const isAtMost = (level: keyof PredictionInterval): boolean | null => {
    const bound = interval[level];
    if (!isClaimed(bound)) return null;
    // A lower bound promises that at most 10 % lie below it: at it is not below.
    return level === 'p10' ? actual < bound.value : actual <= bound.value;
  };
  const hasBoth = isClaimed(p10) && isClaimed(p90);
  return {
    kept: {
      p10: isAtMost('p10'),
      p50: isAtMost('p50'),
      p80: isAtMost('p80'),
      p90: isAtMost('p90'),
      p10p90: hasBoth ? actual >= p10.value && actual <= p90.value : null,
    },
    width: hasBoth ? p90.value - p10.value : NaN,
    intervalScore: hasBoth
      ? p90.value - p10.value + MISS_WEIGHT * Math.max(0, p10.value - actual, actual - p90.value)
      : NaN,
  };
}

function summarise(outages: ForecastOutages, checks: readonly (RowCheck | null)[]): CoverageReport {
  const byLabel = new Map<string, RowCheck[]>();
  checks.forEach((check, row) => {
    const label = outages.classes?.[row];
    if (!check || label === null || label === undefined) return;
    const members = byLabel.get(label);
    if (members) members.push(check);
    else byLabel.set(label, [check]);
  });
  return {
    overall: summariseGroup(checks.filter((check) => check !== null)),
    classes: [...byLabel]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, members]) => ({ label, ...summariseGroup(members) })),
  };
}

function summariseGroup(checks: readonly RowCheck[]): GroupCoverage {
  const measure = (level: CoverageLevel): LevelCoverage => {
    const claimed = checks.filter((check) => check.kept[level] !== null);
    const n = claimed.length;
    const nominal = nominalLevels[level];
    const empirical = claimed.filter((check) => check.kept[level] === true).length / n;
    const band = findBinomialBand(n, nominal);
    const isWithin = n > 0 && empirical >= band[0] && empirical <= band[1];
    return { level, nominal, empirical, n, band, isWithin, nNotClaimable: checks.length - n };
  };
  return {
    n: checks.length,
    levels: {
      p10: measure('p10'),
      p50: measure('p50'),
      p80: measure('p80'),
      p90: measure('p90'),
      p10p90: measure('p10p90'),
    },
    meanWidth: meanOfKnown(checks.map((check) => check.width)),
    meanIntervalScore: meanOfKnown(checks.map((check) => check.intervalScore)),
  };
}

function meanOfKnown(values: readonly number[]): number {
  return mean(values.filter((value) => !Number.isNaN(value)));
}
