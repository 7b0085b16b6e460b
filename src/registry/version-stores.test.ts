import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFailingCalls } from '#base/testing/failing-calls.ts';
import { createSampleVersion, sign } from '#versions/testing/sample-versions.ts';
import { readProject, writeProject } from '#versions/project-file.ts';
import { describeVersionStore } from '#versions/testing/version-store-suite.ts';
import { act, readCheckedLog, readSoundVersion } from '#versions/version-store.ts';
import { openRegistry } from './indexeddb-registry.ts';
import { createMemoryProfile, openMemoryRegistry } from './memory-registry.ts';
import type { Registry } from './registry.ts';
import { failDatabase } from './testing/failing-database.ts';
import { createDatasetRecord, createModelRecord, createScenarioRecord } from './testing/registry-suite.ts';
import { toText } from './version-records.ts';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});

describeVersionStore('the memory registry', () => {
  const profile = createMemoryProfile();
  return { open: () => Promise.resolve(openMemoryRegistry(profile).versions), calls: null };
});

describeVersionStore('the registry of a browser', () => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.restoreAllMocks();
  const calls = createFailingCalls(() => new DOMException('full', 'QuotaExceededError'));
  failDatabase(calls, false);
  return { open: async () => (await openRegistry()).versions, calls };
});

describe.each<[string, () => (tab: string) => Promise<Registry>]>([
  ['the registry of a browser', () => (tab) => openRegistry({}, tab)],
  [
    'the memory registry',
    () => {
      const profile = createMemoryProfile();
      return (tab) => Promise.resolve(openMemoryRegistry(profile, tab));
    },
  ],
])('%s: a kept model', (_name, openProfile) => {
  const [first, second] = [createSampleVersion(1), createSampleVersion(2)];
  const save = (registry: Registry, id: string, { bytes, facts }: typeof first) =>
    registry.saveModel(createModelRecord(id, { text: toText(bytes) }), createScenarioRecord(id), {
      facts,
      signature: sign(),
    });

  it('is a version in the same save, the first one champion, the same one once', async () => {
    const open = openProfile();
    const registry = await open('one');
    await save(registry, 'm', first);
    await save(registry, 'n', second);
    await save(registry, 'o', first);
    const again = await open('two');
    const { state } = await readCheckedLog(again.versions);
    expect(state.versions.map(({ id, standing }) => [id, standing])).toEqual([
      [first.id, 'champion'],
      [second.id, 'candidate'],
    ]);
    expect(await again.listVersionPlaces()).toContainEqual({ id: second.id, modelId: 'n' });
    expect(await readSoundVersion(again.versions, second.id)).toEqual(second.bytes);
  });

  it('is in the project, which opens elsewhere as it was, byte for byte, twice as once', async () => {
    const here = await openProfile()('one');
    await here.saveDataset(createDatasetRecord('d'));
    await save(here, 'm', first);
    await save(here, 'n', second);
    await here.appendLedger(0, [
      { kind: 'announced', at: 1 },
      { kind: 'announced', at: 2 },
    ]);
    const bytes = writeProject(await here.exportProject());
    vi.stubGlobal('indexedDB', new IDBFactory());
    const there = await openProfile()('other');
    expect(await there.importProject(readProject(bytes))).toMatchObject({
      kind: 'further',
      nVersions: 2,
      nDatasets: 1,
      conflicts: [],
    });
    expect(writeProject(await there.exportProject())).toEqual(bytes);
    expect(await there.importProject(readProject(bytes))).toMatchObject({
      kind: 'nothing-new',
      nVersions: 0,
    });
    expect(writeProject(await there.exportProject())).toEqual(bytes);
    expect(await there.loadLedger()).toHaveLength(2);
    const { model, dataset } = await there.load();
    expect(model?.model.text === toText(first.bytes)).toBe(true);
    expect(await dataset?.bytes.text()).toBe('a;b\r\n1;2');
  });

  it('is found again where the log lost an entry in its midst, by a project that goes on from there', async () => {
    const here = await openProfile()('one');
    await save(here, 'm', first);
    await save(here, 'n', second);
    const project = await here.exportProject();
    const { own } = project.family;
    const [submitted, promoted, added] = own.entries;
    const torn = { ...project, family: { own: { ...own, entries: [submitted, added] }, others: [] } };
    expect(promoted?.action.kind).toBe('promote');
    vi.stubGlobal('indexedDB', new IDBFactory());
    const there = await openProfile()('other');
    await there.importProject(torn as typeof project);
    await expect(readCheckedLog(there.versions)).rejects.toMatchObject({ code: 'log-broken' });
    await there.importProject(project);
    expect((await readCheckedLog(there.versions)).entries).toEqual(own.entries);
  });

  it('stays where another log went on apart: both are kept, nothing is overwritten', async () => {
    const here = await openProfile()('one');
    await save(here, 'm', first);
    const begun = readProject(writeProject(await here.exportProject()));
    vi.stubGlobal('indexedDB', new IDBFactory());
    const there = await openProfile()('other');
    await there.importProject(begun);
    await save(there, 'q', second);
    const theirs = await there.exportProject();
    await act(there.versions, { kind: 'promote', version: second.id, gate: null, isForced: true }, sign());
    const promoted = await there.exportProject();
    vi.stubGlobal('indexedDB', new IDBFactory());
    const third = await openProfile()('third');
    await third.importProject(theirs);
    await act(third.versions, { kind: 'discard', version: second.id }, sign());
    expect(await third.importProject(promoted)).toMatchObject({ kind: 'forked', nVersions: 1 });
    expect(await third.listOtherLogs()).toHaveLength(1);
    expect((await readCheckedLog(third.versions)).state.champion).toBe(first.id);
    expect(await readSoundVersion(third.versions, second.id)).toEqual(second.bytes);
  });

  it('goes with its version where that is discarded, and may come back under its number', async () => {
    const registry = await openProfile()('one');
    await save(registry, 'm', first);
    await save(registry, 'n', second);
    await act(registry.versions, { kind: 'discard', version: second.id }, sign());
    expect((await registry.listModels()).map(({ id }) => id)).toEqual(['m']);
    await save(registry, 'p', second);
    const { state } = await readCheckedLog(registry.versions);
    expect(state.versions.map(({ number, standing }) => [number, standing])).toEqual([
      [1, 'champion'],
      [2, 'candidate'],
    ]);
    expect(await registry.listVersionPlaces()).toContainEqual({ id: second.id, modelId: 'p' });
  });
});
