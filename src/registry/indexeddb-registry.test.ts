import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { DATABASE_NAME, DATABASE_VERSION } from './database.ts';
import { readCheckedLog } from '#versions/version-store.ts';
import { databaseUpgrades } from './database-upgrades.ts';
import { openRegistry } from './indexeddb-registry.ts';
import { createRandomId } from './random-id.ts';
import { type PreviousModel, writePreviousDatabase } from './testing/previous-database.ts';
import {
  createDatasetRecord,
  createModelRecord,
  createScenarioRecord,
  describeRegistry,
} from './testing/registry-suite.ts';

// fake-indexeddb is a whole IndexedDB in memory; a fresh factory is an empty browser profile.
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const readFixture = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
const previous: PreviousModel = {
  text: readFixture('../models/fixtures/model-v1-trained-forest.json'),
  result: JSON.parse(readFixture('../training/fixtures/training-result-v1.json')) as PreviousModel['result'],
  cells: ['Belleroche 1', 20, null],
};

describeRegistry('the registry of a browser', () => ({ open: (tab) => openRegistry({}, tab) }));

it('says of a database of a newer build that it is newer, and leaves it alone', async () => {
  (await openDB(DATABASE_NAME, DATABASE_VERSION + 1)).close();
  await expect(openRegistry()).rejects.toMatchObject({ code: 'storage-too-new' });
  const newer = await openDB(DATABASE_NAME);
  expect(newer.version).toBe(DATABASE_VERSION + 1);
  newer.close();
});

describe('a database of an older version', () => {
  it('has an upgrader for each version, without a gap', () => {
    const versions = Array.from({ length: DATABASE_VERSION }, (_, i) => i + 1);
    expect(databaseUpgrades.map(({ to }) => to)).toEqual(versions);
  });

  it('opens whole: models, figures, scenario, second opinion, what was decided', async () => {
    await writePreviousDatabase(previous);
    const registry = await openRegistry();
    const { settings, dataset, model, problems } = await registry.load();
    expect(problems).toEqual([]);
    expect(settings).toMatchObject({ folds: 5, repeats: 1 });
    expect(dataset).toMatchObject({ name: 'parc.csv', recipe: null, ignoredFindings: [], unit: null });
    expect(dataset?.roles).toHaveLength(1);
    expect(model).toMatchObject({
      model: { id: 'm', fromSample: true, savedAt: null, result: { version: 2 } },
      scenario: { scenario: { isOwn: false }, targetDuration: null },
      secondOpinion: { score: { name: 'neural-log', toBest: null } },
      problems: [],
    });
    expect(model?.model.text === previous.text).toBe(true);
    expect(model?.model.result?.test.intervals?.p10.some(Number.isNaN)).toBe(true);
    expect(await registry.loadShape('s')).toMatchObject({ nLeftBehind: 1, overrides: {}, recipe: null });
  });

  it('has its models for versions, that on show the champion', async () => {
    await writePreviousDatabase({ ...previous, hash: 'a'.repeat(64) });
    const registry = await openRegistry();
    const { state } = await readCheckedLog(registry.versions);
    expect(state.versions).toMatchObject([{ number: 1, standing: 'champion', facts: { data: null } }]);
    expect(await registry.listVersionPlaces()).toEqual([{ id: state.champion, modelId: 'm' }]);
  });

  it('lists its models, also the one whose figures cannot be read, and takes new ones', async () => {
    await writePreviousDatabase(previous);
    const registry = await openRegistry();
    expect(await registry.listModels()).toMatchObject([
      { id: 'm', name: 'quantile-forest', nTrainingRows: 56, hash: 'h', datasetId: 'd' },
      { id: 'n', target: { name: 'Durée (jours)', unit: 'day' } },
    ]);
    expect(await registry.loadModel('n')).toMatchObject({
      model: { id: 'n', result: null },
      problems: [{ code: 'result-invalid', details: { place: 'models' } }],
    });
    await registry.saveDataset(createDatasetRecord('new'));
    expect(await registry.loadDatasetBytes('d')).not.toBeNull();
    await registry.saveModel(createModelRecord('o'), createScenarioRecord('o'));
    expect((await registry.listModels()).map(({ id }) => id)).toEqual(['m', 'n', 'o']);
  });

  it('opens from version 1, which had neither shapes nor challenges', async () => {
    const old = await openDB(DATABASE_NAME, 1, {
      upgrade(database) {
        for (const name of ['projects', 'datasets']) database.createObjectStore(name, { keyPath: 'id' });
        database.createObjectStore('models', { keyPath: 'id' }).createIndex('datasetId', 'datasetId');
        database.createObjectStore('scenarios', { keyPath: 'modelId' });
      },
    });
    await old.put('datasets', createDatasetRecord('d'));
    await old.put('projects', { id: 'current', datasetId: 'd', modelId: null, settings: null });
    old.close();
    const registry = await openRegistry();
    expect((await registry.load()).dataset?.name).toBe('d.csv');
    expect(await registry.loadShape('s')).toBeNull();
  });

  it('stays as it was where an upgrade fails, and is said not to open', async () => {
    const old = await openDB(DATABASE_NAME, 3, {
      upgrade: (database) => void database.createObjectStore('models', { keyPath: 'id' }),
    });
    await old.put('models', { id: 'm' });
    old.close();
    await expect(openRegistry()).rejects.toMatchObject({ code: 'storage-unavailable' });
    const again = await openDB(DATABASE_NAME, 3);
    expect(await again.count('models')).toBe(1);
    again.close();
  });
});

