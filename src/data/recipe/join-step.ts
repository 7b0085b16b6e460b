import { indexFactors, type FactorIndex } from '../factors/factor-series.ts';
import { joinFactors } from '../factors/join-factors.ts';
import type { FactorPlan } from '../factors/factor-plan.ts';
import type { RoleAssignment } from '../roles.ts';
import type { Recipe, RecipeStep } from './recipe-step.ts';
import { findColumn, type Table } from '../table.ts';
import { needColumn, StepMisfit, type StepOutcome, type WorkingTable } from './step-outcome.ts';

/** An index of a large file takes a second: it is made once for a file and a plan, whatever else the recipe does. */
const indexOf = new WeakMap<Table, { readonly plan: string; readonly index: FactorIndex }>();

/** The columns of the plan behind those of the table. */
export function joinStep(working: WorkingTable, plan: FactorPlan, factors: Table | null): StepOutcome {
  const { table } = working;
  if (factors === null) throw new StepMisfit('factors-missing');
  needColumn(table, plan.start, 'date');
  needColumn(factors, plan.date, 'date');
  if (plan.key) {
    needColumn(table, plan.key.outages, 'category');
    needColumn(factors, plan.key.factors, 'category');
  }
  for (const { factor } of plan.values) needColumn(factors, factor, 'number', 'category');
  if (plan.values.some(({ column }) => findColumn(table, column))) throw new StepMisfit('name-taken');
  const { columns, match } = joinFactors(factors, findIndex(factors, plan), table);
  const isKnown = (cell: number) => cell >= 0 || cell < 0;
  const nCells = columns.reduce(
    (n, column) =>
      n +
      (column.type === 'category' ? column.codes.filter((code) => code >= 0) : column.values.filter(isKnown))
        .length,
    0,
  );
  return {
    rowOrigins: working.rowOrigins,
    table: { nRows: table.nRows, columns: [...table.columns, ...columns] },
    nCells,
    match,
  };
}

function findIndex(factors: Table, { file, start, date, key, maxAgeDays, values }: FactorPlan): FactorIndex {
  const plan: FactorPlan = { file, start, date, key, maxAgeDays, values };
  const text = JSON.stringify(plan);
  const known = indexOf.get(factors);
  if (known?.plan === text) return known.index;
  const index = indexFactors(factors, plan);
  indexOf.set(factors, { plan: text, index });
  return index;
}

/** The roles with those of the plan's columns behind them: something given, known when the outage begins. */
export function addJoinedRoles(
  roles: readonly RoleAssignment[],
  { values }: Pick<FactorPlan, 'values'>,
): readonly RoleAssignment[] {
  const known = new Set(roles.map(({ column }) => column));
  const joined = values.filter(({ column }) => !known.has(column));
  return [
    ...roles,
    ...joined.map(({ column }) => ({
      column,
      role: 'context' as const,
      reason: 'default' as const,
      knownWhen: 'at-start' as const,
    })),
  ];
}

/** The step that joins a second file, and its plan; undefined without one. */
export function findJoinStep({
  steps,
}: Recipe): { readonly id: string; readonly plan: FactorPlan } | undefined {
  for (const { id, action } of steps) {
    if (action.kind !== 'join-factors') continue;
    const { kind: _, ...plan } = action;
    return { id, plan };
  }
  return undefined;
}

/** The join as a step; there is one, so that adding a file again takes the place of the one before. */
export function toJoinStep(plan: FactorPlan): RecipeStep {
  const action = { kind: 'join-factors' as const, ...plan };
  return { id: 'join-factors', action, reason: 'outside-factors', isEnabled: true };
}
