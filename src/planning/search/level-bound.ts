import { exactExpm1 } from '#base/exact-math.ts';
import { findAnswering } from '#evaluation/intervals/answering.ts';
import {
  durationOfScaled,
  type IntervalCalibration,
  scaleForecast,
} from '#evaluation/intervals/calibration.ts';
import { SHARES } from '#evaluation/intervals/model-forecast.ts';
import { findAtLevel } from '#evaluation/intervals/order-statistic.ts';
import { LEAST_FOR_ANY_LEVEL } from '#evaluation/intervals/prediction-interval.ts';
import { spreadAt } from '#evaluation/intervals/residual-spread.ts';
import { type FittedModel, isDistribution, type SingleState } from '#models/regressor.ts';
import { fromScaleInPlace, type TargetScale, toScale } from '#models/target-scale.ts';
import { type Box, type CellAnswer, type Lattice, NOT_RARE } from './lattice.ts';
import { boundState, type Narrowed, type Side, type StateBound } from './state-bound.ts';

/** The levels that plans are judged by. */
export type PlanLevel = 0.5 | 0.8;

/** The least that a calibrated level takes on a box, in the target's unit; +∞ where no point of it has one. */
export interface LevelBound {
  readonly open: (box: Box) => void;
  readonly least: (level: PlanLevel, within: Narrowed) => number;
  /** Of some models, what rises with it and takes less time. */
  readonly guide?: (within: Narrowed) => number;
}

/**
 * Bounds of P50 and P80 as `predictInterval` gives them: the model's, then the score of whichever past outages answer in the
 * box. Null for a model that cannot be bounded.
 */
export function boundLevels(
  { state, spec }: FittedModel,
  calibration: IntervalCalibration,
  lattice: Lattice,
): LevelBound | null {
  const model =
    state.family === 'blend' ? boundBlend(state.members, lattice) : boundInUnit(state, spec.scale, lattice);
  if (model === null) return null;
  const scoresOn = createScoreFinder(calibration, lattice);
  const isByQuantiles = calibration.score.kind === 'quantiles' && isDistribution(state);
  const forecast = isByQuantiles
    ? (score: number, within: Narrowed) => leastByQuantiles(calibration, model, score, within)
    : (score: number, within: Narrowed) => leastByResidual(calibration, model, score, within);
  let box: Box = new Int32Array();
  return {
    open: (opened) => {
      box = opened;
      model.open(opened);
    },
    ...(model.guide && { guide: model.guide }),
    least: (level, within) => {
      const score = scoresOn(level, box, within);
      return score === null ? Infinity : forecast(score, within);
    },
  };
}

/** In the target's unit. */
function boundInUnit(state: SingleState, scale: TargetScale, lattice: Lattice): StateBound | null {
  const bound = boundState(state, lattice);
  if (bound === null || scale === 'identity') return bound;
  const { quantile } = bound;
  return {
    open: bound.open,
    centre: (side, within) => exactExpm1(bound.centre(side, within)),
    ...(bound.guide && { guide: bound.guide }),
    ...(quantile && { quantile: (side, share, within) => exactExpm1(quantile(side, share, within)) }),
  };
}

function boundBlend(
  members: readonly { readonly weight: number; readonly scale: TargetScale; readonly state: SingleState }[],
  lattice: Lattice,
): StateBound | null {
  const bounds = members.flatMap(({ weight, scale, state }) => {
    const bound = weight === 0 ? null : boundInUnit(state, scale, lattice);
    return bound ? [{ weight, bound }] : [];
  });
  if (bounds.length < members.filter(({ weight }) => weight !== 0).length) return null;
  const other = (side: Side): Side => (side === 'least' ? 'most' : 'least');
  return {
    open: (box) => bounds.forEach(({ bound }) => bound.open(box)),
    centre: (side, within) =>
      bounds.reduce(
        (sum, { weight, bound }) => sum + weight * bound.centre(weight > 0 ? side : other(side), within),
        0,
      ),
  };
}

