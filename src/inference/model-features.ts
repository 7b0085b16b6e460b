import type { Instant } from '#base/instant.ts';
import { type OutageSet, prepareOutages } from '#data/outages.ts';
import { buildFeatures } from '#data/feature-plan.ts';
import { buildHistoryColumns } from '#data/history/add-history.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { Table } from '#data/table.ts';
import type { ModelAtWork } from './open-model.ts';

/**
 * The model's features of every row of a table, by the names of its columns, made as they were for training.
 * Of a model for planning the past of an outage to come is known up to `askedOn`. Throws `model-columns-missing`. O(cells).
 */
export function buildModelFeatures(
  { description, history }: ModelAtWork,
  table: Table,
  askedOn?: Instant,
): Table {
  const { nRows, columns } = buildFeatures(table, description.origins);
  return history === null
    ? { nRows, columns }
    : { nRows, columns: [...columns, ...buildHistoryColumns(history, table, askedOn)] };
}

/**
 * The rows of a table whose actual duration is known, by the roles the columns had in training. Throws `no-target`
 * where the table has neither the target's column nor what it is derived from.
 */
export function findKnownOutages({ description }: ModelAtWork, table: Table, today: Instant): OutageSet {
  const roleOf = new Map(description.roles.map(({ column, role }) => [column, role]));
  const roles = table.columns.map(({ name }): RoleAssignment => ({
    column: name,
    role: roleOf.get(name) ?? 'ignore',
    reason: 'default',
  }));
  const { unit } = description.target;
  return prepareOutages(table, roles, { now: today, ...(unit !== 'unknown' && { unit }) });
}
