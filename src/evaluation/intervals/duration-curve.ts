import { durationOfScaled, type Forecast, type IntervalCalibration, scaleForecast } from './calibration.ts';
import { type Answering, type Basis, type CaseClass, findAnswering } from './answering.ts';
import { findAtLevel, findLevel } from './order-statistic.ts';
import { type IntervalBound, LEAST_FOR_ANY_LEVEL, predictUpper } from './prediction-interval.ts';

/** One point of the S-curve: the outage ends within `duration` with `probability`. */
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
  /** Never 1, for what was never exceeded can still be exceeded. */
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
  caseClass?: CaseClass,
  nPoints = 101,
): DurationCurve | null {
  const chosen = findCurve(calibration, caseClass);
  if (chosen === null) return null;
  const { scores, basis } = chosen;
  const scaled = scaleForecast(calibration, forecast);
  const nShown = Math.min(nPoints, scores.n);
  const points = Array.from({ length: nShown }, (_, i): CurvePoint => {
    const rank = nShown === 1 ? 1 : 1 + Math.round((i * (scores.n - 1)) / (nShown - 1));
    const probability = rank / (scores.n + 1);
    const score = findAtLevel(scores, probability) as number;
    return { duration: durationOfScaled(calibration, scaled, score), probability };
  });
  return { points, basis, n: scores.n };
}

/** P(the outage takes at most `duration`): the inverse of the S-curve, and null where that is. O(log n). */
export function probabilityAtMost(
  calibration: IntervalCalibration,
  forecast: Forecast,
  duration: number,
  caseClass?: CaseClass,
): ProbabilityAtMost | null {
  const chosen = findCurve(calibration, caseClass);
  if (chosen === null) return null;
  const { scores, basis } = chosen;
  const scaled = scaleForecast(calibration, forecast);
  const isWithin = (score: number) => durationOfScaled(calibration, scaled, score) <= duration;
  const probability = findLevel(scores, isWithin, calibration.rule === 'whole-ranks' ? 'up' : 'between');
  return { probability, basis, n: scores.n };
}

/** The duration to announce so that the outage ends within it with probability `confidence`. O(log n). */
export function durationAtConfidence(
  calibration: IntervalCalibration,
  forecast: Forecast,
  confidence: number,
  caseClass?: CaseClass,
): IntervalBound {
  return predictUpper(calibration, forecast, confidence, caseClass);
}

/** Those that the levels rest on; null where they carry none. */
function findCurve(calibration: IntervalCalibration, caseClass: CaseClass): Answering | null {
  const answering = findAnswering(calibration, caseClass);
  return answering.isUnlike || answering.scores.n < LEAST_FOR_ANY_LEVEL ? null : answering;
}

/** P(the outage takes at most `duration`), from below: the highest point of the curve that is not beyond it. */
export function readCurve({ points }: DurationCurve, duration: number): number {
  return points.reduce((most, point) => (point.duration <= duration ? point.probability : most), 0);
}
