import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { MS_PER_DAY } from '../dates.ts';
import type { RoleAssignment } from '../roles.ts';
import type { Table } from '../table.ts';
import { applyRecipe, applyRoleSteps } from './apply-recipe.ts';
import { emptyRecipe, type Recipe, type RecipeAction } from './recipe-step.ts';

const day = (n: number) => n * MS_PER_DAY;

/** Five lines of four outages: b has two versions, one label is written in two ways. */
const table: Table = {
  nRows: 5,
  columns: [
    { type: 'category', name: 'id', codes: Int32Array.of(0, 1, 1, 2, -1), categories: ['a', 'b', 'c'] },
    { type: 'number', name: 'version', values: Float64Array.of(1, 1, 2, 1, NaN) },
    { type: 'date', name: 'start', hasTime: false, values: Float64Array.from([0, 10, 9, 20, 30], day) },
    { type: 'date', name: 'end', hasTime: false, values: Float64Array.from([5, 12, 15, 19, NaN], day) },
    { type: 'category', name: 'type', codes: Int32Array.of(0, 1, 0, 2, 0), categories: ['VP', 'vp', 'ASR'] },
    { type: 'number', name: 'crew', values: Float64Array.of(10, 20, -5, NaN, 400) },
  ],
};

function recipeOf(...actions: readonly RecipeAction[]): Recipe {
  return {
    version: 1,
    steps: actions.map((action, i) => ({ id: `s${i}`, action, reason: 'test', isEnabled: true })),
  };
}

/** A table as rows of plain cells, for comparing. */
function read({ columns, nRows }: Table): Record<string, number | string | null>[] {
  return Array.from({ length: nRows }, (_, row) =>
    Object.fromEntries(
      columns.map((column) => {
        if (column.type === 'category') return [column.name, column.categories[column.codes[row]!] ?? null];
        const value = column.values[row]!;
        return [column.name, Number.isNaN(value) ? null : value];
      }),
    ),
  );
}

function cells(name: string, ...actions: readonly RecipeAction[]) {
  return read(applyRecipe(table, recipeOf(...actions)).table).map((row) => row[name]);
}

const origins = (...actions: readonly RecipeAction[]) =>
  Array.from(applyRecipe(table, recipeOf(...actions)).rowOrigins);

