import { describe, expect, it, vi } from 'vitest';
import type { RecipeAction } from '#data/recipe/recipe-step.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices, type InPlaceServices } from './testing/in-place-services.ts';

const lines = Array.from({ length: 60 }, (_, i) => `${i % 3 === 0 ? 'VP' : 'ASR'};${i % 7};${i + 1},5`);
const toFile = (rows: readonly string[], name = 'arrets.csv') =>
  new File([['type;complexité;durée (jours)', ...rows].join('\n')], name);

async function openStore(services: InPlaceServices = createInPlaceServices()) {
  const store = createAppStore(services);
  await store.getState().restore();
  return { store, services };
}

async function openOutages(services?: InPlaceServices) {
  const opened = await openStore(services);
  await opened.store.getState().openFile(toFile(lines));
  return opened;
}

const clip: RecipeAction = { kind: 'clip', column: 'durée (jours)', max: 30 };

describe('lines with too few cells', () => {
  const uneven = (name: string) => toFile([...lines.slice(0, 30), 'VP;3', ...lines.slice(30)], name);

  it('are filled when told so, also in the next file of the shape, and steps that name rows stay behind', async () => {
    const { store } = await openStore();
    await store.getState().openFile(uneven('janvier.csv'));
    const dataset = () => store.getState().dataset;
    expect(dataset()?.summary.ledger).toMatchObject({ kept: 60, rejected: 1, filled: 0 });
    await store.getState().setRole('complexité', 'lever');
    await store.getState().excludeRow(45, 'essai');
    await store.getState().setDialect({ unevenRecords: 'fill' });
    expect(dataset()?.summary.ledger).toMatchObject({ kept: 61, rejected: 0, filled: 1 });
    // Row 45 of the reading before is row 46 of this one.
    expect(dataset()).toMatchObject({
      recipe: { present: { steps: [] }, past: [] },
      cleaning: { nRows: 61 },
      remembered: { from: 'earlier-reading', nLeftBehind: 1 },
    });
    expect(dataset()?.roles.find(({ column }) => column === 'complexité')?.role).toBe('lever');

    await store.getState().openFile(uneven('février.csv'));
    expect(dataset()).toMatchObject({
      name: 'février.csv',
      overrides: { unevenRecords: 'fill' },
      summary: { ledger: { kept: 61, filled: 1 } },
      remembered: { from: 'earlier-file' },
    });
    await store.getState().openFile(toFile(lines, 'mars.csv'));
    expect(dataset()?.overrides).toEqual({});
  });
});

describe('the type of a column', () => {
  it('is as a person chose, with the other columns as they were, and so it is in the next file of the shape', async () => {
    const { store } = await openOutages();
    const typesOf = () => store.getState().dataset?.summary.columns.map(({ type }) => type);
    expect(typesOf()).toEqual(['category', 'number', 'number']);
    await store.getState().setRole('complexité', 'lever');
    await store.getState().setColumnType('complexité', 'category');
    expect(typesOf()).toEqual(['category', 'category', 'number']);
    const roles = store.getState().dataset?.roles;
    expect(roles?.find(({ column }) => column === 'complexité')?.role).toBe('lever');
    await store.getState().openFile(toFile(lines, 'suivant.csv'));
    expect(typesOf()).toEqual(['category', 'category', 'number']);
    await store.getState().setColumnType('complexité', 'number');
    expect(typesOf()).toEqual(['category', 'number', 'number']);
  });
});

describe('columns that were joined', () => {
  const rows = lines.map(
    (line, i) => `${line};${String((i % 28) + 1).padStart(2, '0')}/01/2024;${8 + (i % 10)}:30`,
  );
  const file = (name: string) =>
    new File([['type;complexité;durée (jours);date début;heure début', ...rows].join('\n')], name);

  it('are left apart when told so, also in the next file of the shape', async () => {
    const { store } = await openStore();
    const namesOf = () => store.getState().dataset?.summary.columns.map(({ name }) => name);
    const joined = ['type', 'complexité', 'durée (jours)', 'date début'];
    await store.getState().openFile(file('janvier.csv'));
    expect(namesOf()).toEqual(joined);
    await store.getState().setDialect({ apart: ['date début', 'heure début'] });
    expect(namesOf()).toEqual([...joined, 'heure début']);
    await store.getState().openFile(file('février.csv'));
    expect(namesOf()).toEqual([...joined, 'heure début']);
    await store.getState().setDialect({});
    expect(namesOf()).toEqual(joined);
  });
});

