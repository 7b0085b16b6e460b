import type { Binding, BindingReason, LeverSpec } from './contract.ts';
import type { Lever } from './levers.ts';
import type { PlanLattice } from './plan-lattice.ts';
import { type Search, slackAt } from './search/branch-and-bound.ts';
import type { LatticePoint } from './search/lattice.ts';
import { judge, type SearchGoal, sumPoint } from './search/objective.ts';

/**
 * Why each lever is not moved any farther, by asking the model along its axis with all others as planned. `flat`: no value
 * of it changes the duration. `cost`: another one is shorter and costs more than that is worth. `bound`, or `support` where no bound was given: it stands at the end
 * that is better. `best`: it is shortest where it stands. One question an axis.
 */
export function explainBindings(
  { lattice, ask }: Search,
  { levers, toCells }: PlanLattice,
  goal: SearchGoal,
  specs: readonly LeverSpec[],
  point: LatticePoint,
): Binding[] {
  const planned = toCells(point);
  const present = new Map(levers.flat().map((lever) => [lever.column, lever]));
  const frozen = specs
    .filter(({ column }) => !present.has(column))
    .map(({ column }): Binding => ({ column, from: null, to: null, reason: 'frozen' }));
  const moved = levers.flatMap((own, axis) => {
    const { nCells } = lattice.axes[axis] ?? { nCells: 0 };
    const line = Array.from({ length: nCells }, (_, cell) => point.with(axis, cell));
    const durations = ask(line, goal.level);
    const values = durations.map((duration, i) =>
      judge(goal, sumPoint(lattice.axes, line[i] ?? point), duration),
    );
    const at = point[axis] ?? 0;
    const found = explainAxis(durations, values, at);
    const isGiven = specs.some(
      ({ column, min, max, values: listed }) =>
        own.some((lever) => lever.column === column) && (min ?? max ?? listed) !== undefined,
    );
    const reason = found === 'bound' && !isGiven ? 'support' : found;
    return own.map((lever): Binding => {
      const to = planned[lever.position] ?? null;
      return {
        column: lever.column,
        from: lever.present,
        to,
        reason: own.length > 1 ? tie(reason, lever, to) : reason,
      };
    });
  });
  return [...moved, ...frozen];
}

function explainAxis(durations: Float64Array, values: Float64Array, at: number): BindingReason {
  const own = durations[at] ?? Infinity;
  const slack = slackAt(own);
  const shortest = Math.min(...durations);
  if (Math.max(...durations.filter(Number.isFinite)) - shortest <= slack) return 'flat';
  if (shortest < own - slack) return 'cost';
  const isAtEnd = at === 0 || at === values.length - 1;
  const inner = durations[at === 0 ? 1 : at - 1] ?? Infinity;
  return isAtEnd && inner > own + slack ? 'bound' : 'best';
}

/** Levers that act together: an end of one of them is no end of all. */
function tie(reason: BindingReason, { values }: Lever, to: Binding['to']): BindingReason {
  if (reason !== 'bound' && reason !== 'best') return reason;
  return to === values[0] || to === values.at(-1) ? 'bound' : 'best';
}
