import { type Axis, type Box, leastWithin, type LatticePoint } from './lattice.ts';
import type { PlanLevel } from './level-bound.ts';
import type { Narrowed } from './state-bound.ts';

/** What is made as small as can be, and what has to hold. */
export interface SearchGoal {
  /**
   * `level`: the duration at a level. `cost`: a day's cost times the duration at a level, and what the levers cost.
   * `change`: levers changed, then the size of the changes. `levers`: what the levers cost. `lateness`: how much later than
   * `atMost` it ends.
   */
  readonly kind: 'level' | 'cost' | 'change' | 'levers' | 'lateness';
  readonly level: PlanLevel;
  /** Cost of a unit of time. */
  readonly timeCost: number;
  /** The duration at `level` may be no more; null: no matter. */
  readonly atMost: number | null;
  /** `atMost` is an end: the delay of the start counts as well. */
  readonly isEnd: boolean;
}

/** What a point or a box comes to. */
export interface Sums {
  readonly nChanged: number;
  readonly change: number;
  readonly cost: number;
  readonly rate: number;
  readonly delay: number;
}

/** Of a point. */
export function sumPoint(axes: readonly Axis[], point: LatticePoint): Sums {
  const sum = (pick: (axis: Axis) => Float64Array) =>
    axes.reduce((total, axis, a) => total + pick(axis)[point[a]], 0);
  return collectSums(sum);
}

/** The least of each on a box. */
export function sumBox(axes: readonly Axis[], box: Box, { axis: narrowed, from, to }: Narrowed): Sums {
  const sum = (pick: (axis: Axis) => Float64Array) =>
    axes.reduce((total, axis, a) => {
      const [first, end] = a === narrowed ? [from, to] : [box[2 * a], box[2 * a + 1]];
      return total + leastWithin(pick(axis), first, end);
    }, 0);
  return collectSums(sum);
}

function collectSums(sum: (pick: (axis: Axis) => Float64Array) => number): Sums {
  return {
    nChanged: sum(({ nChanged }) => nChanged),
    change: sum(({ change }) => change),
    cost: sum(({ cost }) => cost),
    rate: sum(({ rate }) => rate),
    delay: sum(({ delay }) => delay),
  };
}

/** +∞ where a point has no such duration, or breaks what has to hold. Of a box with the least of all: a bound. */
export function judge(goal: SearchGoal, sums: Sums, duration: number, slack = 0): number {
  const { kind, atMost, timeCost } = goal;
  if (!(duration < Infinity)) return Infinity;
  const end = duration + (goal.isEnd ? sums.delay : 0);
  if (kind !== 'lateness' && atMost !== null && end > atMost + slack) return Infinity;
  switch (kind) {
    case 'level':
      return duration;
    case 'cost':
      return leverCost(sums, duration) + timeCost * duration;
    case 'change':
      return sums.nChanged + sums.change;
    case 'levers':
      return leverCost(sums, duration);
    default:
      return end - (atMost ?? 0);
  }
}

/** No outage takes less than no time: a duration below 0 costs nothing. */
export function leverCost({ cost, rate }: Sums, duration: number): number {
  return cost + rate * Math.max(0, duration);
}