describe('applyRecipe', () => {
  it('leaves the table as it is for an empty recipe', () => {
    const cleaned = applyRecipe(table, emptyRecipe);
    expect(cleaned.table).toBe(table);
    expect(Array.from(cleaned.rowOrigins)).toEqual([0, 1, 2, 3, 4]);
  });

  it('excludes rows by name, by value and by span; a missing value is not outside', () => {
    expect(origins({ kind: 'exclude-rows', rows: [1, 3, 99] })).toEqual([0, 2, 4]);
    expect(origins({ kind: 'exclude-outside', column: 'crew', bounds: { min: 0, max: 100 } })).toEqual([
      0, 1, 3,
    ]);
    expect(origins({ kind: 'exclude-outside', column: 'crew', bounds: { above: 10 } })).toEqual([1, 3, 4]);
    const span = { kind: 'exclude-span-outside', start: 'start', end: 'end' } as const;
    expect(origins({ ...span, bounds: { min: 0 } })).toEqual([0, 1, 2, 4]);
    expect(origins({ ...span, bounds: { max: 5 } })).toEqual([0, 1, 3, 4]);
  });

  it('keeps the rows of some labels only; labels of another file empty none', () => {
    const keep = (column: string, ...labels: string[]) => ({ kind: 'keep-labels', column, labels }) as const;
    expect(origins(keep('type', 'VP', 'ASR'))).toEqual([0, 2, 3, 4]);
    expect(origins(keep('id', 'a', 'b'))).toEqual([0, 1, 2]);
    const { report, rowOrigins } = applyRecipe(table, recipeOf(keep('type', 'Nuclear')));
    expect(report[0]?.status).toBe('labels-missing');
    expect(rowOrigins.length).toBe(5);
  });

  it('keeps the latest version of each identifier, and every row without one', () => {
    expect(origins({ kind: 'keep-latest-version', identifier: 'id', version: 'version' })).toEqual([
      0, 2, 3, 4,
    ]);
  });

  it('takes v10 for later than v9', () => {
    const versions: Table = {
      nRows: 2,
      columns: [
        { type: 'number', name: 'id', values: Float64Array.of(7, 7) },
        { type: 'category', name: 'version', codes: Int32Array.of(0, 1), categories: ['v10', 'v9'] },
      ],
    };
    const recipe = recipeOf({ kind: 'keep-latest-version', identifier: 'id', version: 'version' });
    expect(Array.from(applyRecipe(versions, recipe).rowOrigins)).toEqual([0]);
  });

  it('merges lines into outages: earliest start, latest end, the rest as at the start', () => {
    const merge: RecipeAction = { kind: 'merge-rows', identifier: 'id', start: 'start', end: 'end' };
    const cleaned = applyRecipe(table, recipeOf(merge));
    expect(Array.from(cleaned.rowOrigins)).toEqual([0, 2, 3, 4]);
    expect(read(cleaned.table)[1]).toEqual({
      id: 'b',
      version: 2,
      start: day(9),
      end: day(15),
      type: 'VP',
      crew: -5,
    });
    expect(cleaned.report).toEqual([{ id: 's0', status: 'applied', nRowsRemoved: 1, nCellsChanged: 0 }]);
  });

  it('merges and groups labels without losing a row', () => {
    expect(cells('type', { kind: 'merge-labels', column: 'type', from: ['vp'], into: 'VP' })).toEqual([
      'VP',
      'VP',
      'VP',
      'ASR',
      'VP',
    ]);
    expect(cells('type', { kind: 'group-rare-labels', column: 'type', minRows: 2, into: 'other' })).toEqual([
      'VP',
      'other',
      'VP',
      'other',
      'VP',
    ]);
  });

  it('changes values: missing by row or bounds, clipped, converted, filled', () => {
    expect(cells('crew', { kind: 'set-missing', column: 'crew', rows: [0] })).toEqual([
      null,
      20,
      -5,
      null,
      400,
    ]);
    expect(
      cells('crew', { kind: 'set-missing-outside', column: 'crew', bounds: { min: 0, max: 50 } }),
    ).toEqual([10, 20, null, null, null]);
    expect(cells('crew', { kind: 'clip', column: 'crew', min: 0, max: 50 })).toEqual([10, 20, 0, null, 50]);
    expect(cells('team', { kind: 'convert-unit', column: 'crew', factor: 2, renamed: 'team' })).toEqual([
      20,
      40,
      -10,
      null,
      800,
    ]);
    expect(cells('crew', { kind: 'fill-missing', column: 'crew', value: 1 })).toEqual([10, 20, -5, 1, 400]);
    expect(cells('id', { kind: 'fill-missing', column: 'id', value: 'new' })).toEqual([
      'a',
      'b',
      'b',
      'c',
      'new',
    ]);
  });

  it('excludes equal rows but the first', () => {
    const ignoring = ['id', 'version', 'start', 'end', 'crew'];
    expect(origins({ kind: 'exclude-duplicates', ignoring })).toEqual([0, 1, 3]);
    expect(origins({ kind: 'exclude-duplicates', ignoring: [] })).toEqual([0, 1, 2, 3, 4]);
  });

  it('names rows by the file, whatever an earlier step removed', () => {
    expect(origins({ kind: 'exclude-rows', rows: [0] }, { kind: 'exclude-rows', rows: [3] })).toEqual([
      1, 2, 4,
    ]);
  });

  it('passes over a step that does not fit, and says why', () => {
    const recipe = recipeOf(
      { kind: 'clip', column: 'nowhere', min: 0 },
      { kind: 'clip', column: 'type', min: 0 },
      { kind: 'convert-unit', column: 'crew', factor: 2, renamed: 'version' },
      { kind: 'fill-missing', column: 'crew', value: 'none' },
    );
    const cleaned = applyRecipe(table, recipe);
    expect(cleaned.table).toBe(table);
    expect(cleaned.report.map(({ status }) => status)).toEqual([
      'column-missing',
      'wrong-type',
      'name-taken',
      'wrong-type',
    ]);
  });
});

const column = fc.constantFrom('version', 'crew', 'start', 'end', 'type', 'id', 'nowhere');
const bound = fc.integer({ min: -10, max: 30 });
const bounds = fc.record({ min: bound, max: bound });
const rows = fc.array(fc.nat(5), { maxLength: 3 });
const label = fc.constantFrom('a', 'b', 'VP', 'vp', 'other');
const action: fc.Arbitrary<RecipeAction> = fc.oneof(
  fc.record({ kind: fc.constant('exclude-rows' as const), rows }),
  fc.record({ kind: fc.constant('exclude-outside' as const), column, bounds }),
  fc.record({ kind: fc.constant('set-missing' as const), column, rows }),
  fc.record({ kind: fc.constant('set-missing-outside' as const), column, bounds }),
  fc.record({ kind: fc.constant('clip' as const), column, min: bound, max: bound }),
  fc.record({ kind: fc.constant('merge-labels' as const), column, from: fc.array(label), into: label }),
  fc.record({ kind: fc.constant('group-rare-labels' as const), column, minRows: fc.nat(4), into: label }),
  fc.record({ kind: fc.constant('fill-missing' as const), column, value: fc.oneof(bound, label) }),
  fc.record({ kind: fc.constant('convert-unit' as const), column, factor: bound }),
  fc.constant({ kind: 'keep-latest-version', identifier: 'id', version: 'version' } as const),
  fc.constant({ kind: 'merge-rows', identifier: 'id', start: 'start', end: 'end' } as const),
  fc.record({ kind: fc.constant('exclude-duplicates' as const), ignoring: fc.array(column) }),
);
const actions = fc.array(action, { maxLength: 8 });

