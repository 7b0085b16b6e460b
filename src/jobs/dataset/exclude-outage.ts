import type { RecipeEdit } from '#data/recipe/recipe-editor.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';

/**
 * The edit that leaves out one row of the file for a reason. It joins the last step where that one leaves out rows for
 * the same reason, and else is a step of its own at the end: of outages merged before, the row is their first line.
 */
export function excludeOutage(recipe: Recipe, row: number, reason: string, newId: string): RecipeEdit {
  const last = recipe.steps.at(-1);
  if (last?.isEnabled && last.action.kind === 'exclude-rows' && last.reason === reason) {
    const rows = [...new Set([...last.action.rows, row])].toSorted((a, b) => a - b);
    return { kind: 'replace', step: { ...last, action: { kind: 'exclude-rows', rows } } };
  }
  const action = { kind: 'exclude-rows', rows: [row] } as const;
  return { kind: 'add', step: { id: newId, action, reason, isEnabled: true } };
}

/** The edits that take one row of the file back from the step that leaves it out by name; none for another step. */
export function restoreOutage({ steps }: Recipe, row: number, stepId: string): RecipeEdit | null {
  const step = steps.find(({ id }) => id === stepId);
  if (step?.action.kind !== 'exclude-rows' || !step.action.rows.includes(row)) return null;
  const rows = step.action.rows.filter((each) => each !== row);
  if (rows.length === 0) return { kind: 'remove', id: stepId };
  return { kind: 'replace', step: { ...step, action: { kind: 'exclude-rows', rows } } };
}
