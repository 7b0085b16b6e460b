import { type JobContext, createPacer } from '#base/job-context.ts';
import { runInSlices } from '#base/slices.ts';
import { type ColumnProfile, profileColumnInSlices } from '#data/profile.ts';
import { type CleanedTable, applyRecipeInSlices, applyRoleSteps } from '#data/recipe/apply-recipe.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { LeakFinding, RoleAssignment } from '#data/roles.ts';
import type { Column, Table } from '#data/table.ts';
import type { CleaningSummary } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';
import { reassessLeaks } from './reassess-leaks.ts';

/** A table under a recipe, beside it the second file that a step may join, with progress by its steps; the table is never changed. O(steps × cells). */
export function cleanTable(
  { table, factors }: { readonly table: Table; readonly factors: Table | null },
  recipe: Recipe,
  context: JobContext,
): Promise<CleanedTable> {
  const pace = createPacer(context);
  const total = recipe.steps.length;
  let done = 0;
  const onStep = (nDone: number) => {
    done = nDone;
  };
  return runInSlices(applyRecipeInSlices(table, recipe, factors, onStep), () =>
    pace(() => ({ phase: 'cleaning', done, total })),
  );
}

/** The roles the cleaned table is used by, from those of the file's columns: the recipe's word, then the leaks'. */
export function findCleanedRoles(
  { recipe, cleaned }: Pick<OpenDataset, 'recipe' | 'cleaned'>,
  roles: readonly RoleAssignment[],
): { readonly roles: readonly RoleAssignment[]; readonly leaks: readonly LeakFinding[] } {
  const steps = recipe.steps.filter(
    ({ action }, i) => action.kind !== 'join-factors' || cleaned.report[i]?.status === 'applied',
  );
  // A value at the start may be of the day of the start, and that day may be told by the outage.
  const windows = steps.flatMap(({ action }) =>
    action.kind === 'join-factors' ? action.values.filter(({ part }) => part !== 'at-start') : [],
  );
  const knownBefore = new Set(windows.map(({ column }) => column));
  return reassessLeaks(cleaned.table, applyRoleSteps(roles, { ...recipe, steps }), knownBefore);
}

/** What the recipe made of the table. A column that it did not touch keeps the profile it has. */
export async function summariseCleaning(
  before: Table,
  profiles: readonly ColumnProfile[],
  { table, report }: CleanedTable,
  context: JobContext,
): Promise<CleaningSummary> {
  const known = new Map<Column, ColumnProfile | undefined>(
    before.columns.map((column, i) => [column, profiles[i]]),
  );
  const pace = createPacer(context);
  const columns: ColumnProfile[] = [];
  for (const column of table.columns) {
    const yieldNow = () =>
      pace(() => ({ phase: 'preparing', done: columns.length, total: table.columns.length }));
    columns.push(known.get(column) ?? (await runInSlices(profileColumnInSlices(column), yieldNow)));
  }
  return { nRows: table.nRows, columns, report };
}
