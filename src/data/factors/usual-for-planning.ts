import type { TableWithRoles } from '../role-columns.ts';
import { featureRoles, type RoleAssignment } from '../roles.ts';
import { buildUsualColumns, type Climatology } from './climatology.ts';
import { nameUsual, type FactorPlan } from './factor-plan.ts';

/** A join at work, and what its values usually are. Plain JSON: kept with a model that looks at them. */
export interface JoinedFactors {
  readonly plan: FactorPlan;
  /** In the order of the plan's values. */
  readonly climatology: Climatology;
}

/**
 * The table and its roles with what stands for each joined value that is known only when the outage begins: what it usually
 * is, as known `leadDays` before the start. A value in words has no such column, nor one without an earlier year, nor one
 * that a person said is known long before.
 */
export function addUsual(
  { table, roles }: TableWithRoles,
  { plan, climatology }: JoinedFactors,
  leadDays: number,
): TableWithRoles {
  const roleOf = new Map(roles.map((assignment) => [assignment.column, assignment]));
  const usual = buildUsualColumns(climatology, plan, table, leadDays).flatMap((column, value) => {
    const of = roleOf.get(plan.values[value]?.column ?? '');
    const isAsked = of?.knownWhen === 'at-start' && featureRoles.includes(of.role);
    return isAsked && column.values.some((cell) => !Number.isNaN(cell)) ? [{ column, role: of.role }] : [];
  });
  const added = new Set(usual.map(({ column }) => column.name));
  return {
    table: {
      nRows: table.nRows,
      columns: [
        ...table.columns.filter(({ name }) => !added.has(name)),
        ...usual.map(({ column }) => column),
      ],
    },
    roles: [
      ...roles.filter(({ column }) => !added.has(column)),
      ...usual.map(({ column: { name }, role }): RoleAssignment => ({
        column: name,
        role,
        reason: 'default',
        knownWhen: 'long-before',
      })),
    ],
  };
}

/** Of a join what columns of these names need: their values, or what stands for them. Null where they need none. */
export function keepFactors(
  { plan, climatology }: JoinedFactors,
  names: readonly string[],
): JoinedFactors | null {
  const isNeeded = plan.values.map(
    ({ column }) => names.includes(column) || names.includes(nameUsual(column)),
  );
  if (!isNeeded.includes(true)) return null;
  return {
    plan: { ...plan, values: plan.values.filter((_, value) => isNeeded[value]) },
    climatology: { ...climatology, means: climatology.means.filter((_, value) => isNeeded[value]) },
  };
}
