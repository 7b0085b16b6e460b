import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE_NAME } from './database.ts';
import { openRegistry } from './indexeddb-registry.ts';
import { findGuard } from './second-copy/guard.ts';
import { createFakeCaches, createFakeLocalStorage } from './testing/fake-stores.ts';
import { createDatasetRecord, createModelRecord, createScenarioRecord } from './testing/registry-suite.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';

const emptyDatabase = () => vi.stubGlobal('indexedDB', new IDBFactory());

const open = (tab = 'one') => openRegistry({}, tab);

/** Two models of two tabs, with what belongs to them. */
async function keepWork(): Promise<void> {
  const one = await open();
  await one.saveDataset(createDatasetRecord('d'));
  await one.saveModel(createModelRecord('m', { text: '{"é":1}' }), createScenarioRecord('m'));
  await one.saveSettings({ ...defaultTrainingSettings, seed: 42 });
  await one.saveScenario({ ...createScenarioRecord('m'), targetDuration: 25 });
  const record = { ...createDatasetRecord('d'), shape: 's', nLeftBehind: 0 };
  await one.updateDataset('d', { ignoredFindings: ['f'] }, { shape: 's', record });
  const two = await open('two');
  await two.saveDataset(createDatasetRecord('e'));
  await two.saveModel(createModelRecord('n', { datasetId: 'e', savedAt: 2000 }), createScenarioRecord('n'));
  one.close();
  two.close();
}

/** All that the two tabs find, but for what was put back. */
async function readAll() {
  const found = [];
  for (const tab of ['one', 'two']) {
    const registry = await open(tab);
    const { recovery: _, dataset, ...kept } = await registry.load();
    const bytes = await dataset?.bytes.text();
    found.push({ ...kept, dataset: { ...dataset, bytes }, models: await registry.listModels() });
    found.push((await registry.loadShape('s'))?.ignoredFindings);
    registry.close();
  }
  return found;
}

const createCaches: Readonly<Record<string, () => CacheStorage | undefined>> = {
  'with the Cache API': createFakeCaches,
  'on plain http': () => undefined,
};

beforeEach(emptyDatabase);

describe.each(Object.entries(createCaches))('a browser %s', (name, create) => {
  const arrange = () => {
    vi.stubGlobal('caches', create());
    vi.stubGlobal('localStorage', createFakeLocalStorage());
  };
  /** The last seconds before a browser ends are not certain there. */
  const isBehind = name === 'on plain http';
  beforeEach(arrange);

  it('says nothing at the first visit, nor as long as nothing is missing', async () => {
    expect((await (await open()).load()).recovery).toBeNull();
    await keepWork();
    expect((await (await open()).load()).recovery).toBeNull();
  });

  it('notices that it was emptied, says so, and has everything of both tabs back', async () => {
    await keepWork();
    const before = await readAll();
    emptyDatabase();
    expect((await (await open()).load()).recovery).toEqual({
      kind: 'emptied',
      nModels: 2,
      files: ['d.csv', 'e.csv'],
      nLostModels: 0,
      lostFiles: [],
      isBehind,
    });
    expect(await readAll()).toEqual(before);
    // What was put back counts as kept: the next visit has nothing to say, and the next loss is noticed again.
    expect((await (await open()).load()).recovery).toBeNull();
    emptyDatabase();
    expect((await (await open()).load()).recovery?.nModels).toBe(2);
  });

  it('notices that the last saves are gone, and puts back only those', async () => {
    await keepWork();
    const before = await readAll();
    const database = await openDB(DATABASE_NAME);
    await database.put('sentinels', { count: 3, lastId: 'x', hash: 'of then' }, 'last');
    for (const store of ['modelEntries', 'models', 'scenarios']) await database.delete(store, 'n');
    await database.delete('projects', 'tab-two');
    await database.put('scenarios', { ...createScenarioRecord('m'), targetDuration: 1 });
    database.close();
    expect((await (await open()).load()).recovery).toMatchObject({
      kind: 'torn',
      nModels: 2,
      nLostModels: 0,
    });
    expect(await readAll()).toEqual(before);
  });

  it('copies what an earlier build kept, and what is missing after the copy was lost', async () => {
    await keepWork();
    const before = await readAll();
    arrange();
    const visit = await open();
    const guard = await findGuard();
    await vi.waitFor(async () => expect(await guard.copy?.readSentinel()).toMatchObject({ count: 7 }));
    visit.close();
    emptyDatabase();
    expect((await (await open()).load()).recovery).toMatchObject({ nModels: 2, isBehind });
    expect(await readAll()).toEqual(before);
  });
});

it('is noticed by the second copy alone where site texts are refused', async () => {
  vi.stubGlobal('caches', createFakeCaches());
  vi.stubGlobal('localStorage', undefined);
  await keepWork();
  emptyDatabase();
  expect((await (await open()).load()).recovery).toMatchObject({ kind: 'emptied', nModels: 2 });
});

it('says what had no copy where there was no room for one, and keeps the model on show rather than the file', async () => {
  vi.stubGlobal('caches', undefined);
  vi.stubGlobal('localStorage', createFakeLocalStorage(30_000));
  const noise = crypto.getRandomValues(new Uint16Array(30_000));
  const registry = await open();
  await registry.saveDataset({ ...createDatasetRecord('large'), bytes: new Blob([noise]) });
  const text = JSON.stringify(Array.from(noise.subarray(0, 15_000)));
  for (const id of ['old', 'new']) {
    await registry.saveModel(createModelRecord(id, { datasetId: 'large', text }), createScenarioRecord(id));
  }
  await registry.saveDataset(createDatasetRecord('d'));
  registry.close();
  emptyDatabase();
  const again = await (await open()).load();
  expect(again.recovery).toEqual({
    kind: 'emptied',
    nModels: 1,
    files: ['d.csv'],
    nLostModels: 1,
    lostFiles: ['large.csv'],
    isBehind: true,
  });
  expect(again.model?.model.text).toBe(text);
});

it('says that all is gone where only that it was there is known', async () => {
  vi.stubGlobal('caches', undefined);
  const storage = createFakeLocalStorage();
  vi.stubGlobal('localStorage', storage);
  await keepWork();
  for (let i = storage.length - 1; i >= 0; i--) {
    if (storage.key(i)?.startsWith('tranche.copy')) storage.removeItem(storage.key(i) ?? '');
  }
  emptyDatabase();
  expect((await (await open()).load()).recovery).toEqual({
    kind: 'emptied',
    nModels: 0,
    files: [],
    nLostModels: 0,
    lostFiles: [],
    isBehind: true,
  });
});

it('is mended after hundreds of saves of two tabs, of which the copies hold the last alone', async () => {
  const caches = createFakeCaches();
  vi.stubGlobal('caches', caches);
  vi.stubGlobal('localStorage', createFakeLocalStorage());
  const tabs = await Promise.all(['one', 'two'].map((tab) => open(tab)));
  await tabs[0]?.saveDataset(createDatasetRecord('d'));
  await tabs[0]?.saveModel(createModelRecord('m'), createScenarioRecord('m'));
  for (let i = 1; i <= 150; i++) {
    await Promise.all(
      tabs.map((tab) => tab.saveScenario({ ...createScenarioRecord('m'), targetDuration: i })),
    );
  }
  expect(await (await caches.open('')).keys()).toSatisfy((keys: readonly unknown[]) => keys.length < 150);
  emptyDatabase();
  const { recovery, model } = await (await open()).load();
  expect(recovery).toMatchObject({ kind: 'emptied', nModels: 1, isBehind: false });
  expect(model?.scenario?.targetDuration).toBe(150);
});
