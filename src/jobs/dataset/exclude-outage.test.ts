import { describe, expect, it } from 'vitest';
import { createRecipeEditor, editRecipe } from '#data/recipe/recipe-editor.ts';
import type { RecipeStep } from '#data/recipe/recipe-step.ts';
import { excludeOutage, restoreOutage } from './exclude-outage.ts';

const merge: RecipeStep = {
  id: 'merge',
  action: { kind: 'merge-rows', identifier: 'id', start: 'start', end: 'end' },
  reason: '',
  isEnabled: true,
};

describe('excluding an outage', () => {
  it('joins the last step of the same reason, never one before another step', () => {
    let editor = createRecipeEditor();
    const exclude = (row: number, reason: string, id: string) => {
      editor = editRecipe(editor, excludeOutage(editor.present, row, reason, id));
    };
    exclude(5, 'trial', 'a');
    exclude(2, 'trial', 'b');
    exclude(3, 'other', 'c');
    editor = editRecipe(editor, { kind: 'add', step: merge });
    exclude(9, 'other', 'd');
    const rowsOf = editor.present.steps.map(({ id, action }) => [id, 'rows' in action ? action.rows : null]);
    expect(rowsOf).toEqual([
      ['a', [2, 5]],
      ['c', [3]],
      ['merge', null],
      ['d', [9]],
    ]);
  });

  it('is undone row by row, and the step goes with its last row', () => {
    const steps = [
      { id: 'a', action: { kind: 'exclude-rows', rows: [2, 5] }, reason: '', isEnabled: true },
      merge,
    ] as const;
    const recipe = { version: 1, steps } as const;
    const edit = restoreOutage(recipe, 2, 'a');
    expect(edit).toMatchObject({ kind: 'replace', step: { action: { rows: [5] } } });
    const { present } = editRecipe(createRecipeEditor(recipe), edit!);
    expect(restoreOutage(present, 5, 'a')).toEqual({ kind: 'remove', id: 'a' });
    expect(restoreOutage(recipe, 7, 'a')).toBeNull();
    expect(restoreOutage(recipe, 2, 'merge')).toBeNull();
  });
});
