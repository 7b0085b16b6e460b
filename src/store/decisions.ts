import { carryRecipe } from '#data/recipe/carry-recipe.ts';
import type { DataDecisions, ShapeRecord } from '#registry/records.ts';
import type { OpenDataset } from './state.ts';

/** What a person decided about the open data, as it is kept with them. */
export function listDecisions({
  roles,
  recipe,
  ignoredFindings,
  unit,
}: Pick<OpenDataset, 'roles' | 'recipe' | 'ignoredFindings' | 'unit'>): DataDecisions {
  return { roles, recipe: recipe.present, ignoredFindings, unit };
}

/** What the next file of the same shape is to be told; null where nothing was decided, or the data are made up. */
export function rememberShape(dataset: OpenDataset): ShapeRecord | null {
  const { summary, roles, recipe, unit, ignoredFindings, sample } = dataset;
  const isAsProposed =
    roles.every(({ reason }) => reason !== 'user') &&
    JSON.stringify(recipe.present) === JSON.stringify(summary.proposedRecipe) &&
    ignoredFindings.length === 0 &&
    unit === null;
  if (isAsProposed || sample !== null) return null;
  const carried = carryRecipe(recipe.present);
  return {
    ...listDecisions(dataset),
    shape: summary.shape,
    recipe: carried.recipe,
    nLeftBehind: carried.leftBehind.length,
  };
}
