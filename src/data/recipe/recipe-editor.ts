import { AppError } from '#base/errors.ts';
import { emptyRecipe, type Recipe, type RecipeStep } from './recipe-step.ts';

/** A recipe being edited: what undo goes back to (newest last) and what redo returns to (next first). */
export interface RecipeEditor {
  readonly past: readonly Recipe[];
  readonly present: Recipe;
  readonly future: readonly Recipe[];
}

export type RecipeEdit =
  /** At the position `at`, or at the end. The id must be new: else `invalid-setting`. */
  | { readonly kind: 'add'; readonly step: RecipeStep; readonly at?: number }
  | { readonly kind: 'remove'; readonly id: string }
  /** To the position `to` of the list as it is once the step is taken out. */
  | { readonly kind: 'move'; readonly id: string; readonly to: number }
  | { readonly kind: 'enable'; readonly id: string; readonly isEnabled: boolean }
  /** Puts another step (action, reason) in the place of the one with its id. */
  | { readonly kind: 'replace'; readonly step: RecipeStep }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' };

/** So many edits can be undone; older ones are forgotten. */
const maxPast = 200;

export function createRecipeEditor(recipe: Recipe = emptyRecipe): RecipeEditor {
  return { past: [], present: recipe, future: [] };
}

/**
 * The editor after one edit. An edit that changes nothing (unknown id, same place, nothing to undo)
 * returns the same editor, so a button pressed twice does no harm; any change empties `future`.
 */
export function editRecipe(editor: RecipeEditor, edit: RecipeEdit): RecipeEditor {
  if (edit.kind === 'undo') return undo(editor);
  if (edit.kind === 'redo') return redo(editor);
  const steps = editSteps(editor.present.steps, edit);
  if (steps === editor.present.steps) return editor;
  return {
    past: [...editor.past, editor.present].slice(-maxPast),
    present: { ...editor.present, steps },
    future: [],
  };
}

function undo(editor: RecipeEditor): RecipeEditor {
  const present = editor.past.at(-1);
  if (present === undefined) return editor;
  return { past: editor.past.slice(0, -1), present, future: [editor.present, ...editor.future] };
}

function redo(editor: RecipeEditor): RecipeEditor {
  const present = editor.future[0];
  if (present === undefined) return editor;
  return { past: [...editor.past, editor.present], present, future: editor.future.slice(1) };
}

function editSteps(
  steps: readonly RecipeStep[],
  edit: Exclude<RecipeEdit, { kind: 'undo' | 'redo' }>,
): readonly RecipeStep[] {
  if (edit.kind === 'add') return insertStep(steps, edit.step, edit.at ?? steps.length);
  const id = edit.kind === 'replace' ? edit.step.id : edit.id;
  const position = steps.findIndex((step) => step.id === id);
  const step = steps[position];
  if (step === undefined) return steps;
  switch (edit.kind) {
    case 'remove':
      return steps.toSpliced(position, 1);
    case 'replace':
      return steps.with(position, edit.step);
    case 'enable':
      return step.isEnabled === edit.isEnabled
        ? steps
        : steps.with(position, { ...step, isEnabled: edit.isEnabled });
    default: {
      const to = Math.min(Math.max(edit.to, 0), steps.length - 1);
      return to === position ? steps : steps.toSpliced(position, 1).toSpliced(to, 0, step);
    }
  }
}

function insertStep(steps: readonly RecipeStep[], step: RecipeStep, at: number): readonly RecipeStep[] {
  if (steps.some((known) => known.id === step.id)) {
    throw new AppError('invalid-setting', `step id must be new in the recipe, got "${step.id}" again`, {
      name: 'step.id',
      value: step.id,
    });
  }
  return steps.toSpliced(Math.min(Math.max(at, 0), steps.length), 0, step);
}