/**
 * The least score among the past outages that may answer in a box: of every rare category met there and, where there may be
 * none, of every class. Null where none of them carries the level.
 */
function createScoreFinder(calibration: IntervalCalibration, { axes, answeredBy }: Lattice) {
  const known = new Map<string, number | null>();
  const scoreOf = (level: PlanLevel, { rare, label = null }: CellAnswer): number | null => {
    const key = JSON.stringify([level, rare, label]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const answering = findAnswering(calibration, calibration.rare[rare] ?? label);
    const { scores, isUnlike } = answering;
    const rule = calibration.rule === 'whole-ranks' ? 'up' : 'between';
    const score = isUnlike || scores.n < LEAST_FOR_ANY_LEVEL ? null : findAtLevel(scores, level, rule);
    known.set(key, score);
    return score;
  };
  const varied = axes.flatMap(({ answeredBy: cells }, a) =>
    cells.some(({ rare, label }) => rare < NOT_RARE || label !== undefined) ? [a] : [],
  );
  return (level: PlanLevel, box: Box, { axis, from, to }: Narrowed): number | null => {
    if (varied.length === 0) return scoreOf(level, answeredBy);
    const places = new Set<number>([answeredBy.rare]);
    let labels: ReadonlySet<string | null> = new Set([answeredBy.label ?? null]);
    for (const a of varied) {
      const cells = axes[a].answeredBy;
      const own = a === axis ? cells.slice(from, to) : cells.slice(box[2 * a], box[2 * a + 1]);
      for (const { rare } of own) places.add(rare);
      const named = own.flatMap(({ label }) => (label === undefined ? [] : [label]));
      if (named.length > 0) labels = new Set(named);
    }
    const most = answeredBy.rare;
    const candidates = [...places].flatMap((rare) => {
      if (rare > most) return [];
      return rare < NOT_RARE ? [{ rare }] : [...labels].map((label) => ({ rare, label }));
    });
    let least: number | null = null;
    for (const each of candidates) {
      const score = scoreOf(level, each);
      if (score !== null && (least === null || score < least)) least = score;
    }
    return least;
  };
}

/** centre + score · spread(centre), linear between knots: its least value is at an end or at a knot within. */
function leastByResidual(
  calibration: IntervalCalibration,
  model: StateBound,
  score: number,
  within: Narrowed,
): number {
  const { score: rule, leastDuration } = calibration;
  if (rule.kind !== 'residual') return -Infinity;
  const { scale, spread } = rule;
  const place = (centre: number) => centre + score * spreadAt(spread, centre);
  const [from] = toScale([model.centre('least', within)], scale);
  let raw = place(from);
  const isRising = spread.knots.every((knot, i) => i === 0 || place(knot) >= place(spread.knots[i - 1]));
  if (!isRising) {
    const [to] = toScale([model.centre('most', within)], scale);
    raw = Math.min(raw, place(to), ...spread.knots.filter((knot) => from < knot && knot < to).map(place));
  }
  const duration = fromScaleInPlace(Float64Array.of(raw), scale)[0];
  return leastDuration === null ? duration : Math.max(leastDuration, duration);
}

/** Between two quantiles it rises with both; beyond the last with the last. */
function leastByQuantiles(
  calibration: IntervalCalibration,
  { quantile }: StateBound,
  score: number,
  within: Narrowed,
): number {
  const { score: rule, leastDuration } = calibration;
  const shares = rule.kind === 'quantiles' ? rule.shares : SHARES;
  const last = shares.length - 1;
  if (quantile === undefined || score < shares[0]) return leastDuration ?? -Infinity;
  const above = shares.findIndex((share) => share > score);
  if (above < 0) return quantile('least', shares[last], within);
  const forecast = shares.map((share, j) =>
    j === above || j === above - 1 ? quantile('least', share, within) : NaN,
  );
  const [low, high] = [forecast[above - 1], Math.max(forecast[above - 1], forecast[above])];
  const filled = shares.map((_, j) => (j < above ? low : high));
  return durationOfScaled(calibration, scaleForecast(calibration, filled), score);
}