describe('any recipe', () => {
  it('never changes the table it is given', () => {
    const before = structuredClone(table);
    fc.assert(
      fc.property(actions, (list) => {
        applyRecipe(table, recipeOf(...list));
        expect(table).toEqual(before);
      }),
    );
  });

  it('is undone by applying it without the step: a disabled step is no step', () => {
    fc.assert(
      fc.property(actions, action, fc.nat(8), (list, extra, at) => {
        const without = applyRecipe(table, recipeOf(...list));
        const { version, steps } = recipeOf(...list.toSpliced(at, 0, extra));
        const position = Math.min(at, list.length);
        const disabled = steps.with(position, { ...steps[position]!, isEnabled: false });
        const cleaned = applyRecipe(table, { version, steps: disabled });
        expect(cleaned.table).toEqual(without.table);
        expect(cleaned.rowOrigins).toEqual(without.rowOrigins);
        expect(cleaned.report[position]!.status).toBe('disabled');
      }),
    );
  });

  it('keeps one origin per row, each of them once, and counts what it removed', () => {
    fc.assert(
      fc.property(actions, (list) => {
        const { table: cleaned, rowOrigins, report } = applyRecipe(table, recipeOf(...list));
        expect(rowOrigins).toHaveLength(cleaned.nRows);
        expect(new Set(rowOrigins).size).toBe(cleaned.nRows);
        expect(report.reduce((sum, { nRowsRemoved }) => sum + nRowsRemoved, cleaned.nRows)).toBe(table.nRows);
        for (const { type, ...held } of cleaned.columns) {
          const values = 'codes' in held ? held.codes : held.values;
          expect([type, values.length]).toEqual([type, cleaned.nRows]);
        }
      }),
    );
  });

  it('gives the same for independent steps in any order', () => {
    const independent: readonly RecipeAction[] = [
      { kind: 'exclude-rows', rows: [3] },
      { kind: 'clip', column: 'crew', min: 0, max: 50 },
      { kind: 'merge-labels', column: 'type', from: ['vp'], into: 'VP' },
      { kind: 'fill-missing', column: 'version', value: 1 },
      { kind: 'set-missing', column: 'end', rows: [0] },
    ];
    const expected = applyRecipe(table, recipeOf(...independent));
    fc.assert(
      fc.property(fc.shuffledSubarray([...independent], { minLength: independent.length }), (list) => {
        const cleaned = applyRecipe(table, recipeOf(...list));
        expect(cleaned.table).toEqual(expected.table);
        expect(cleaned.rowOrigins).toEqual(expected.rowOrigins);
      }),
    );
  });
});

describe('applyRoleSteps', () => {
  const leak = { column: 'end', kind: 'end-date' } as const;
  const roles: readonly RoleAssignment[] = [
    { column: 'crew', role: 'lever', reason: 'name' },
    { column: 'end', role: 'ignore', reason: 'known-after', leak },
  ];

  it('overrules a role as the user, keeps the evidence, and follows a renaming', () => {
    const recipe = recipeOf(
      { kind: 'set-role', column: 'end', role: 'context' },
      { kind: 'convert-unit', column: 'crew', factor: 2, renamed: 'team' },
      { kind: 'set-role', column: 'team', role: 'ignore' },
    );
    expect(applyRoleSteps(roles, recipe)).toEqual([
      { column: 'team', role: 'ignore', reason: 'user' },
      { column: 'end', role: 'context', reason: 'user', leak },
    ]);
  });

  it('leaves the roles alone once the steps are disabled', () => {
    const { version, steps } = recipeOf({ kind: 'set-role', column: 'end', role: 'context' });
    const disabled = { version, steps: steps.map((step) => ({ ...step, isEnabled: false })) };
    expect(applyRoleSteps(roles, disabled)).toEqual(roles);
  });
});
