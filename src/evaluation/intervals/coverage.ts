import { gather } from '#base/arrays.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import {
  type CalibrationInput,
  createSubsetCalibration,
  forecastOf,
  type ForecastOutages,
  type IntervalCalibration,
} from './calibration.ts';
import type { CaseClass } from './answering.ts';
import { findBinomialBand } from './binomial-band.ts';
import {
  type AnswerKind,
  findAnswerKind,
  isClaimed,
  type PredictionInterval,
  predictInterval,
} from './prediction-interval.ts';
import { createRareFinder } from './rare-categories.ts';
import { isAtMost } from './same-duration.ts';

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
  /** Share of the n outages, at the bound counted as kept; NaN where the level could be claimed for none. */
  readonly empirical: number;
  readonly n: number;
  /** 95 % binomial band about the nominal share: outside it chance is a poor excuse. */
  readonly band: readonly [number, number];
  /** The band meets what lies between counting the outages at the bound as kept and as missed. */
  readonly isWithin: boolean;
  /** Outages left out because their class is too small for the level, or unlike all others. */
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

/**
 * A class, or a rare category. Where its own outages answer for it (`isOwn`), those are judged by each other: over folds
 * every such class keeps its levels, whatever they are worth, so they say nothing.
 */
export interface ClassCoverage extends GroupCoverage {
  readonly label: string;
  readonly isOwn: boolean;
}

export interface CoverageReport {
  readonly overall: GroupCoverage;
  /** In order of label. */
  readonly classes: readonly ClassCoverage[];
  /** Outages by what answers them; null in older results. */
  readonly answered: Readonly<Record<AnswerKind, number>> | null;
}

/** Coverage of a calibration on outages it has not seen. O(n log n). */
export function measureCoverage(calibration: IntervalCalibration, outages: ForecastOutages): CoverageReport {
  const rows = Array.from({ length: outages.actual.length }, (_, row) => row);
  const check = createRowCheck(calibration, outages);
  return summarise(rows.map(check));
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
    const check = createRowCheck(calibration, input);
    for (const row of rows) {
      if (foldOf[row] !== fold) continue;
      checks[row] = check(row);
      if (row % ROWS_PER_YIELD === 0) await pace();
    }
  }
  return summarise(checks);
}

/** Some of the outages, by row. */
export function selectOutages(outages: ForecastOutages, rows: readonly number[]): ForecastOutages {
  const { predicted, actual, classes, categories, quantiles, isDirected } = outages;
  return {
    ...(isDirected && { isDirected }),
    predicted: rows.map((row) => predicted[row]),
    actual: rows.map((row) => actual[row]),
    ...(classes && { classes: rows.map((row) => classes[row] ?? null) }),
    ...(categories && {
      categories: categories.map((column) => ({ ...column, codes: gather(column.codes, rows) })),
    }),
    ...(quantiles && {
      quantiles: {
        shares: quantiles.shares,
        values: quantiles.values.map((column) => Float64Array.from(rows, (row) => column[row])),
      },
    }),
  };
}

interface RowCheck {
  readonly label: string | null;
  readonly answered: AnswerKind;
  /** Null where the level is not claimed. */
  readonly kept: Readonly<Record<CoverageLevel, Kept | null>>;
  readonly width: number;
  readonly intervalScore: number;
}

/** Whether a level kept its promise; `strictly` without the outages that lie just at a bound. */
interface Kept {
  readonly counted: boolean;
  readonly strictly: boolean;
}

/** Weight of a miss in the interval score: 2 / (1 − 0.8). */
const MISS_WEIGHT = 10;

function createRowCheck(
  calibration: IntervalCalibration,
  outages: ForecastOutages,
): (row: number) => RowCheck | null {
  const findRare = createRareFinder(calibration.rare, outages.categories ?? []);
  return (row) => checkRow(calibration, outages, row, findRare(row) ?? outages.classes?.[row]);
}

function checkRow(
  calibration: IntervalCalibration,
  outages: ForecastOutages,
  row: number,
  caseClass: CaseClass,
): RowCheck | null {
  const actual = outages.actual[row];
  if (Number.isNaN(actual) || Number.isNaN(outages.predicted[row])) return null;
  const forecast = forecastOf(calibration, outages, row);
  const interval = predictInterval(calibration, forecast, caseClass);
  const { p10, p90 } = interval;
  const isBelow = (level: keyof PredictionInterval): Kept | null => {
    const bound = interval[level];
    if (!isClaimed(bound)) return null;
    const [below, atMost] = [!isAtMost(bound.value, actual), isAtMost(actual, bound.value)];
    // A lower bound promises that 10 % lie below it: at it is not below.
    return level === 'p10' ? { counted: below, strictly: atMost } : { counted: atMost, strictly: below };
  };
  const both = isClaimed(p10) && isClaimed(p90) ? ([p10.value, p90.value] as const) : null;
  return {
    label: typeof caseClass === 'object' ? (caseClass?.label ?? null) : (caseClass ?? null),
    answered: findAnswerKind(interval),
    kept: {
      p10: isBelow('p10'),
      p50: isBelow('p50'),
      p80: isBelow('p80'),
      p90: isBelow('p90'),
      p10p90: both && {
        counted: isAtMost(both[0], actual) && isAtMost(actual, both[1]),
        strictly: !isAtMost(actual, both[0]) && !isAtMost(both[1], actual),
      },
    },
    width: both ? both[1] - both[0] : NaN,
    intervalScore: both
      ? both[1] - both[0] + MISS_WEIGHT * Math.max(0, both[0] - actual, actual - both[1])
      : NaN,
  };
}

function summarise(checks: readonly (RowCheck | null)[]): CoverageReport {
  const known = checks.filter((check) => check !== null);
  const byLabel = new Map<string, RowCheck[]>();
  for (const check of known) {
    if (check.label === null) continue;
    const members = byLabel.get(check.label);
    if (members) members.push(check);
    else byLabel.set(check.label, [check]);
  }
  const count = (kind: AnswerKind) => known.filter(({ answered }) => answered === kind).length;
  return {
    overall: summariseGroup(known),
    classes: [...byLabel]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([label, members]) => ({
        label,
        isOwn: members.some(({ answered }) => answered === 'class'),
        ...summariseGroup(members),
      })),
    answered: {
      class: count('class'),
      alike: count('alike'),
      overall: count('overall'),
      few: count('few'),
      unlike: count('unlike'),
    },
  };
}

function summariseGroup(checks: readonly RowCheck[]): GroupCoverage {
  const measure = (level: CoverageLevel): LevelCoverage => {
    const claimed = checks.flatMap(({ kept }) => kept[level] ?? []);
    const n = claimed.length;
    const nominal = nominalLevels[level];
    const empirical = claimed.filter(({ counted }) => counted).length / n;
    const strict = claimed.filter(({ strictly }) => strictly).length / n;
    const band = findBinomialBand(n, nominal);
    const [low, high] = [Math.min(empirical, strict), Math.max(empirical, strict)];
    const isWithin = n > 0 && high >= band[0] && low <= band[1];
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
