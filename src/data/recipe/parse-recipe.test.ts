import { describe, expect, it } from 'vitest';
import { carryRecipe } from './carry-recipe.ts';
import { parseRecipe } from './parse-recipe.ts';
import type { Recipe, RecipeAction, RecipeActionKind } from './recipe-step.ts';
import type { Column } from '../table.ts';
import { computeTableShape } from './table-shape.ts';

/** One of each kind; the type makes a new kind fail here until it is listed. */
const oneOfEach: { readonly [K in RecipeActionKind]: Extract<RecipeAction, { kind: K }> } = {
  'exclude-rows': { kind: 'exclude-rows', rows: [3, 1] },
  'exclude-outside': { kind: 'exclude-outside', column: 'd', bounds: { above: 0 } },
  'exclude-span-outside': { kind: 'exclude-span-outside', start: 's', end: 'e', bounds: { min: 0, max: 9 } },
  'keep-labels': { kind: 'keep-labels', column: 's', labels: ['Nucléaire'] },
  'exclude-labels': { kind: 'exclude-labels', column: 's', labels: ['Annulée'] },
  'exclude-duplicates': { kind: 'exclude-duplicates', ignoring: ['id'] },
  'keep-latest-version': { kind: 'keep-latest-version', identifier: 'id', version: 'v' },
  'merge-rows': { kind: 'merge-rows', identifier: 'id', start: 's', end: 'e' },
  'merge-labels': { kind: 'merge-labels', column: '__proto__', from: ['vp'], into: 'VP' },
  'group-rare-labels': { kind: 'group-rare-labels', column: 't', minRows: 5, into: 'x' },
  'set-missing': { kind: 'set-missing', column: 'd', rows: [0] },
  'set-missing-outside': { kind: 'set-missing-outside', column: 'd', bounds: {} },
  clip: { kind: 'clip', column: 'd', max: 1 },
  'convert-unit': { kind: 'convert-unit', column: 'd', factor: 24, renamed: 'h' },
  'fill-duration': { kind: 'fill-duration', column: 'd', start: 's', end: 'e', unit: 'hour' },
  'fill-missing': { kind: 'fill-missing', column: 'd', value: 'none' },
  'join-factors': {
    kind: 'join-factors',
    file: 'weather.csv',
    start: 's',
    date: 'day',
    key: { outages: 'site', factors: 'place' },
    maxAgeDays: 3,
    values: [{ column: 't [7d-mean]', factor: 't', part: 'mean', days: 7 }],
  },
  'set-role': { kind: 'set-role', column: 'd', role: 'ignore' },
};

const recipe: Recipe = {
  version: 1,
  steps: Object.values(oneOfEach).map((action, i) => ({
    id: `${i}`,
    action,
    reason: 'because',
    isEnabled: i % 2 === 0,
  })),
};

describe('parseRecipe', () => {
  it('gives back every kind of step from its text', () => {
    expect(parseRecipe(JSON.parse(JSON.stringify(recipe)))).toEqual(recipe);
  });

  it('refuses anything else, naming the place', () => {
    const [first] = recipe.steps;
    const spoil = (change: object) => ({ version: 1, steps: [{ ...first, ...change }] });
    const spoilt: readonly [unknown, string][] = [
      [null, ''],
      [{ ...recipe, version: 2 }, 'version'],
      [{ ...recipe, steps: [first, first] }, ''],
      [spoil({ extra: 1 }), 'steps.0.extra'],
      [spoil({ isEnabled: 'yes' }), 'steps.0.isEnabled'],
      [spoil({ action: { kind: 'run', code: 'alert(1)' } }), 'steps.0.action.kind'],
      [spoil({ action: { kind: 'exclude-rows', rows: [-1] } }), 'steps.0.action.rows.0'],
      [spoil({ action: { kind: 'clip', column: 'd', min: Infinity } }), 'steps.0.action.min'],
    ];
    for (const [value, place] of spoilt) {
      const error = expect.objectContaining({
        code: 'recipe-invalid',
        details: expect.objectContaining({ place }),
      });
      expect(() => parseRecipe(value)).toThrow(error);
    }
  });
});

describe('carryRecipe', () => {
  it('leaves behind the steps that name rows of the file', () => {
    const { recipe: carried, leftBehind } = carryRecipe(recipe);
    expect(leftBehind.map(({ action }) => action.kind)).toEqual(['exclude-rows', 'set-missing']);
    expect(carried.steps).toHaveLength(recipe.steps.length - 2);
  });
});

describe('computeTableShape', () => {
  const column = (name: string, values: readonly number[]): Column => ({
    type: 'number',
    name,
    values: Float64Array.from(values),
  });
  const shapeOfColumns = (...columns: readonly Column[]) => computeTableShape({ columns });

  it('is the same for other rows and other types, and another for other names or another order', () => {
    const shape = shapeOfColumns(column('a', [1, 2]), column('b', [3, 4]));
    expect(shape).toMatch(/^[0-9a-f]{64}$/);
    expect(shapeOfColumns(column('a', []), column('b', []))).toBe(shape);
    const labels: Column = { type: 'category', name: 'b', codes: new Int32Array(0), categories: [] };
    expect(shapeOfColumns(column('a', []), labels)).toBe(shape);
    expect(shapeOfColumns(column('b', []), column('a', []))).not.toBe(shape);
    expect(shapeOfColumns(column('a', []), column('c', []))).not.toBe(shape);
    expect(shapeOfColumns(column('a","b', []))).not.toBe(shape);
  });
});
