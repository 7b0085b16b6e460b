import type { CellRow } from '#data/cell.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { determineDependents } from '#inference/dependent-inputs.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { findNotable } from '#inference/reach.ts';
import type { PlanRequest } from '../contract.ts';
import { type Lever, resolveLevers } from '../levers.ts';

/** Every plan there is, asked of the model one by one: slow and plain, the twin of the search. */
export interface TriedPlan {
  readonly cells: CellRow;
  readonly p50: number;
  readonly p80: number;
  /** At the cost level, and at the P80. */
  readonly leverCost: number;
  readonly leverCostAtP80: number;
  readonly total: number;
  readonly effort: number;
  /** Days that it starts later than at present. */
  readonly delay: number;
}

export function countPlans(model: ModelAtWork, request: PlanRequest): number {
  const cells = settleCells(model.summary.features, request.cells);
  const { levers } = resolveLevers(model.summary.features, cells, request.levers);
  return levers.reduce((product, { values }) => product * values.length, 1);
}

/** Plans within what was learnt whose level is announced. */
export function tryAllPlans(model: ModelAtWork, request: PlanRequest): TriedPlan[] {
  const { features } = model.summary;
  const present = settleCells(features, request.cells);
  const { levers, held } = resolveLevers(features, present, request.levers);
  const before = new Map(findNotable(features, present).map(({ feature, size }) => [feature, size]));
  const combinations = levers.reduce<number[][]>(
    (all, { values }) => all.flatMap((chosen) => values.map((_, i) => [...chosen, i])),
    [[]],
  );
  const cases = combinations.map((chosen) =>
    levers.reduce<CellRow>((cells, lever, l) => {
      const value = lever.values[chosen[l] ?? 0] ?? null;
      return value === lever.present
        ? cells
        : determineDependents(features, cells, lever.position, value, held);
    }, present),
  );
  const answers = predictCases(model, cases, undefined, request.from);
  const start = features.findIndex(({ role }) => role === 'start');
  return combinations.flatMap((chosen, i): TriedPlan[] => {
    const cells = cases[i] ?? [];
    const isWithin = findNotable(features, cells).every(
      ({ feature, size }) => size <= (before.get(feature) ?? 0),
    );
    const interval = answers[i]?.interval;
    if (!isWithin || !interval) return [];
    const [p50, p80] = [interval.p50, interval.p80].map((bound) =>
      isClaimed(bound) ? bound.value : Infinity,
    );
    const sum = (pick: (lever: Lever) => readonly number[]) =>
      levers.reduce((total, lever, l) => total + (pick(lever)[chosen[l] ?? 0] ?? 0), 0);
    const duration = (request.costLevel === 'p50' ? p50 : p80) ?? Infinity;
    const costAt = (days: number) =>
      sum(({ costs }) => costs) + sum(({ rates }) => rates) * Math.max(0, days);
    const leverCost = costAt(duration);
    const nChanged = levers.filter((lever, l) => lever.values[chosen[l] ?? 0] !== lever.present).length;
    const [now, then] = [present[start], cells[start]];
    return [
      {
        cells,
        p50: p50 ?? Infinity,
        p80: p80 ?? Infinity,
        leverCost,
        leverCostAtP80: costAt(p80 ?? Infinity),
        total: leverCost + request.timeCost * duration,
        effort: nChanged + sum(({ changes }) => changes) / 101,
        delay: typeof now === 'number' && typeof then === 'number' ? (then - now) / 86_400_000 : 0,
      },
    ];
  });
}
