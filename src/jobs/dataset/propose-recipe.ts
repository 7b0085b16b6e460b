import type { Sliced } from '#base/slices.ts';
import { checkCancelled } from '#data/quality/check-cancelled.ts';
import { checkIdentifiers } from '#data/quality/check-identifiers.ts';
import { checkMissingDurations } from '#data/quality/check-missing-durations.ts';
import type { FindingCode, QualityFinding } from '#data/quality/finding.ts';
import { type Recipe, emptyRecipe } from '#data/recipe/recipe-step.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { Table } from '#data/table.ts';

/** Reasons of steps nobody asked for; the screens word them. */
export const proposedReasons = [
  'one-row-per-outage',
  'cancelled-lines',
  'missing-durations',
  'outside-factors',
  'filter',
] as const;
type ProposedReason = (typeof proposedReasons)[number];

export function isProposedReason(reason: string): reason is ProposedReason {
  return (proposedReasons as readonly string[]).includes(reason);
}

const reasonOf: Partial<Record<FindingCode, ProposedReason>> = {
  'cancelled-lines': 'cancelled-lines',
  'missing-durations': 'missing-durations',
};

/**
 * What is done to a file before a person has said anything: what was cancelled is no outage, several lines of one
 * outage become one, several versions of one outage give way to the latest, and durations that the dates give are
 * filled. O(rows).
 */
export function* proposeRecipe(table: Table, roles: readonly RoleAssignment[]): Sliced<Recipe> {
  const findings: readonly QualityFinding[] = [
    ...(yield* checkIdentifiers({ table, roles })),
    ...(yield* checkCancelled({ table })),
    ...(yield* checkMissingDurations({ table, roles })),
  ];
  const steps = findings.flatMap(({ code, proposal }) =>
    proposal
      ? [{ id: code, action: proposal, reason: reasonOf[code] ?? 'one-row-per-outage', isEnabled: true }]
      : [],
  );
  return { ...emptyRecipe, steps };
}
