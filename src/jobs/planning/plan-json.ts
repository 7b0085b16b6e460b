import type { CellRow } from '#data/cell.ts';
import { MS_PER_DAY, writeDay } from '#data/dates.ts';
import { type IntervalBound, isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { Plan } from '#planning/contract.ts';
import type { OptimiseAnswer } from './contract.ts';

/** The answer as the command line and the service tell it; what its names mean stands in src/cli/README.md. */
export function writePlanJson(
  answer: OptimiseAnswer,
  { features, target }: Pick<ModelSummary, 'features' | 'target'>,
  objective: string,
) {
  const { plan, base, front, binding, nOutside, support, without, optimism, evidence, ...figures } = answer;
  const nameCells = (cells: CellRow) =>
    Object.fromEntries(
      features.map(({ name, type }, i) => {
        const cell = cells[i] ?? null;
        return [name, type === 'date' && typeof cell === 'number' ? writeInstant(cell) : cell];
      }),
    );
  const tell = (of: Plan) => {
    const { p10, p90 } = of.interval;
    return {
      cells: nameCells(of.cells),
      p10: valueOf(p10),
      p50: of.p50,
      p80: of.p80,
      p90: valueOf(p90),
      leverCost: of.leverCost,
      totalCost: of.totalCost,
    };
  };
  const moved = new Set(binding.map(({ column }) => column));
  return {
    status: figures.status,
    objective,
    unit: target.unit,
    value: figures.value,
    bound: figures.bound,
    gap: figures.gap,
    effort: figures.effort,
    plan: plan && {
      ...tell(plan),
      changed: features.flatMap(({ name }, i) => (plan.cells[i] === base.cells[i] ? [] : [name])),
    },
    base: tell(base),
    gain: figures.gain,
    optimism: optimism?.value ?? null,
    binding: binding.map(({ column, reason }) => ({ column, reason })),
    evidence,
    support: { ...support, nOutside, without },
    ...(front && {
      front: front.plans.map(({ cells, leverCost, p80 }) => ({
        levers: Object.fromEntries(Object.entries(nameCells(cells)).filter(([name]) => moved.has(name))),
        leverCost,
        p80,
      })),
      frontIsComplete: front.isComplete,
    }),
    nPoints: figures.nPoints,
    nNodes: figures.nNodes,
    seconds: figures.seconds,
  };
}

function valueOf(bound: IntervalBound): number | null {
  return isClaimed(bound) ? bound.value : null;
}

/** A day, with its time where it has one. */
function writeInstant(instant: number): string {
  return instant % MS_PER_DAY === 0 ? writeDay(instant) : new Date(instant).toISOString();
}
