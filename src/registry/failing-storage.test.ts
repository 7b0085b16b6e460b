import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#base/errors.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { openRegistry } from './indexeddb-registry.ts';
import type { Registry } from './registry.ts';
import { createFailingCalls, type FailingCalls, guardMethods } from '#base/testing/failing-calls.ts';
import { createSampleVersion, sign } from '#versions/testing/sample-versions.ts';
import { readCheckedLog, readSoundVersion } from '#versions/version-store.ts';
import { failDatabase } from './testing/failing-database.ts';
import { toText } from './version-records.ts';
import { createFakeCaches, createFakeLocalStorage } from './testing/fake-stores.ts';
import { createDatasetRecord, createModelRecord, createScenarioRecord } from './testing/registry-suite.ts';

const version = createSampleVersion(1);

/** One save of every kind, and how a later visit finds it. */
const saves: readonly {
  readonly save: (registry: Registry) => Promise<void>;
  readonly isKept: (registry: Registry) => Promise<boolean>;
}[] = [
  {
    save: (registry) => registry.saveDataset(createDatasetRecord('d')),
    isKept: async (registry) => (await (await registry.loadDatasetBytes('d'))?.text()) === 'a;b\r\n1;2',
  },
  {
    save: (registry) => registry.saveModel(createModelRecord('m'), createScenarioRecord('m')),
    isKept: async (registry) => (await registry.loadModel('m'))?.model.text === '{}',
  },
  {
    save: (registry) => {
      const { bytes, facts } = version;
      const model = createModelRecord('v', { text: toText(bytes) });
      return registry.saveModel(model, createScenarioRecord('v'), { facts, signature: sign() });
    },
    isKept: async ({ versions }) => {
      const { state } = await readCheckedLog(versions);
      const bytes = await readSoundVersion(versions, version.id).catch(() => null);
      return state.champion === version.id && bytes !== null;
    },
  },
  {
    save: (registry) => registry.saveScenario({ ...createScenarioRecord('m'), targetDuration: 25 }),
    isKept: async (registry) => {
      const kept = await registry.loadModel('m');
      return kept === null || kept.scenario?.targetDuration === 25;
    },
  },
  {
    save: (registry) => registry.saveSettings({ ...defaultTrainingSettings, seed: 42 }),
    isKept: async (registry) => (await registry.load()).settings?.seed === 42,
  },
  {
    save: (registry) => {
      const record = { ...createDatasetRecord('d'), shape: 's', nLeftBehind: 0 };
      return registry.updateDataset('d', { ignoredFindings: ['f'] }, { shape: 's', record });
    },
    isKept: async (registry) => {
      const bytes = await registry.loadDatasetBytes('d');
      return bytes === null || (await registry.loadShape('s')) !== null;
    },
  },
  {
    save: (registry) => registry.appendLedger(0, ['announced']),
    isKept: async (registry) => (await registry.loadLedger())[0] === 'announced',
  },
  {
    save: (registry) => registry.markInFile('m'),
    isKept: async (registry) =>
      (await registry.loadModel('m'))?.model.isInFile !== undefined || !(await registry.loadModel('m')),
  },
];

const openTab = () => openRegistry({}, 'one');

/** Saves one thing after the other; gives those that were acknowledged. A refusal is a sentence of the storage. */
async function saveAll(): Promise<readonly (typeof saves)[number][]> {
  const acknowledged = [];
  const refusals: unknown[] = [];
  const registry = await openTab().catch((thrown: unknown) => void refusals.push(thrown));
  for (const each of registry ? saves : []) {
    try {
      await each.save(registry as Registry);
      acknowledged.push(each);
    } catch (thrown) {
      refusals.push(thrown);
    }
  }
  registry?.close();
  for (const refusal of refusals) {
    expect(refusal).toBeInstanceOf(AppError);
    expect(['storage-unavailable', 'storage-full']).toContain((refusal as AppError).code);
  }
  return acknowledged;
}

/** Of the acknowledged things those that a later visit does not find, by their position. */
async function findBroken(acknowledged: readonly (typeof saves)[number][]): Promise<readonly number[]> {
  const registry = await openTab();
  const broken = [];
  for (const each of acknowledged) {
    if (!(await each.isKept(registry))) broken.push(saves.indexOf(each));
  }
  registry.close();
  return broken;
}

afterEach(() => void vi.restoreAllMocks());

/** Saves all with the k-th call failing, for every k there is, each time in a browser nobody has used. */
async function forEveryCall(
  calls: FailingCalls,
  arrange: () => void,
  check: (acknowledged: readonly (typeof saves)[number][], k: number) => Promise<void>,
): Promise<void> {
  for (let k = 1, hasFailed = true; hasFailed; k++) {
    vi.stubGlobal('indexedDB', new IDBFactory());
    arrange();
    calls.arm(k);
    const acknowledged = await saveAll();
    hasFailed = calls.hasFailed();
    calls.arm(Infinity);
    expect({ k, isAll: hasFailed || acknowledged.length === saves.length }).toEqual({ k, isAll: true });
    await check(acknowledged, k);
    nCalls = k;
  }
}

let nCalls = 0;

describe('where the k-th call fails, for every k, nothing acknowledged is lost', () => {
  it.each([
    ['of the database, which throws', false],
    ['of the database, whose transaction aborts after its request succeeded', true],
  ])('%s', async (_name, isLate) => {
    const calls = createFailingCalls(() => new DOMException('full', 'QuotaExceededError'));
    failDatabase(calls, isLate);
    await forEveryCall(
      calls,
      () => {},
      async (acknowledged, k) => {
        const broken = await findBroken(acknowledged);
        expect({ k, broken }).toEqual({ k, broken: [] });
      },
    );
    expect(nCalls).toBeGreaterThan(30);
  });

  it.each([
    ['of the Cache API', true],
    ['of localStorage', false],
  ])('%s: all is saved, and a loss of the database is mended or said', async (_name, hasCaches) => {
    const calls = createFailingCalls(() => new DOMException('full', 'QuotaExceededError'));
    let nWhole = 0;
    const arrange = () => {
      const fake = createFakeCaches();
      const caches = {
        open: async (name: string) => {
          calls.pass();
          return guardMethods(await fake.open(name), ['keys', 'match', 'put', 'delete'], calls);
        },
      };
      vi.stubGlobal('caches', hasCaches ? caches : undefined);
      const storage = createFakeLocalStorage();
      vi.stubGlobal(
        'localStorage',
        hasCaches ? storage : guardMethods(storage, ['setItem', 'removeItem'], calls),
      );
    };
    await forEveryCall(calls, arrange, async (acknowledged, k) => {
      expect({ k, acknowledged: acknowledged.length }).toEqual({ k, acknowledged: saves.length });
      expect({ k, broken: await findBroken(acknowledged) }).toEqual({ k, broken: [] });
      vi.stubGlobal('indexedDB', new IDBFactory());
      const registry = await openTab();
      const { recovery } = await registry.load();
      registry.close();
      const isWhole =
        recovery !== null &&
        !recovery.isBehind &&
        recovery.nLostModels === 0 &&
        recovery.lostFiles.length === 0;
      const broken = await findBroken(acknowledged);
      expect({ k, kind: recovery?.kind, broken: isWhole ? broken : [] }).toEqual({
        k,
        kind: 'emptied',
        broken: [],
      });
      if (isWhole) nWhole++;
    });
    expect(nCalls).toBeGreaterThan(30);
    // What localStorage has may be seconds old: it never counts as whole.
    expect(nWhole > 0).toBe(hasCaches);
  });
});
