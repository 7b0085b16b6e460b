import { durationOfScaled, type Forecast, type IntervalCalibration, scaleForecast } from './calibration.ts';
import { findLevel, findUpper, type OrderStatistics } from './order-statistic.ts';
import {
  type Basis,
  findClass,
  type IntervalBound,
  LEAST_FOR_ANY_LEVEL,
  predictUpper,
} from './prediction-interval.ts';

/** One point of the S-curve: the outage ends within `duration` with at least `probability`. */
interface CurvePoint {
  readonly duration: number;
  readonly probability: number;
}

/** The distribution of one outage's duration, and whose past outages it rests on. */
export interface DurationCurve {
  readonly points: readonly CurvePoint[];
  readonly basis: Basis;
  readonly n: number;
}

export interface ProbabilityAtMost {
  /** At least this; never 1, for what was never exceeded can still be exceeded. */
  readonly probability: number;
  readonly basis: Basis;
  readonly n: number;
}

/**
 * The S-curve of one prediction (a conformal predictive distribution, Vovk et al. 2019): durations at
 * the probabilities that n can carry, from 1/(n + 1) to n/(n + 1), at most `nPoints`, both rising. Null where the
 * class carries no level: it does not borrow the curve of others.
 */
export function computeDurationCurve(
  calibration: IntervalCalibration,
  forecast: Forecast,
  classLabel?: string | null,
  nPoints = 101,
): DurationCurve | null {
  const chosen = chooseScores(calibration, classLabel);
  if (chosen === null) return null;
  const { scores, basis } = chosen;
  const scaled = scaleForecast(calibration, forecast);
  const nShown = Math.min(nPoints, scores.n);
  const points = Array.from({ length: nShown }, (_, i): CurvePoint => {
    const rank = nShown === 1 ? 1 : 1 + Math.round((i * (scores.n - 1)) / (nShown - 1));
    const probability = rank / (scores.n + 1);
    const score = findUpper(scores, probability) as number;
    return { duration: durationOfScaled(calibration, scaled, score), probability };
  });
  return { points, basis, n: scores.n };
}

/** P(the outage takes at most `duration`), from below: the inverse of the S-curve, and null where that is. O(log n). */
export function probabilityAtMost(
  calibration: IntervalCalibration,
  forecast: Forecast,
  duration: number,
  classLabel?: string | null,
): ProbabilityAtMost | null {
  const chosen = chooseScores(calibration, classLabel);
  if (chosen === null) return null;
  const { scores, basis } = chosen;
  const scaled = scaleForecast(calibration, forecast);
  const probability = findLevel(scores, (score) => durationOfScaled(calibration, scaled, score) <= duration);
  return { probability, basis, n: scores.n };
}

/** The duration to announce so that the outage ends within it with at least `confidence`. O(log n). */
export function durationAtConfidence(
  calibration: IntervalCalibration,
  forecast: Forecast,
  confidence: number,
  classLabel?: string | null,
): IntervalBound {
  return predictUpper(calibration, forecast, confidence, classLabel);
}

/** Those that the levels rest on. */
function chooseScores(
  calibration: IntervalCalibration,
  classLabel: string | null | undefined,
): { readonly scores: OrderStatistics; readonly basis: Basis } | null {
  const ofClass = findClass(calibration, classLabel);
  const scores = ofClass ?? calibration.overall;
  return scores.n < LEAST_FOR_ANY_LEVEL ? null : { scores, basis: ofClass ? 'class' : 'overall' };
}