describe('the registry of a browser', () => {
  it('gives way to a tab that upgrades the database, says so, and writes no more', async () => {
    const onEnd = vi.fn<(reason: string) => void>();
    const registry = await openRegistry({ onEnd });
    const newer = await openDB(DATABASE_NAME, DATABASE_VERSION + 1);
    expect(onEnd).toHaveBeenCalledWith('superseded');
    await expect(registry.saveDataset(createDatasetRecord('d'))).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    newer.close();
  });

  it('says storage-full when the transaction aborts for lack of room after its requests succeeded', async () => {
    const registry = await openRegistry();
    await registry.saveModel(createModelRecord('m'), createScenarioRecord('m'));
    // oxlint-disable-next-line typescript/unbound-method -- called with its transaction below
    const { objectStore } = IDBTransaction.prototype;
    const spy = vi.spyOn(IDBTransaction.prototype, 'objectStore').mockImplementation(function (
      this: IDBTransaction,
      name: string,
    ) {
      queueMicrotask(() => {
        // The browser ends the transaction by itself, and its `error` says why.
        Object.defineProperty(this, 'error', { value: new DOMException('full', 'QuotaExceededError') });
        this.abort();
      });
      return objectStore.call(this, name);
    });
    await expect(
      registry.saveScenario({ ...createScenarioRecord('m'), targetDuration: 9 }),
    ).rejects.toMatchObject({ code: 'storage-full' });
    spy.mockRestore();
    expect((await registry.loadModel('m'))?.scenario?.targetDuration).toBeNull();
  });

  it('says storage-unavailable where site data are blocked', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    await expect(openRegistry()).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  it('opens a damaged database at the second try, once the browser has thrown it away', async () => {
    const factory = indexedDB;
    let nTries = 0;
    vi.stubGlobal('indexedDB', {
      open: (...asked: Parameters<IDBFactory['open']>) => {
        if (nTries++ === 0) throw new DOMException('Internal error opening backing store', 'UnknownError');
        return factory.open(...asked);
      },
    });
    expect((await (await openRegistry()).load()).dataset).toBeNull();
    expect(nTries).toBe(2);
  });

  it('makes ids that do not meet', () => {
    const ids = new Set(Array.from({ length: 1000 }, createRandomId));
    expect(ids.size).toBe(1000);
    expect([...ids].every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
  });
});
