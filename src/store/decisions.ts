import type { Dialect } from '#data/csv/dialect.ts';
import { carryRecipe } from '#data/recipe/carry-recipe.ts';
import { isDecided } from '#data/roles.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
import type { DataDecisions, ShapeRecord } from '#registry/records.ts';
import type { DatasetState } from './state.ts';

/** What a person decided about the open data, as it is kept with them. */
export function listDecisions({
  roles,
  recipe,
  ignoredFindings,
  unit,
}: Pick<DatasetState, 'roles' | 'recipe' | 'ignoredFindings' | 'unit'>): DataDecisions {
  return { roles, recipe: recipe.present, ignoredFindings, unit };
}

/** What the next file of the same shape is to be told; null where nothing was decided, or the data are made up. */
export function rememberShape(dataset: DatasetState): ShapeRecord | null {
  const { summary, roles, recipe, unit, ignoredFindings, sample, overrides } = dataset;
  const isAsProposed =
    !roles.some(isDecided) &&
    JSON.stringify(recipe.present) === JSON.stringify(summary.proposedRecipe) &&
    ignoredFindings.length === 0 &&
    unit === null &&
    Object.keys(overrides).length === 0;
  if (isAsProposed || sample !== null) return null;
  const carried = carryRecipe(recipe.present);
  return {
    ...listDecisions(dataset),
    shape: summary.shape,
    recipe: carried.recipe,
    nLeftBehind: carried.leftBehind.length,
    overrides,
  };
}

/**
 * What is to be read otherwise because of how the last file of the shape was read: only what this file leaves open, a
 * question it asks or lines of another length. What it says itself counts. Null where that is nothing.
 */
export function recallReading(
  shape: Pick<ShapeRecord, 'overrides'> | null,
  { questions, ledger }: Pick<DatasetSummary, 'questions' | 'ledger'>,
): Partial<Dialect> | null {
  const isUneven = ledger.rejects.some(({ reason }) => reason.endsWith('-cells'));
  const open: readonly (keyof Dialect)[] = [
    ...questions.map(({ field }) => field),
    ...(isUneven ? (['unevenRecords'] as const) : []),
    // No file tells what a person wants of its columns.
    'columnTypes',
    'apart',
  ];
  const answers = Object.entries(shape?.overrides ?? {}).filter(([field]) =>
    open.includes(field as keyof Dialect),
  );
  return answers.length === 0 ? null : Object.fromEntries(answers);
}

/** Whether the rows of another reading are the same lines of the file: steps that name rows still mean the same. */
export function keepsRows(before: Dialect, now: Dialect): boolean {
  const fields = ['encoding', 'delimiter', 'headerRow', 'headerRows', 'unevenRecords', 'sheet'] as const;
  return fields.every((field) => before[field] === now[field]);
}
