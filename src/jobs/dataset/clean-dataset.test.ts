import { beforeEach, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { Recipe, RecipeAction } from '#data/recipe/recipe-step.ts';
import { openModelFile } from '#models/open-model-file.ts';
import type { DatasetSummary } from './contract.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench, type Workbench } from '../workbench.ts';

const context = createSilentContext();
const today = Date.UTC(2026, 0, 1);
const settings = {
  ...atStartSettings,
  folds: 2,
  hyperparameters: { ...atStartSettings.hyperparameters, nIterations: 5, minSamplesLeaf: 2 },
};

/** 60 outages; the durations are told apart, so that a row can be recognised by its own. */
const lines = Array.from({ length: 60 }, (_, i) => `${i % 3 === 0 ? 'VP' : 'ASR'};${i % 7};${i + 1},5`);
const outages = ['type;complexité;durée (jours)', ...lines].join('\n');
const durationOf = (row: number) => row + 1.5;

function toRecipe(...actions: readonly RecipeAction[]): Recipe {
  const steps = actions.map((action, i) => ({ id: `s${i}`, action, reason: 'essai', isEnabled: true }));
  return { version: 1, steps };
}

let workbench: Workbench;
beforeEach(() => {
  workbench = createWorkbench();
});

function read(csv: string, recipe?: Recipe): Promise<DatasetSummary> {
  const file = { name: 'f.csv', bytes: new TextEncoder().encode(csv) };
  const request = { datasetId: 'd', file, overrides: {}, ...(recipe && { recipe }) };
  return workbench.run('read-dataset', request, context);
}

const apply = (recipe: Recipe) => workbench.run('apply-recipe', { datasetId: 'd', recipe }, context);

async function train({ roles }: DatasetSummary) {
  return workbench.run('train', { datasetId: 'd', modelId: 'm', roles, settings, today }, context);
}

describe('a cleaned dataset', () => {
  it('names rows by the file in the page, the sums, the test rows and the past case', async () => {
    const summary = await read(outages);
    const excluded = [0, 7, 8, 30];
    const cleaning = await apply(toRecipe({ kind: 'exclude-rows', rows: excluded }));
    expect(cleaning).toMatchObject({ nRows: 56, report: [{ id: 's0', status: 'applied', nRowsRemoved: 4 }] });

    const request = { datasetId: 'd', from: 0, count: 8 } as const;
    const page = await workbench.run('table-page', request, context);
    expect(page).toMatchObject({ nMatching: 56, rowIndices: [1, 2, 3, 4, 5, 6, 9, 10] });
    expect(page.rows.map((cells) => cells[2])).toEqual(page.rowIndices.map(durationOf));
    const file = await workbench.run('table-page', { ...request, view: 'file' }, context);
    expect(file).toMatchObject({ nMatching: 60, rowIndices: [0, 1, 2, 3, 4, 5, 6, 7] });
    expect(file.leftOutBy).toEqual(['s0', null, null, null, null, null, null, 's0']);

    const { roles } = summary;
    const preparation = await workbench.run('prepare', { datasetId: 'd', roles, today }, context);
    expect(preparation).toMatchObject({ nRead: 60, nKept: 56 });
    expect(preparation.setAside).toEqual([{ reason: 'excluded', count: 4, rows: excluded }]);

    const { result, modelText } = await train(summary);
    expect(result.rows).toMatchObject({ read: 60, kept: 56, setAside: 4 });
    expect(result.test.rows.filter((row) => excluded.includes(row))).toEqual([]);
    expect(result.test.actual).toEqual(result.test.rows.map(durationOf));

    await workbench.run('open-model', { modelId: 'm', text: modelText }, context);
    const ask = (row: number) =>
      workbench.run('past-case', { datasetId: 'd', modelId: 'm', row, today }, context);
    expect(await ask(31)).toMatchObject({ row: 31, actual: durationOf(31) });
    await expect(ask(30)).rejects.toMatchObject({ code: 'invalid-setting', details: { value: 30 } });
    const { text } = await workbench.run(
      'export-predictions',
      { datasetId: 'd', modelId: 'm', dialect: 'international', today },
      context,
    );
    expect(text.trim().split('\r\n')).toHaveLength(57);
  });

  it('splits by given rows of the file, whatever the cleaning took out before them', async () => {
    const { roles } = await read(outages, toRecipe({ kind: 'exclude-rows', rows: [0, 1, 2] }));
    const testRows = [1, 10, 20, 59];
    const trainRows = lines.map((_, row) => row).filter((row) => !testRows.includes(row));
    const split = { kind: 'rows', trainRows, testRows } as const;
    const { result } = await workbench.run(
      'train',
      { datasetId: 'd', modelId: 'm', roles, settings: { ...settings, split }, today },
      context,
    );
    expect(result.test.rows).toEqual([10, 20, 59]);
  });

  it('lists the steps in the model, the same bytes whatever their ids, and none that did nothing', async () => {
    const action: RecipeAction = { kind: 'exclude-outside', column: 'durée (jours)', bounds: { max: 50 } };
    const summary = await read(outages, toRecipe(action));
    const { modelText, result } = await train(summary);
    expect(openModelFile(modelText).description.cleaning).toEqual([{ action, reason: 'essai' }]);
    expect(result.cleaning).toEqual([{ action, reason: 'essai' }]);

    const missing = { id: 'other', reason: '', isEnabled: true, action: { ...action, column: 'absente' } };
    const disabled = { id: 'off', reason: '', isEnabled: false, action };
    const [step] = toRecipe(action).steps;
    await apply({ version: 1, steps: [{ ...step!, id: 'another id' }, missing, disabled] });
    expect((await train(summary)).modelText).toBe(modelText);
    await apply({ version: 1, steps: [] });
    expect((await train(summary)).modelText).not.toBe(modelText);
  });

  it('lets a step overrule what a column is for, and taking the step out gives the old role back', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => `${i};${24 * (i + 1)};${i + 1}`);
    const { roles } = await read(['charge;heures perdues;durée (jours)', ...rows].join('\n'));
    const roleNow = async () => {
      const preparation = await workbench.run('prepare', { datasetId: 'd', roles, today }, context);
      return preparation.roles.find(({ column }) => column === 'heures perdues');
    };
    expect(await roleNow()).toMatchObject({ role: 'ignore', leak: { kind: 'copy-of-target' } });
    await apply(toRecipe({ kind: 'set-role', column: 'heures perdues', role: 'context' }));
    expect(await roleNow()).toMatchObject({ role: 'context', leak: { kind: 'copy-of-target' } });
    await apply(toRecipe());
    expect(await roleNow()).toMatchObject({ role: 'ignore' });
  });

  it('keeps the recipe that was sent last, and its own profile of a column it changed', async () => {
    await read(outages);
    const first = apply(toRecipe({ kind: 'exclude-rows', rows: [1] }));
    const second = apply(toRecipe({ kind: 'clip', column: 'durée (jours)', max: 10 }));
    // Asked while the recipe is being applied: it waits, and sees what comes of it.
    const page = workbench.run('table-page', { datasetId: 'd', from: 0, count: 60 }, context);
    await expect(first).rejects.toMatchObject({ code: 'cancelled' });
    expect((await second).columns.map(({ max }) => max)).toEqual([undefined, 6, 10]);
    const { nMatching, rows } = await page;
    expect(nMatching).toBe(60);
    expect(Math.max(...rows.map((cells) => Number(cells[2])))).toBe(10);
  });

  it('stops at a cancel, and leaves the cleaning as it was', async () => {
    await read(outages);
    const cancelled = { ...context, signal: { aborted: true } };
    const recipe = toRecipe({ kind: 'exclude-rows', rows: [1] });
    const request = { datasetId: 'd', recipe };
    await expect(workbench.run('apply-recipe', request, cancelled)).rejects.toMatchObject({
      code: 'cancelled',
    });
    const page = await workbench.run('table-page', { datasetId: 'd', from: 0, count: 1 }, context);
    expect(page.nMatching).toBe(60);
  });

  it('finds faults in what is left, with rows of the file', async () => {
    const faulty = [...outages.split('\n').slice(0, 40), 'VP;3;-2', 'vp;3;-4'].join('\n');
    const summary = await read(faulty, toRecipe({ kind: 'exclude-rows', rows: [0, 1] }));
    const check = () =>
      workbench.run('check-quality', { datasetId: 'd', roles: summary.roles, today }, context);
    const findings = await check();
    const negative = findings.find(({ code }) => code === 'duration-not-positive');
    expect(negative?.rows).toEqual({ count: 2, first: [39, 40] });
    expect(findings.map(({ code }) => code)).toContain('label-variants');
    await apply(toRecipe(...findings.flatMap(({ proposal }) => proposal ?? [])));
    expect((await check()).filter(({ severity }) => severity !== 'info')).toEqual([]);
  });
});