describe('when a column is known', () => {
  it('is as a person said: in another reading, in another tab, and in the next file of the shape', async () => {
    const { store, services } = await openOutages();
    const saidOf = ({ dataset }: ReturnType<typeof store.getState>) =>
      dataset?.roles.find(({ column }) => column === 'complexité')?.knownWhen;
    await store.getState().train();
    await store.getState().setKnownWhen('complexité', 'at-start');
    expect(store.getState().dataset?.preparation?.knownWhen).toEqual([
      'long-before',
      'at-start',
      'afterwards',
    ]);
    expect(store.getState().model?.isStale).toBe(true);
    await store.getState().setDialect({ decimalMark: ',' });
    expect(saidOf(store.getState())).toBe('at-start');
    const { store: again } = await openStore(services);
    expect(saidOf(again.getState())).toBe('at-start');
    expect(again.getState().model?.isStale).toBe(true);
    await again.getState().openFile(toFile(lines, 'next.csv'));
    expect(saidOf(again.getState())).toBe('at-start');
    await again.getState().train();
    const [, complexity] = again.getState().model?.summary.features ?? [];
    expect(complexity).toMatchObject({ name: 'complexité', isKnownAtStart: true });
    await again.getState().resetRoles();
    expect(saidOf(again.getState())).toBeUndefined();
  });
});

describe('the direction that is expected of a column', () => {
  it('is as a person said: in another reading, in another tab and in the next file; the model keeps it, or is stale', async () => {
    const { store, services } = await openOutages();
    const saidOf = ({ dataset }: ReturnType<typeof store.getState>) =>
      dataset?.preparation?.roles.find(({ column }) => column === 'complexité')?.expected;
    await store.getState().train();
    expect(store.getState().model?.summary.expected).toBeUndefined();
    await store.getState().setExpected('complexité', 'longer');
    expect(store.getState().model?.isStale).toBe(true);
    await store.getState().setDialect({ decimalMark: ',' });
    const { store: again } = await openStore(services);
    expect(saidOf(again.getState())).toBe('longer');
    await again.getState().openFile(toFile(lines, 'next.csv'));
    expect(saidOf(again.getState())).toBe('longer');
    await again.getState().train();
    const { model } = again.getState();
    const told = [{ column: 'complexité', direction: 'longer' }];
    expect([model?.result?.expected, model?.isStale]).toEqual([told, false]);
    await again.getState().setExpected('complexité', null);
    expect([saidOf(again.getState()), again.getState().model?.isStale]).toEqual([undefined, true]);
  });
});

