import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { openRegistry } from '#registry/indexeddb-registry.ts';
import { createRandomId } from '#registry/random-id.ts';
import type { Registry } from '#registry/registry.ts';
import { openTabChannel } from '#registry/tab-channel.ts';
import { createDatasetRecord } from '#registry/testing/registry-suite.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices } from './testing/in-place-services.ts';

const sample = { kind: 'simple', rows: 80, noise: 1, seed: 3 } as const;
const quick = { nIterations: 5, minSamplesLeaf: 5 };
const eventually = (check: () => void) => vi.waitFor(check, { timeout: 30_000, interval: 5 });

let opened: Registry[] = [];
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  for (const registry of opened) registry.close();
  opened = [];
});

async function openTab(tab: string) {
  const services = createInPlaceServices();
  const store = createAppStore({
    ...services,
    createId: createRandomId,
    openRegistry: async (events) => {
      const registry = await openRegistry(events, tab);
      opened.push(registry);
      return registry;
    },
  });
  await store.getState().restore();
  return store;
}

/** Two tabs that show the same file and the same model. */
async function openBoth() {
  const one = await openTab('one');
  const { settings, setSettings } = one.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, ...quick } });
  await one.getState().openSample(sample);
  await one.getState().train();
  const two = await openTab('two');
  expect(two.getState().model?.id).toBe(one.getState().model?.id);
  return { one, two };
}

function tellOthers(id: string): void {
  const channel = openTabChannel('teller');
  channel.tellChanged([id]);
  channel.close();
}

it('a tab shows what another decided about the same file, and says so', async () => {
  const { one, two } = await openBoth();
  const roleOf = (store: typeof one) =>
    store.getState().dataset?.roles.find(({ column }) => column === 'Effectif')?.role;
  await two.getState().setRole('Effectif', 'ignore');
  await eventually(() => expect(roleOf(one)).toBe('ignore'));
  await eventually(() => expect(one.getState().dataset?.isChecking).toBe(false));
  expect(one.getState()).toMatchObject({ heard: 'decisions', model: { isStale: true }, problem: null });
  // Hearing is no saving: it is not told back.
  expect(two.getState().heard).toBeNull();
  one.getState().dismissHeard();
  expect(one.getState().heard).toBeNull();
});

it('a tab shows the scenario that another left of the same model, with its answer', async () => {
  const { one, two } = await openBoth();
  const position =
    two.getState().model?.summary.features.findIndex(({ name }) => name === 'Complexité') ?? -1;
  two.getState().setCell(position, 9);
  two.getState().setTargetDuration(25);
  await eventually(() => expect(one.getState().scenario?.cells[position]).toBe(9));
  await eventually(() =>
    expect(one.getState().scenario?.prediction?.value).toBe(two.getState().scenario?.prediction?.value),
  );
  expect(one.getState()).toMatchObject({ heard: 'scenario', targetDuration: 25 });
  expect(one.getState().reference?.cells[position]).not.toBe(9);
});

it('a tab keeps its file again where it is no longer kept', async () => {
  const { one } = await openBoth();
  const id = one.getState().dataset?.id ?? '';
  const other = await openRegistry({}, 'three');
  opened.push(other);
  const database = await openDB('tranche');
  await database.delete('datasets', id);
  database.close();
  expect(await other.loadDatasetBytes(id)).toBeNull();
  tellOthers(`datasets/${id}`);
  await vi.waitFor(async () => expect(await other.loadDatasetBytes(id)).not.toBeNull(), { timeout: 10_000 });
});

it('a tab whose file nine later ones took the place of says that it is no longer kept', async () => {
  const { one } = await openBoth();
  await one.getState().closeModel();
  for (let i = 0; i < 10; i++) {
    const registry = await openRegistry({}, `later ${i}`);
    opened.push(registry);
    await registry.saveDataset(createDatasetRecord(`later ${i}`));
  }
  const id = one.getState().dataset?.id ?? '';
  const database = await openDB('tranche');
  await database.delete('datasets', id);
  database.close();
  tellOthers(`datasets/${id}`);
  await eventually(() => expect(one.getState().storage).toEqual({ kind: 'memory', reason: 'many-tabs' }));
});

it('other work of another tab changes nothing here', async () => {
  const { one, two } = await openBoth();
  const before = one.getState();
  await two.getState().openSample({ ...sample, seed: 4 });
  await two.getState().train();
  await new Promise((resolve) => setTimeout(resolve, 500));
  const now = one.getState();
  expect(now.heard).toBeNull();
  expect(now.model).toBe(before.model);
  expect(now.dataset?.roles).toBe(before.dataset?.roles);
});