describe('several lines of one outage', () => {
  const daily = Array.from({ length: 40 }, (_, i) => {
    const day = (offset: number) => `2024-01-${String(1 + ((i + offset) % 28)).padStart(2, '0')}`;
    return [0, 1].map((line) => `A${i};U${i % 5};${day(line)} 00:00;${day(line)} 23:00`);
  }).flat();
  const csv = ['outage id;unit;start;end', ...daily].join('\n');

  it('are one outage from the start, with the count said, and several again when the step is taken out', async () => {
    const { recipe, cleaning, nRows, roles } = await read(csv);
    expect(recipe.steps.map(({ action }) => action.kind)).toEqual(['merge-rows']);
    expect([nRows, cleaning.nRows, cleaning.report[0]?.nRowsRemoved]).toEqual([80, 40, 40]);
    const prepare = () => workbench.run('prepare', { datasetId: 'd', roles, today }, context);
    const { setAside, nKept, nRead } = await prepare();
    expect(setAside.find(({ reason }) => reason === 'merged')?.count).toBe(40);
    expect(setAside.reduce((sum, { count }) => sum + count, nKept)).toBe(nRead);
    await apply({ version: 1, steps: [] });
    expect((await prepare()).setAside.map(({ reason }) => reason)).not.toContain('merged');
  });

  it('stay as they are where a person decided so before', async () => {
    const { recipe, cleaning } = await read(csv, { version: 1, steps: [] });
    expect([recipe.steps.length, cleaning.nRows]).toEqual([0, 80]);
  });
});
