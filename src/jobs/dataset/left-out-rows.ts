import type { RecipeActionKind } from '#data/recipe/recipe-step.ts';
import type { FileRow } from '#data/row-index.ts';
import type { LeftOutReason } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';

/** Rows of the file that the recipe leaves out, with what that means. O(rows of the file). */
export function listRowsLeftOut({
  recipe,
  cleaned,
}: Pick<OpenDataset, 'recipe' | 'cleaned'>): { row: FileRow; reason: LeftOutReason }[] {
  const reasonOf = recipe.steps.map(({ action }) => nameReason(action.kind));
  const left: { row: FileRow; reason: LeftOutReason }[] = [];
  cleaned.removedBy.forEach((step, row) => {
    if (step >= 0) left.push({ row, reason: reasonOf[step] ?? 'excluded' });
  });
  return left;
}

function nameReason(kind: RecipeActionKind): LeftOutReason {
  if (kind === 'merge-rows') return 'merged';
  return kind === 'keep-latest-version' ? 'older-version' : 'excluded';
}
