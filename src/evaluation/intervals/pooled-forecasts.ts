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
} from './prediction-interval.ts';

/** Points that stand for each curve. */
const N_POINTS = 101;

/** The points of several curves by duration, and how the bounds on their mean probability rise there. */
interface PooledSteps {
  readonly points: readonly { readonly duration: number; readonly below: number; readonly above: number }[];
  /** What lies before the first point, at most. */
  readonly before: number;
}

/**
 * The distribution of a duration that is one of several forecasts', no telling which: the mean of their S-curves. All
 * their points are sorted together; a mean of their medians would hide that there are two humps. O(forecasts × points × log).
 */
export interface PooledForecast {
  readonly interval: PredictionInterval;
  /** Null where the outages carry no level. */
  readonly curve: DurationCurve | null;
  readonly probability: ProbabilityAtMost | null;
}

/** At least one forecast. Refused where one of them would be: the class is the same. */
export function poolForecastsOfCase(
  calibration: IntervalCalibration,
  forecasts: readonly Forecast[],
  classLabel: string | null,
  atMost?: number,
): PooledForecast {
  const curves = forecasts.flatMap(
    (each) => computeDurationCurve(calibration, each, classLabel, N_POINTS) ?? [],
  );
  const single = predictInterval(calibration, forecasts[0], classLabel);
  const steps = sortSteps(curves);
  const [first] = curves;
  const ofAll = first?.basis === 'class' || curves.length === 0 ? poolOverall(calibration, forecasts) : null;
  return {
    interval: {
      p10: poolBound(single.p10, first, findLowest(steps, 0.1), ofAll && findLowest(ofAll, 0.1)),
      p50: poolBound(single.p50, first, findHighest(steps, 0.5), ofAll && findHighest(ofAll, 0.5)),
      p80: poolBound(single.p80, first, findHighest(steps, 0.8), ofAll && findHighest(ofAll, 0.8)),
      p90: poolBound(single.p90, first, findHighest(steps, 0.9), ofAll && findHighest(ofAll, 0.9)),
    },
    curve: first ? { points: thin(steps), basis: first.basis, n: first.n } : null,
    probability: atMost === undefined ? null : meanProbability(calibration, forecasts, classLabel, atMost),
  };
}

/** What all outages together say: beside a refusal of the class. */
function poolOverall(calibration: IntervalCalibration, forecasts: readonly Forecast[]): PooledSteps {
  return sortSteps(
    forecasts.flatMap((each) => computeDurationCurve(calibration, each, null, N_POINTS) ?? []),
  );
}

function sortSteps(curves: readonly DurationCurve[]): PooledSteps {
  const share = 1 / curves.length;
  const points = curves.flatMap(({ points: own }) =>
    own.map(({ duration, probability }, i) => ({
      duration,
      below: share * (probability - (own[i - 1]?.probability ?? 0)),
      above: share * ((own[i + 1]?.probability ?? 1) - probability),
    })),
  );
  const before = curves.reduce((sum, { points: own }) => sum + share * (own[0]?.probability ?? 1), 0);
  return { points: points.sort((a, b) => a.duration - b.duration), before };
}

const ROUNDING = 1e-9;

/** The least duration that is reached with at least that probability. */
function findHighest({ points }: PooledSteps, level: number): number | null {
  let sum = 0;
  for (const { duration, below } of points) {
    sum += below;
    if (sum >= level - ROUNDING) return duration;
  }
  return null;
}

/** The greatest duration that is not reached with more than that probability. */
function findLowest({ points, before }: PooledSteps, level: number): number | null {
  let lowest: number | null = null;
  let sum = before;
  for (const { duration, above } of points) {
    if (sum > level + ROUNDING) break;
    lowest = duration;
    sum += above;
  }
  return lowest;
}

function poolBound(
  single: IntervalBound,
  curve: DurationCurve | undefined,
  value: number | null,
  overall: number | null,
): IntervalBound {
  if (isClaimed(single)) {
    return value === null || !curve ? refuse(single) : { ...single, value };
  }
  const ofAll: ClaimedBound | null =
    single.overall && overall !== null ? { ...single.overall, value: overall } : null;
  return { ...single, overall: ofAll };
}

function refuse({ n }: ClaimedBound): IntervalBound {
  return { notClaimable: true, n, needed: n + 1, overall: null };
}

function meanProbability(
  calibration: IntervalCalibration,
  forecasts: readonly Forecast[],
  classLabel: string | null,
  atMost: number,
): ProbabilityAtMost | null {
  const found = forecasts.flatMap((each) => probabilityAtMost(calibration, each, atMost, classLabel) ?? []);
  const [first] = found;
  if (!first) return null;
  return { ...first, probability: found.reduce((sum, each) => sum + each.probability, 0) / found.length };
}

/** As many points as one curve has, rising. */
function thin({ points }: PooledSteps): DurationCurve['points'] {
  let sum = 0;
  const all = points.map(({ duration, below }) => {
    sum += below;
    return { duration, probability: sum };
  });
  const n = Math.min(N_POINTS, all.length);
  return Array.from({ length: n }, (_, i) => all[Math.floor(((i + 1) * all.length) / n) - 1]).filter(
    (point) => point !== undefined,
  );
}
