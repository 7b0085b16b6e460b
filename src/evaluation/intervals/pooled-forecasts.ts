import type { CaseClass } from './answering.ts';
import type { Forecast, IntervalCalibration } from './calibration.ts';
import {
  computeDurationCurve,
  type DurationCurve,
  probabilityAtMost,
  type ProbabilityAtMost,
} from './duration-curve.ts';
import {
  type ClaimedBound,
  type IntervalBound,
  isClaimed,
  type PredictionInterval,
  predictInterval,
  predictUpper,
} from './prediction-interval.ts';

/** Points that stand for each curve. */
const N_POINTS = 101;

/** Several curves, and all durations at which one of them has a point, ascending. */
interface PooledCurves {
  readonly curves: readonly DurationCurve[];
  readonly durations: Float64Array;
}

/**
 * The distribution of a duration that is one of several forecasts', no telling which: the mean of their S-curves. All
 * their points are taken together; a mean of their medians would hide that there are two humps. O(forecasts × points × log).
 */
export interface PooledForecast {
  readonly interval: PredictionInterval;
  /** Null where the outages carry no level. */
  readonly curve: DurationCurve | null;
  readonly probability: ProbabilityAtMost | null;
  /** At the shares that were asked for; null where they are not carried. */
  readonly levels: readonly (number | null)[];
}

/** At least one forecast. Refused where one of them would be: the class is the same. */
export function poolForecastsOfCase(
  calibration: IntervalCalibration,
  forecasts: readonly Forecast[],
  caseClass: CaseClass,
  atMost?: number,
  shares: readonly number[] = [],
): PooledForecast {
  const curves = forecasts.flatMap(
    (each) => computeDurationCurve(calibration, each, caseClass, N_POINTS) ?? [],
  );
  const each = forecasts.map((forecast) => predictInterval(calibration, forecast, caseClass));
  const pooled = poolCurves(curves);
  const [first] = curves;
  const isOfClass = curves.length === 0 || (first && first.basis !== 'overall');
  const ofAll = isOfClass ? poolOverall(calibration, forecasts) : null;
  const pool = (name: keyof PredictionInterval, level: number) => {
    const bounds = each.map((interval) => interval[name]);
    return poolBounds(bounds, level, pooled, ofAll);
  };
  return {
    interval: { p10: pool('p10', 0.1), p50: pool('p50', 0.5), p80: pool('p80', 0.8), p90: pool('p90', 0.9) },
    curve: first ? { points: drawMean(pooled), basis: first.basis, n: first.n } : null,
    probability: atMost === undefined ? null : meanProbability(calibration, forecasts, caseClass, atMost),
    levels: shares.map((share) => {
      const bounds = forecasts.map((forecast) => predictUpper(calibration, forecast, share, caseClass));
      const bound = poolBounds(bounds, share, pooled, ofAll);
      return isClaimed(bound) ? bound.value : null;
    }),
  };
}

/** What all outages together say: beside a refusal of the class. */
function poolOverall(calibration: IntervalCalibration, forecasts: readonly Forecast[]): PooledCurves {
  return poolCurves(
    forecasts.flatMap((each) => computeDurationCurve(calibration, each, null, N_POINTS) ?? []),
  );
}

function poolCurves(curves: readonly DurationCurve[]): PooledCurves {
  const durations = curves.flatMap(({ points }) => points.map(({ duration }) => duration));
  return { curves, durations: Float64Array.from(durations).sort() };
}

/** The mean probability of having ended at a duration, or before it: linear between the points of each curve. */
function meanAt({ curves }: PooledCurves, duration: number, side: 'at' | 'before'): number {
  const sum = curves.reduce((total, { points }) => total + probabilityAt(points, duration, side), 0);
  return sum / curves.length;
}

function probabilityAt(points: DurationCurve['points'], duration: number, side: 'at' | 'before'): number {
  let from = 0;
  let to = points.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const at = points[middle].duration;
    if (at < duration || (side === 'at' && at === duration)) from = middle + 1;
    else to = middle;
  }
  if (from === 0) return 0;
  const low = points[from - 1];
  const high = points[from];
  if (!high) return low.probability;
  const share = (duration - low.duration) / (high.duration - low.duration);
  return low.probability + share * (high.probability - low.probability);
}

/** The least duration that is reached with that probability. O(curves × log² points). */
function findDuration(pooled: PooledCurves, level: number): number | null {
  const { durations } = pooled;
  let from = 0;
  let to = durations.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (meanAt(pooled, durations[middle], 'at') < level - ROUNDING) from = middle + 1;
    else to = middle;
  }
  if (from === durations.length) return null;
  if (from === 0) return durations[0];
  const [low, high] = [durations[from - 1], durations[from]];
  const before = meanAt(pooled, low, 'at');
  const slope = meanAt(pooled, high, 'before') - before;
  return slope <= 0 ? high : low + Math.min(1, (level - before) / slope) * (high - low);
}

const ROUNDING = 1e-9;

/** Claimed or refused as each of them is, and between the least and the greatest of them. */
function poolBounds(
  each: readonly IntervalBound[],
  level: number,
  pooled: PooledCurves,
  ofAll: PooledCurves | null,
): IntervalBound {
  const [first] = each;
  const claimed = each.filter(isClaimed);
  if (isClaimed(first)) return poolClaims(claimed, first, findDuration(pooled, level));
  const { overall } = first;
  const claims = each.flatMap((bound) => (isClaimed(bound) ? [] : (bound.overall ?? [])));
  const together = overall && ofAll && poolClaims(claims, overall, findDuration(ofAll, level));
  return { ...first, overall: together };
}

function poolClaims(each: readonly ClaimedBound[], first: ClaimedBound, found: number | null): ClaimedBound {
  const values = each.map(({ value }) => value);
  const value = Math.min(Math.max(found ?? first.value, Math.min(...values)), Math.max(...values));
  return { ...first, value };
}

function meanProbability(
  calibration: IntervalCalibration,
  forecasts: readonly Forecast[],
  caseClass: CaseClass,
  atMost: number,
): ProbabilityAtMost | null {
  const found = forecasts.flatMap((each) => probabilityAtMost(calibration, each, atMost, caseClass) ?? []);
  const [first] = found;
  if (!first) return null;
  return { ...first, probability: found.reduce((sum, each) => sum + each.probability, 0) / found.length };
}

/** As many points as one curve has, rising. */
function drawMean(pooled: PooledCurves): DurationCurve['points'] {
  const { durations } = pooled;
  const n = Math.min(N_POINTS, durations.length);
  return Array.from({ length: n }, (_, i) => {
    const duration = durations[Math.floor(((i + 1) * durations.length) / n) - 1];
    return { duration, probability: meanAt(pooled, duration, 'at') };
  });
}
