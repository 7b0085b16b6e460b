import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { DATABASE_NAME, DATABASE_VERSION } from './database.ts';
import { createRandomId } from './random-id.ts';
import type { DatasetRecord, ModelRecord, ScenarioRecord, ShapeRecord } from './records.ts';
import { openRegistry } from './registry.ts';

// fake-indexeddb is a whole IndexedDB in memory; a fresh factory is an empty browser profile.
beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

const target = { name: 'Durée', unit: 'day' } as const;

function datasetRecord(id: string): DatasetRecord {
  return { id, name: `${id}.csv`, bytes: new Blob(['a;b\r\n1;2']), sample: null, overrides: {}, roles: [] };
}

function modelRecord(id: string, datasetId: string): ModelRecord {
  const summary = {
    modelId: id,
    name: 'linear',
    scale: 'identity',
    target,
    features: [],
    nTrainingRows: 9,
    hash: 'h',
  } as const;
  return { id, datasetId, summary, result: null, text: '{}', fromSample: false };
}

function scenarioRecord(modelId: string): ScenarioRecord {
  const typical = { cells: [1, 'a', null], origin: null };
  return { modelId, scenario: typical, reference: typical };
}

describe('registry', () => {
  it('opens empty, and gives back after a new start what was saved, byte for byte', async () => {
    const before = await openRegistry();
    expect(await before.load()).toEqual({
      settings: null,
      dataset: null,
      model: null,
      scenario: null,
      secondOpinion: null,
    });
    await before.saveDataset(datasetRecord('d'));
    await before.saveModel(modelRecord('m', 'd'), scenarioRecord('m'));
    await before.saveSettings({ ...defaultTrainingSettings, seed: 42 });
    await before.updateDataset('d', { overrides: { decimalMark: ',' } });
    before.close();

    const kept = await (await openRegistry()).load();
    expect(kept.settings?.seed).toBe(42);
    expect(kept.dataset).toMatchObject({ id: 'd', name: 'd.csv', overrides: { decimalMark: ',' } });
    expect(kept.model).toEqual(modelRecord('m', 'd'));
    expect(kept.scenario).toEqual(scenarioRecord('m'));
  });

  it('never changes a model that is kept, and leaves nothing of a save that failed', async () => {
    const registry = await openRegistry();
    await registry.saveModel(modelRecord('m', 'd'), scenarioRecord('m'));
    const altered = { ...modelRecord('m', 'd'), text: 'altered' };
    const otherScenario = { ...scenarioRecord('m'), scenario: { cells: [9], origin: null } };
    await expect(registry.saveModel(altered, otherScenario)).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    const kept = await registry.load();
    expect(kept.model?.text).toBe('{}');
    expect(kept.scenario).toEqual(scenarioRecord('m'));
  });

  it('removes earlier files, but those that a kept model was trained on', async () => {
    const registry = await openRegistry();
    await registry.saveDataset(datasetRecord('trained-on'));
    await registry.saveModel(modelRecord('m', 'trained-on'), scenarioRecord('m'));
    await registry.saveDataset(datasetRecord('looked-at'));
    await registry.saveDataset(datasetRecord('new'));
    expect(await registry.loadDatasetBytes('trained-on')).not.toBeNull();
    expect(await registry.loadDatasetBytes('looked-at')).toBeNull();
    expect((await registry.load()).dataset?.id).toBe('new');
  });

  it('loses no change when two tabs change the same file at the same moment', async () => {
    const [one, two] = await Promise.all([openRegistry(), openRegistry()]);
    await one.saveDataset(datasetRecord('d'));
    await Promise.all([
      one.updateDataset('d', { overrides: { delimiter: ';' } }),
      two.updateDataset('d', { roles: [{ column: 'a', role: 'target', reason: 'user' }] }),
    ]);
    const { dataset } = await one.load();
    expect(dataset?.overrides).toEqual({ delimiter: ';' });
    expect(dataset?.roles).toHaveLength(1);
  });

  it('remembers what was decided for the next file of the shape, in the same save, until it is forgotten', async () => {
    const registry = await openRegistry();
    await registry.saveDataset(datasetRecord('d'));
    const roles = [{ column: 'a', role: 'lever', reason: 'user' }] as const;
    const record: ShapeRecord = { shape: 's', roles, recipe: { version: 1, steps: [] }, nLeftBehind: 2 };
    await registry.updateDataset('gone', { roles }, { shape: 's', record });
    expect(await registry.loadShape('s')).toBeNull();
    await registry.updateDataset('d', { roles }, { shape: 's', record });
    expect(await registry.loadShape('s')).toEqual(record);
    await registry.updateDataset('d', { roles: [] }, { shape: 's', record: null });
    expect(await registry.loadShape('s')).toBeNull();
  });

  it('keeps what a database of version 1 holds when it is opened by this one', async () => {
    const old = await openDB(DATABASE_NAME, 1, {
      upgrade(database) {
        for (const name of ['projects', 'datasets', 'models'])
          database.createObjectStore(name, { keyPath: 'id' });
        database.createObjectStore('scenarios', { keyPath: 'modelId' });
      },
    });
    await old.put('datasets', datasetRecord('d'));
    await old.put('projects', { id: 'current', datasetId: 'd', modelId: null, settings: null });
    old.close();
    const registry = await openRegistry();
    expect((await registry.load()).dataset?.name).toBe('d.csv');
    expect(await registry.loadShape('s')).toBeNull();
  });

  it('gives way to a tab that upgrades the database, says so, and writes no more', async () => {
    const onEnd = vi.fn<(reason: string) => void>();
    const registry = await openRegistry(onEnd);
    const newer = await openDB(DATABASE_NAME, DATABASE_VERSION + 1);
    expect(onEnd).toHaveBeenCalledWith('superseded');
    await expect(registry.saveDataset(datasetRecord('d'))).rejects.toMatchObject({
      code: 'storage-unavailable',
    });
    newer.close();
  });

  it('says storage-full when the transaction aborts for lack of room after its requests succeeded', async () => {
    const registry = await openRegistry();
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
    await expect(registry.saveScenario(scenarioRecord('m'))).rejects.toMatchObject({ code: 'storage-full' });
    spy.mockRestore();
    expect((await registry.load()).scenario).toBeNull();
  });

  it('says storage-unavailable where site data are blocked', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
    await expect(openRegistry()).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  it('makes ids that do not meet', () => {
    const ids = new Set(Array.from({ length: 1000 }, createRandomId));
    expect(ids.size).toBe(1000);
    expect([...ids].every((id) => /^[0-9a-f]{32}$/u.test(id))).toBe(true);
  });
});
