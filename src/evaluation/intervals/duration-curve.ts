import { durationOfScore, type Forecast, type IntervalCalibration } from './calibration.ts';
import {
  findLevel,
  findUpper,
  neededForLower,
  neededForUpper,
  type OrderStatistics,
} from './order-statistic.ts';
import { type Basis, findClass, type IntervalBound, predictUpper } from './prediction-interval.ts';

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

/** Fewer outages than a P10–P90 takes do not draw a curve of their own: all outages then do. */
const MIN_FOR_CURVE = Math.max(neededForLower(0.1), neededForUpper(0.9));

/**
 * The S-curve of one prediction (a conformal predictive distribution, Vovk et al. 2019): durations at
 * the probabilities that n can carry, from 1/(n + 1) to n/(n + 1), at most `nPoints`, both rising.
 */
export function computeDurationCurve(
  calibration: IntervalCalibration,
  forecast: Forecast,
  classLabel?: string | null,
  nPoints = 101,
): DurationCurve {
  const { scores, basis } = chooseScores(calibration, classLabel);
  const nShown = Math.min(nPoints, scores.n);
  const points = Array.from({ length: nShown }, (_, i): CurvePoint => {
    const rank = nShown === 1 ? 1 : 1 + Math.round((i * (scores.n - 1)) / (nShown - 1));
    const probability = rank / (scores.n + 1);
    const score = findUpper(scores, probability) as number;
    return { duration: durationOfScore(calibration, forecast, score), probability };
  });
  return { points, basis, n: scores.n };
}

/** P(the outage takes at most `duration`), from below: the inverse of the S-curve. O(log n). */
export function probabilityAtMost(
  calibration: IntervalCalibration,
  forecast: Forecast,
  duration: number,
  classLabel?: string | null,
): ProbabilityAtMost {
  const { scores, basis } = chooseScores(calibration, classLabel);
  const probability = findLevel(scores, (score) => durationOfScore(calibration, forecast, score) <= duration);
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

function chooseScores(
  calibration: IntervalCalibration,
  classLabel: string | null | undefined,
): { scores: OrderStatistics; basis: Basis } {
  const ofClass = findClass(calibration, classLabel);
  return ofClass && ofClass.n >= MIN_FOR_CURVE
    ? { scores: ofClass, basis: 'class' }
    : { scores: calibration.overall, basis: 'overall' };
}
