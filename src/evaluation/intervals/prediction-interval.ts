import {
  durationOfScaled,
  type Forecast,
  type IntervalCalibration,
  type ScaledForecast,
  scaleForecast,
} from './calibration.ts';
import { type Answering, type Basis, type CaseClass, type ClassSize, findAnswering } from './answering.ts';
import { LEAST_UNLIKE_ALONE } from './class-answers.ts';
import { findAtLevel, neededFor, type OrderStatistics, type RankRule } from './order-statistic.ts';

/** A bound that the past outages can carry, in the target's unit. */
export interface ClaimedBound {
  readonly value: number;
  readonly basis: Basis;
  /** Calibration outages it rests on. */
  readonly n: number;
  /** The class of the case, where it has one. */
  readonly ofClass?: ClassSize;
}

/** A level that takes more past outages of the class than there are, or none of a class unlike all others. */
interface NotClaimable {
  readonly notClaimable: true;
  readonly isUnlike?: true;
  readonly n: number;
  readonly needed: number;
  /** What all outages together say instead, where the refusal is the class's; null where they cannot either. */
  readonly overall: ClaimedBound | null;
  readonly ofClass?: ClassSize;
}

export type IntervalBound = ClaimedBound | NotClaimable;

/**
 * P10 … P90 of one prediction. The outage ends at or below each with about that probability, exactly where scores spread
 * evenly between the ranks about it: [p10, p90] holds it with 80 %.
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
export const LEAST_FOR_ANY_LEVEL = neededFor(0.8);

/** True where the outages of the case carry no level: nothing is then said of its duration but what was seen. */
export function isRefused({ p80 }: PredictionInterval): boolean {
  return !isClaimed(p80);
}

/** What answers a case: the past outages its P80 rests on, or why it has none. */
export const answerKinds = ['class', 'alike', 'overall', 'few', 'unlike'] as const;
export type AnswerKind = (typeof answerKinds)[number];

export function findAnswerKind({ p80 }: PredictionInterval): AnswerKind {
  if (isClaimed(p80)) return p80.basis;
  return p80.isUnlike ? 'unlike' : 'few';
}

export function isClaimed(bound: IntervalBound): bound is ClaimedBound {
  return !('notClaimable' in bound);
}

/**
 * The interval of one forecast (target's unit). Its class says which past outages it rests on (`findAnswering`); a level
 * that these are too few for, or a class that is unlike all others, is "not claimable", with what all outages together
 * would say. O(log n).
 */
export function predictInterval(
  calibration: IntervalCalibration,
  forecast: Forecast,
  caseClass?: CaseClass,
): PredictionInterval {
  const scaled = scaleForecast(calibration, forecast);
  const answering = findAnswering(calibration, caseClass);
  const find = (level: number, side: RankRule) => boundAt(calibration, scaled, answering, level, side);
  return { p10: find(0.1, 'down'), p50: find(0.5, 'up'), p80: find(0.8, 'up'), p90: find(0.9, 'up') };
}

/** The scores that the levels of a case stand at, by its class: null where no such level is claimed. O(classes). */
export function findLevelScores(
  calibration: IntervalCalibration,
  caseClass: CaseClass,
): { readonly [Level in keyof PredictionInterval]: number | null } {
  const { scores, isUnlike } = findAnswering(calibration, caseClass);
  const find = (level: number, side: RankRule) =>
    isUnlike ? null : scoreAt(scores, level, ruleOf(calibration, side));
  return { p10: find(0.1, 'down'), p50: find(0.5, 'up'), p80: find(0.8, 'up'), p90: find(0.9, 'up') };
}

/** A calibration by whole ranks rounds to one side. */
function ruleOf({ rule }: IntervalCalibration, side: RankRule): RankRule {
  return rule === 'whole-ranks' ? side : 'between';
}

/** Null where there are too few for any level, or for this one. */
function scoreAt(sample: OrderStatistics, level: number, rule: RankRule): number | null {
  return sample.n < LEAST_FOR_ANY_LEVEL ? null : findAtLevel(sample, level, rule);
}

/** The duration that the outage stays at or below with probability `level`. */
export function predictUpper(
  calibration: IntervalCalibration,
  forecast: Forecast,
  level: number,
  caseClass?: CaseClass,
): IntervalBound {
  const scaled = scaleForecast(calibration, forecast);
  return boundAt(calibration, scaled, findAnswering(calibration, caseClass), level, 'up');
}

/** Bounds that hold the outage with `confidence`, half of the rest on each side. */
export function predictTwoSided(
  calibration: IntervalCalibration,
  forecast: Forecast,
  confidence: number,
  caseClass?: CaseClass,
): { readonly lower: IntervalBound; readonly upper: IntervalBound } {
  const tail = (1 - confidence) / 2;
  const scaled = scaleForecast(calibration, forecast);
  const answering = findAnswering(calibration, caseClass);
  return {
    lower: boundAt(calibration, scaled, answering, tail, 'down'),
    upper: boundAt(calibration, scaled, answering, 1 - tail, 'up'),
  };
}

/** `side`: where a calibration by whole ranks rounds to. */
function boundAt(
  calibration: IntervalCalibration,
  forecast: ScaledForecast,
  { scores, basis, ofClass, isUnlike }: Answering,
  level: number,
  side: RankRule,
): IntervalBound {
  const rule = ruleOf(calibration, side);
  const claim = (sample: OrderStatistics, from: Basis): ClaimedBound | null => {
    const score = scoreAt(sample, level, rule);
    if (score === null) return null;
    return { value: durationOfScaled(calibration, forecast, score), basis: from, n: sample.n };
  };
  const named = ofClass && { ofClass };
  const claimed = isUnlike ? null : claim(scores, basis);
  if (claimed) return { ...claimed, ...named };
  const overall = basis === 'overall' ? null : claim(calibration.overall, 'overall');
  if (isUnlike && ofClass) {
    return { notClaimable: true, isUnlike, n: ofClass.n, needed: LEAST_UNLIKE_ALONE, overall, ofClass };
  }
  const needed = Math.max(LEAST_FOR_ANY_LEVEL, neededFor(level));
  return { notClaimable: true, n: scores.n, needed, overall, ...named };
}
