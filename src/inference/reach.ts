import type { CellRow } from '#data/cell.ts';
import type { DurationCurve } from '#evaluation/intervals/duration-curve.ts';
import {
  type IntervalBound,
  isClaimed,
  LEAST_FOR_ANY_LEVEL,
  type PredictionInterval,
} from '#evaluation/intervals/prediction-interval.ts';
import { measureOutside, type OutsideCell } from './case-notes.ts';
import { findLeaders } from './dependent-inputs.ts';
import type { CaseReach, FormFeature } from './contract.ts';
import type { ModelAtWork } from './open-model.ts';

/** A number this far outside, in widths of the training range, changes nothing yet: some outage had to be the largest. */
const NOTABLE = 0.1;
/** A whole width outside, nothing that was learnt speaks of the case. */
const BEYOND = 1;
/** How much worse far cases fare where it was not measured, and the bounds of what was. */
const FACTOR = { unmeasured: 1.5, least: 1.25, most: 3 } as const;

/**
 * How far the model's claims carry for a case. Within what it has learnt: as they are. Outside: its levels stand off from
 * the P50 by as much more as the farthest tenth of held-out outages erred more than all (`DomainCalibration`). A person's
 * number a whole training range away: nothing is claimed; a date never, as the outage to come lies ahead of any file.
 * O(features²).
 */
export function judgeReach(
  { summary, calibration }: Pick<ModelAtWork, 'summary' | 'calibration'>,
  cells: CellRow,
): CaseReach {
  const { features } = summary;
  const outside = findNotable(features, cells);
  if (outside.length === 0) return { kind: 'within' };
  const leaders = findLeaders(features);
  const isBeyond = outside.some(
    ({ feature, size }) => features[feature]?.type === 'number' && !leaders.has(feature) && size >= BEYOND,
  );
  if (isBeyond) return { kind: 'beyond' };
  const measured = calibration?.domain?.validation.farthestTenthRatio ?? FACTOR.unmeasured;
  return { kind: 'outside', factor: Math.min(FACTOR.most, Math.max(FACTOR.least, measured)) };
}

/** The cells so far outside of what was learnt that it counts. */
export function findNotable(features: readonly FormFeature[], cells: CellRow): readonly OutsideCell[] {
  return measureOutside(features, cells).filter(({ size }) => size > NOTABLE);
}

/** What is claimed of a case that far out: levels farther from the P50, or none. */
export function reachInterval(interval: PredictionInterval, reach: CaseReach): PredictionInterval {
  if (reach.kind === 'within') return interval;
  if (reach.kind === 'beyond') {
    // Of outages like this one, none was seen.
    const refused = { notClaimable: true, n: 0, needed: LEAST_FOR_ANY_LEVEL, overall: null } as const;
    return { p10: refused, p50: refused, p80: refused, p90: refused };
  }
  const { p50 } = interval;
  if (!isClaimed(p50)) return interval;
  const stretch = (bound: IntervalBound): IntervalBound =>
    isClaimed(bound) ? { ...bound, value: stretchFrom(p50.value, bound.value, reach.factor) } : bound;
  return { p10: stretch(interval.p10), p50, p80: stretch(interval.p80), p90: stretch(interval.p90) };
}

/** One more level of such a case, beside its P50. */
export function reachLevel(value: number, p50: IntervalBound, reach: CaseReach): number {
  return reach.kind === 'outside' && isClaimed(p50) ? stretchFrom(p50.value, value, reach.factor) : value;
}

/** The S-curve that goes with such levels; null where nothing is claimed. */
export function reachCurve(
  curve: DurationCurve | null,
  { p50 }: PredictionInterval,
  reach: CaseReach,
): DurationCurve | null {
  if (curve === null || reach.kind === 'beyond') return null;
  if (reach.kind === 'within' || !isClaimed(p50)) return curve;
  const points = curve.points.map(({ duration, probability }) => ({
    duration: stretchFrom(p50.value, duration, reach.factor),
    probability,
  }));
  return { ...curve, points };
}

/** The duration whose probability, before the stretch, is that of `duration` after it. */
export function undoReach(duration: number, { p50 }: PredictionInterval, reach: CaseReach): number {
  if (reach.kind !== 'outside' || !isClaimed(p50)) return duration;
  return p50.value + (duration - p50.value) / reach.factor;
}

/** No outage takes less than no time; one that the file says ended before it began stays as it is. */
function stretchFrom(middle: number, value: number, factor: number): number {
  return Math.max(Math.min(0, value), middle + factor * (value - middle));
}