describe('the cleaning of the open data', () => {
  it('leaves an outage out with its reason, undoes and redoes it, and has it back in another tab', async () => {
    const { store, services } = await openOutages();
    const nKept = () => store.getState().dataset?.preparation?.nKept;
    await store.getState().excludeRow(3, 'saisie erronée');
    await store.getState().excludeRow(9, 'saisie erronée');
    expect(nKept()).toBe(58);
    expect(store.getState().dataset?.recipe.present.steps).toMatchObject([
      { reason: 'saisie erronée', action: { kind: 'exclude-rows', rows: [3, 9] } },
    ]);
    const page = await store.getState().loadPage({ from: 2, count: 2, view: 'file' });
    const [stepId] = store.getState().dataset?.recipe.present.steps.map(({ id }) => id) ?? [];
    expect(page.leftOutBy).toEqual([null, stepId]);

    const again = await openStore(createInPlaceServices(services.registry));
    expect(again.store.getState().dataset).toMatchObject({
      preparation: { nKept: 58 },
      cleaning: { nRows: 58 },
      remembered: null,
    });
    await again.store.getState().restoreRow(3, stepId ?? '');
    expect(again.store.getState().dataset?.preparation?.nKept).toBe(59);

    await store.getState().editRecipe({ kind: 'undo' });
    expect(nKept()).toBe(59);
    await store.getState().editRecipe({ kind: 'undo' });
    expect(nKept()).toBe(60);
    await store.getState().editRecipe({ kind: 'redo' });
    expect(nKept()).toBe(59);
  });

  it('says what is to be found, and no longer what a step has settled or a person ignored', async () => {
    const { store } = await openStore();
    await store.getState().openFile(toFile([...lines, 'VP;2;-1']));
    const codes = () => store.getState().dataset?.findings?.map(({ code }) => code);
    await vi.waitFor(() => expect(codes()).toContain('duration-not-positive'));
    const action = store.getState().dataset?.findings?.[0]?.proposal;
    await store.getState().addStep({ action: action!, reason: 'impossible' });
    await vi.waitFor(() => expect(codes()).toEqual([]));
    await store.getState().ignoreFinding('a', true);
    await store.getState().ignoreFinding('b', true);
    await store.getState().ignoreFinding('a', false);
    expect(store.getState().dataset?.ignoredFindings).toEqual(['b']);
  });

  it('is that of the last file of the same shape, but for the steps that named its rows, and can be taken back', async () => {
    const { store } = await openOutages();
    expect(store.getState().dataset?.remembered).toBeNull();
    await store.getState().setRole('complexité', 'lever');
    await store.getState().addStep({ action: clip, reason: 'plafond' });
    await store.getState().excludeRow(0, 'essai');

    await store.getState().openFile(toFile(lines.slice(0, 50), 'mois suivant.csv'));
    const next = store.getState().dataset;
    expect(next?.remembered).toEqual({ from: 'earlier-file', nLeftBehind: 1 });
    expect(next?.roles.find(({ column }) => column === 'complexité')?.role).toBe('lever');
    expect(next?.cleaning).toMatchObject({ nRows: 50, report: [{ nCellsChanged: 21 }] });
    expect(next?.preparation?.target?.max).toBe(30);

    await store.getState().resetRoles();
    expect(store.getState().dataset).toMatchObject({ remembered: null, recipe: { present: { steps: [] } } });
    expect(store.getState().dataset?.preparation?.target?.max).toBe(50.5);
    await store.getState().openFile(toFile(lines));
    expect(store.getState().dataset?.remembered).toBeNull();
  });

  it('says nothing to a file of another shape, nor of a sample', async () => {
    const { store } = await openOutages();
    await store.getState().addStep({ action: clip, reason: 'plafond' });
    const other = new File([['type;durée (jours)', 'a;1', 'b;2', 'a;3'].join('\n')], 'autre.csv');
    await store.getState().openFile(other);
    expect(store.getState().dataset).toMatchObject({ remembered: null, recipe: { present: { steps: [] } } });
  });

  it('is applied again by a worker that had to start anew', async () => {
    const { store, services } = await openOutages();
    await store.getState().excludeRow(3, 'essai');
    services.killTrainingWorker();
    const page = await store.getState().loadPage({ from: 0, count: 5 });
    expect(page).toMatchObject({ nMatching: 59, rowIndices: [0, 1, 2, 4, 5] });
  });

  it('makes the model stale, and taking it back makes it fresh again', async () => {
    const { store } = await openOutages();
    const { settings, setSettings } = store.getState();
    setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, nIterations: 5 } });
    await store.getState().addStep({ action: clip, reason: 'plafond' });
    await store.getState().train();
    expect(store.getState().model).toMatchObject({
      isStale: false,
      result: { cleaning: [{ action: clip }] },
    });
    await store.getState().editRecipe({ kind: 'undo' });
    expect(store.getState().model?.isStale).toBe(true);
    await store.getState().editRecipe({ kind: 'redo' });
    expect(store.getState().model?.isStale).toBe(false);
  });

  it('gives way where a person chooses a role that a step had overruled', async () => {
    const { store } = await openOutages();
    const action = { kind: 'set-role', column: 'complexité', role: 'ignore' } as const;
    await store.getState().addStep({ action, reason: 'essai' });
    const roleNow = () =>
      store.getState().dataset?.preparation?.roles.find(({ column }) => column === 'complexité')?.role;
    expect(roleNow()).toBe('ignore');
    await store.getState().setRole('complexité', 'lever');
    expect(roleNow()).toBe('lever');
    expect(store.getState().dataset?.recipe.present.steps).toEqual([]);
    await store.getState().editRecipe({ kind: 'undo' });
    expect(roleNow()).toBe('ignore');
  });
});
