import type { Sliced } from '#base/slices.ts';
import { checkIdentifiers } from '#data/quality/check-identifiers.ts';
import { type Recipe, emptyRecipe } from '#data/recipe/recipe-step.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { Table } from '#data/table.ts';

/** Reason of a step nobody asked for; the screens word it. */
export const PROPOSED_REASON = 'one-row-per-outage';

/**
 * What is done to a file before a person has said anything: several lines of one outage become one, several versions
 * of one outage give way to the latest. Without it each line would count as an outage. O(rows).
 */
export function* proposeRecipe(table: Table, roles: readonly RoleAssignment[]): Sliced<Recipe> {
  const findings = yield* checkIdentifiers({ table, roles });
  const steps = findings.flatMap(({ code, proposal }) =>
    proposal ? [{ id: code, action: proposal, reason: PROPOSED_REASON, isEnabled: true }] : [],
  );
  return { ...emptyRecipe, steps };
}
