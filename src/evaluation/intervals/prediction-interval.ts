import {
  durationOfScaled,
  type Forecast,
  type IntervalCalibration,
  type ScaledForecast,
  scaleForecast,
} from './calibration.ts';
import {
  findLower,
  findUpper,
  neededForLower,
  neededForUpper,
  type OrderStatistics,
} from './order-statistic.ts';

/** Whose past outages an answer rests on. */
export type Basis = 'class' | 'overall';

/** A bound that the past outages can carry, in the target's unit. */
export interface ClaimedBound {
  readonly value: number;
  readonly basis: Basis;
  /** Calibration outages it rests on. */
  readonly n: number;
}

/** A level that takes more past outages of the class than there are. */
interface NotClaimable {
  readonly notClaimable: true;
  readonly n: number;
  readonly needed: number;
  /** What all outages together say instead, where the refusal is the class's; null where they cannot either. */
  readonly overall: ClaimedBound | null;
}

export type IntervalBound = ClaimedBound | NotClaimable;

/**
 * P10 … P90 of one prediction. The outage ends at or below p50, p80 and p90 with at least that
 * probability each, below p10 with at most 10 %: [p10, p90] holds it with at least 80 %.
 */
export interface PredictionInterval {
  readonly p10: IntervalBound;
  readonly p50: IntervalBound;
  readonly p80: IntervalBound;
  readonly p90: IntervalBound;
}

/**
 * Outages that cannot carry a P80 carry no level at all: the middle of two or three errors is no middle, and a curve of
 * theirs would promise what a bound refuses.
 */
export const LEAST_FOR_ANY_LEVEL = neededForUpper(0.8);

/** True where the outages of the case carry no level: nothing is then said of its duration but what was seen. */
export function isRefused({ p80 }: PredictionInterval): boolean {
  return !isClaimed(p80);
}

export function isClaimed(bound: IntervalBound): bound is ClaimedBound {
  return !('notClaimable' in bound);
}

/**
 * The interval of one forecast (target's unit). With the label of a class met in calibration it rests
 * on that class's outages, and says "not claimable" for a level they are too few for, with what all
 * outages together would say; without a label, or with one never met, it rests on all. O(log n).
 */
export function predictInterval(
  calibration: IntervalCalibration,
  forecast: Forecast,
  classLabel?: string | null,
): PredictionInterval {
  const scaled = scaleForecast(calibration, forecast);
  return {
    p10: findLowerBound(calibration, scaled, 0.1, classLabel),
    p50: findUpperBound(calibration, scaled, 0.5, classLabel),
    p80: findUpperBound(calibration, scaled, 0.8, classLabel),
    p90: findUpperBound(calibration, scaled, 0.9, classLabel),
  };
}

/** The duration that the outage stays at or below with at least probability `level`. */
export function predictUpper(
  calibration: IntervalCalibration,
  forecast: Forecast,
  level: number,
  classLabel?: string | null,
): IntervalBound {
  return findUpperBound(calibration, scaleForecast(calibration, forecast), level, classLabel);
}

function findUpperBound(
  calibration: IntervalCalibration,
  forecast: ScaledForecast,
  level: number,
  classLabel: string | null | undefined,
): IntervalBound {
  const rule = {
    find: (scores: OrderStatistics) => findUpper(scores, level),
    needed: neededForUpper(level),
  };
  return boundAt(calibration, forecast, classLabel, rule);
}

/** The duration that the outage stays below with at most probability `level`. */
function findLowerBound(
  calibration: IntervalCalibration,
  forecast: ScaledForecast,
  level: number,
  classLabel: string | null | undefined,
): IntervalBound {
  const rule = {
    find: (scores: OrderStatistics) => findLower(scores, level),
    needed: neededForLower(level),
  };
  return boundAt(calibration, forecast, classLabel, rule);
}

/** Bounds that hold the outage with at least `confidence`, half of the rest on each side. */
export function predictTwoSided(
  calibration: IntervalCalibration,
  forecast: Forecast,
  confidence: number,
  classLabel?: string | null,
): { readonly lower: IntervalBound; readonly upper: IntervalBound } {
  const tail = (1 - confidence) / 2;
  const scaled = scaleForecast(calibration, forecast);
  return {
    lower: findLowerBound(calibration, scaled, tail, classLabel),
    upper: findUpperBound(calibration, scaled, 1 - tail, classLabel),
  };
}

interface BoundRule {
  readonly find: (scores: OrderStatistics) => number | null;
  readonly needed: number;
}

function boundAt(
  calibration: IntervalCalibration,
  forecast: ScaledForecast,
  classLabel: string | null | undefined,
  rule: BoundRule,
): IntervalBound {
  const claim = (scores: OrderStatistics, basis: Basis): ClaimedBound | null => {
    const score = scores.n < LEAST_FOR_ANY_LEVEL ? null : rule.find(scores);
    return score === null
      ? null
      : { value: durationOfScaled(calibration, forecast, score), basis, n: scores.n };
  };
  const needed = Math.max(LEAST_FOR_ANY_LEVEL, rule.needed);
  const ofClass = findClass(calibration, classLabel);
  const claimed = ofClass && claim(ofClass, 'class');
  if (claimed) return claimed;
  const overall = claim(calibration.overall, 'overall');
  if (ofClass) return { notClaimable: true, n: ofClass.n, needed, overall };
  return overall ?? { notClaimable: true, n: calibration.overall.n, needed, overall: null };
}

export function findClass(
  calibration: IntervalCalibration,
  label: string | null | undefined,
): OrderStatistics | null {
  if (label === null || label === undefined) return null;
  return calibration.classes.find((entry) => entry.label === label)?.scores ?? null;
}
