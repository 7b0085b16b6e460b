import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { createRecipeEditor, editRecipe, type RecipeEdit, type RecipeEditor } from './recipe-editor.ts';
import type { RecipeStep } from './recipe-step.ts';

const step = (id: string, isEnabled = true): RecipeStep => ({
  id,
  action: { kind: 'exclude-rows', rows: [1] },
  reason: 'test entry',
  isEnabled,
});

const ids = (editor: RecipeEditor) => editor.present.steps.map(({ id }) => id).join('');
const run = (edits: readonly RecipeEdit[], from = createRecipeEditor()) => edits.reduce(editRecipe, from);
const abc = run(['a', 'b', 'c'].map((id) => ({ kind: 'add', step: step(id) })));

describe('editRecipe', () => {
  it('adds, moves, removes, replaces and disables', () => {
    expect(ids(abc)).toBe('abc');
    expect(ids(editRecipe(abc, { kind: 'add', step: step('x'), at: 1 }))).toBe('axbc');
    expect(ids(editRecipe(abc, { kind: 'move', id: 'a', to: 2 }))).toBe('bca');
    expect(ids(editRecipe(abc, { kind: 'move', id: 'c', to: -5 }))).toBe('cab');
    expect(ids(editRecipe(abc, { kind: 'remove', id: 'b' }))).toBe('ac');
    const replaced = editRecipe(abc, { kind: 'replace', step: { ...step('b'), reason: 'seen twice' } });
    expect(replaced.present.steps[1]!.reason).toBe('seen twice');
    expect(editRecipe(abc, { kind: 'enable', id: 'b', isEnabled: false }).present.steps[1]!.isEnabled).toBe(
      false,
    );
  });

  it('does nothing, and costs no undo, when there is nothing to do', () => {
    const idle: readonly RecipeEdit[] = [
      { kind: 'remove', id: 'z' },
      { kind: 'move', id: 'a', to: 0 },
      { kind: 'enable', id: 'a', isEnabled: true },
      { kind: 'redo' },
    ];
    for (const edit of idle) expect(editRecipe(abc, edit)).toBe(abc);
    expect(editRecipe(createRecipeEditor(), { kind: 'undo' })).toEqual(createRecipeEditor());
  });

  it('refuses a second step of the same id', () => {
    expect(() => editRecipe(abc, { kind: 'add', step: step('a') })).toThrow(
      expect.objectContaining({ code: 'invalid-setting' }),
    );
  });

  it('forgets what could be redone after a new edit', () => {
    const edited = run([{ kind: 'undo' }, { kind: 'add', step: step('x') }, { kind: 'redo' }], abc);
    expect(ids(edited)).toBe('abx');
  });
});

const id = fc.constantFrom('a', 'b', 'c', 'z');
const edit: fc.Arbitrary<RecipeEdit> = fc.oneof(
  fc.record({ kind: fc.constant('remove' as const), id }),
  fc.record({ kind: fc.constant('move' as const), id, to: fc.nat(3) }),
  fc.record({ kind: fc.constant('enable' as const), id, isEnabled: fc.boolean() }),
);

describe('undo and redo', () => {
  it('go back through every recipe there was, and forth again', () => {
    fc.assert(
      fc.property(fc.array(edit), (edits) => {
        const seen = [abc];
        for (const one of edits) {
          const next = editRecipe(seen.at(-1)!, one);
          if (next !== seen.at(-1)) seen.push(next);
        }
        let editor = seen.at(-1)!;
        for (const earlier of seen.toReversed().slice(1)) {
          editor = editRecipe(editor, { kind: 'undo' });
          expect(editor.present).toBe(earlier.present);
        }
        for (const later of seen.slice(1)) {
          editor = editRecipe(editor, { kind: 'redo' });
          expect(editor.present).toBe(later.present);
        }
      }),
    );
  });
});
