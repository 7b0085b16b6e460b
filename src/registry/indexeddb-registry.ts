import type { IDBPTransaction } from 'idb';
import { AppError } from '#base/errors.ts';
import { beginSaving, type StoreName } from './begin-saving.ts';
import {
  abortQuietly,
  openDatabase,
  readFrom,
  type TrancheDatabase,
  type TrancheSchema,
} from './database.ts';
import {
  NO_PROJECT,
  readKeptWork,
  readModel,
  readShape,
  type StoredModel,
  type StoredProject,
} from './read-records.ts';
import type { LogEntry } from '#versions/contract.ts';
import { checkCommit, throwMissing } from '#versions/version-store.ts';
import type { ModelEntry, ProjectRecord, Recovery } from './records.ts';
import { nameText, planSubmission, toBytes, toLogRecord, toModelEntry, toText } from './version-records.ts';
import { toDatasetRecord } from './forecast-record.ts';
import { mendDatabase } from './mend-database.ts';
import { type ImportOutcome, type KeptVersion, planImport, toProject } from './project-parts.ts';
import { findGuard, type Guard } from './second-copy/guard.ts';
import { type Change, toId } from './second-copy/second-copy.ts';
import type { Sentinel } from './second-copy/sentinel.ts';
import { planLedgerPart } from './ledger-part.ts';
import { orderBySaving } from './order-by-saving.ts';
import { createRandomId } from './random-id.ts';
import { LAST_PROJECT, listFiles, sortOtherTabs, toTabKey } from './tab-projects.ts';
import type { Registry, RegistryEvents } from './registry.ts';
import { createPersistenceRequest } from './ask-to-persist.ts';
import { openTabChannel, type TabChannel } from './tab-channel.ts';

/**
 * Opens the registry of this browser for a tab, which finds under its own name what it showed last; what the database
 * has lost is put back first. Rejects as `openDatabase` does.
 */
export async function openRegistry(
  { onEnd = () => {}, onChanged = () => {} }: Partial<RegistryEvents> = {},
  tab: string = createRandomId(),
): Promise<Registry> {
  const database = await openDatabase({
    onSuperseded: () => onEnd('superseded'),
    onLost: () => onEnd('lost'),
  });
  const guard = await findGuard();
  const recovery = await mendDatabase(database, guard).catch((thrown: unknown) => {
    throw toStorageError(thrown);
  });
  return createRegistry(database, toTabKey(tab), guard, recovery, openTabChannel(tab, onChanged));
}

const modelStores = ['modelEntries', 'models', 'scenarios', 'secondOpinions'] as const;
const versionStores = ['versionLog', 'versions'] as const;

/** The second copy is waited for so long: a save that the database has is not to hang on it. */
const COPY_PATIENCE_MS = 5000;

function createRegistry(
  database: TrancheDatabase,
  tabKey: string,
  { witness, copy }: Guard,
  recovery: Recovery | null,
  channel: TabChannel,
): Registry {
  const askToPersist = createPersistenceRequest();
  const begin = (stores: readonly StoreName[]) => beginSaving(database, stores);
  type Saving = ReturnType<typeof begin>;
  type Reading = IDBPTransaction<TrancheSchema, StoreName[]>;

  const read = <Result>(stores: readonly StoreName[], work: (reading: Reading) => Promise<Result>) =>
    readFrom(database, [...stores], work).catch((thrown: unknown) => {
      throw toStorageError(thrown);
    });

  /**
   * Runs `work` in one transaction. A request that succeeds proves nothing (with the quota reached, the transaction
   * aborts afterwards), so only `done` counts. Then what was saved is noted and copied beside the database.
   */
  async function save(stores: readonly StoreName[], work: (saving: Saving) => Promise<void>): Promise<void> {
    try {
      const saving = begin(stores);
      const completed = saving.done;
      // Otherwise an abort while `work` still waits would be an unhandled rejection.
      completed.catch(() => {});
      let sentinel: Sentinel;
      try {
        await work(saving);
        sentinel = await saving.count();
      } catch (thrown) {
        abortQuietly(saving);
        if (thrown instanceof AppError) throw thrown;
        // A request cut off by the end of its transaction only says AbortError: the transaction knows why.
        throw await completed.then(
          () => thrown,
          (reason: unknown) => reason,
        );
      }
      await completed;
      witness.note(sentinel);
      channel.tellChanged(saving.changes.map(toId));
      askToPersist();
      await copyPatiently(saving.changes, sentinel);
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  /** That there is no copy is no reason to call unsaved what the database has. */
  async function copyPatiently(changes: readonly Change[], sentinel: Sentinel): Promise<void> {
    const copying = async () => {
      await copy?.put(changes, sentinel.count);
      await copy?.noteOne(sentinel);
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const tooLate = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, COPY_PATIENCE_MS);
    });
    await Promise.race([copying().catch(() => {}), tooLate]);
    clearTimeout(timer);
  }

  async function getProject(reading: Reading | Saving) {
    const projects = reading.objectStore('projects');
    return (await projects.get(tabKey)) ?? (await projects.get(LAST_PROJECT));
  }

  async function changeProject(saving: Saving, changes: Partial<ProjectRecord>): Promise<void> {
    const { seenAt: _, ...changed } = { ...NO_PROJECT, ...(await getProject(saving)), ...changes, seenAt: 0 };
    await saving.put('projects', { ...changed, id: LAST_PROJECT });
    await saving.put('projects', { ...changed, id: tabKey, seenAt: Date.now() });
  }

  /** What this tab shows is its own from now on. That it cannot be written is no reason not to show it. */
  async function holdProject(project: StoredProject | undefined): Promise<void> {
    if (!project || project.id === tabKey) return;
    await save(['projects'], async (saving) => {
      await saving.put('projects', { ...project, id: tabKey, seenAt: Date.now() });
    }).catch(() => {});
  }

  /** Removes the files that no tab shows and no kept model was trained on. */
  async function removeUnseen(saving: Saving): Promise<void> {
    const projects = saving.objectStore('projects');
    const own = await getProject(saving);
    const { held, forgotten } = sortOtherTabs(await projects.getAll(), tabKey);
    for (const key of forgotten) await saving.remove('projects', key);
    const shown = new Set([...held, ...(own ? listFiles(own) : [])]);
    const datasets = saving.objectStore('datasets');
    const trainedOn = saving.objectStore('modelEntries').index('datasetId');
    for (const id of await datasets.getAllKeys()) {
      if (!shown.has(id) && (await trainedOn.count(id)) === 0) await saving.remove('datasets', id);
    }
  }

  async function getModel(reading: Reading, id: string): Promise<StoredModel | null> {
    const entry = await reading.objectStore('modelEntries').get(id);
    const content = await reading.objectStore('models').get(id);
    if (!entry || !content) return null;
    return {
      entry,
      content,
      scenario: await reading.objectStore('scenarios').get(id),
      secondOpinion: (await reading.objectStore('secondOpinions').get(id))?.secondOpinion,
    };
  }

  async function getLog(reading: Reading | Saving): Promise<readonly unknown[]> {
    const records = await reading.objectStore('versionLog').getAll();
    return records.map(({ entry }) => entry);
  }

  async function putVersion(saving: Saving, entry: LogEntry, bytes: Uint8Array): Promise<void> {
    const { version: id } = entry.action;
    const modelId = `version-${id}`;
    const listed = toModelEntry(modelId, entry);
    if (listed) await saving.put('modelEntries', listed);
    await saving.put('models', { id: modelId, result: null, text: toText(bytes) });
    await saving.put('versions', { id, modelId });
  }

  async function putKeptVersion(saving: Saving, version: KeptVersion): Promise<void> {
    const { id, modelId, entry, text, result, scenario, secondOpinion } = version;
    await saving.put('modelEntries', entry);
    await saving.put('models', { id: modelId, result, text });
    await saving.put('versions', { id, modelId });
    if (scenario) await saving.put('scenarios', scenario as { readonly modelId: string });
    if (secondOpinion) await saving.put('secondOpinions', { modelId, secondOpinion });
  }

  /** Its champion and the data of that, where nothing was on show. */
  async function showImported(
    saving: Saving,
    { champion, versions }: Pick<ReturnType<typeof planImport>, 'champion' | 'versions'>,
  ): Promise<void> {
    const project = await getProject(saving);
    const shown = versions.find(({ id }) => id === champion);
    if (!shown || project?.modelId || project?.datasetId) return;
    const { datasetId } = shown.entry;
    const isThere = datasetId !== null && (await saving.objectStore('datasets').count(datasetId)) > 0;
    await changeProject(saving, { modelId: shown.modelId, ...(isThere && { datasetId }) });
  }

  async function removeVersion(saving: Saving, id: string): Promise<void> {
    const place = await saving.objectStore('versions').get(id);
    await saving.remove('versions', id);
    if (!place) return;
    for (const store of modelStores) await saving.remove(store, place.modelId);
  }

  return {
    load: async () => {
      const stored = await read(['projects', 'datasets', ...modelStores], async (reading) => {
        const project = await getProject(reading);
        const { datasetId, modelId, forecastId } = { ...NO_PROJECT, ...project };
        const datasets = reading.objectStore('datasets');
        return {
          project,
          forecast: forecastId ? await datasets.get(forecastId) : undefined,
          dataset: datasetId === null ? undefined : await datasets.get(datasetId),
          model: modelId === null ? null : await getModel(reading, modelId),
          recovery,
        };
      });
      await holdProject(stored.project);
      return readKeptWork(stored);
    },

    saveDataset: (dataset) =>
      save(['projects', 'datasets', 'modelEntries'], async (saving) => {
        await saving.put('datasets', dataset);
        await changeProject(saving, { datasetId: dataset.id });
        await removeUnseen(saving);
      }),

    saveForecast: (forecast) =>
      save(['projects', 'datasets', 'modelEntries'], async (saving) => {
        if (forecast) await saving.put('datasets', toDatasetRecord(forecast));
        await changeProject(saving, { forecastId: forecast?.id ?? null });
        await removeUnseen(saving);
      }),

    loadDatasetBytes: async (id) =>
      (await read(['datasets'], (reading) => reading.objectStore('datasets').get(id)))?.bytes ?? null,

    updateDataset: (id, changes, memory) =>
      save(['datasets', 'shapes'], async (saving) => {
        const before = await saving.objectStore('datasets').get(id);
        if (!before) return;
        await saving.put('datasets', { ...before, ...changes });
        if (memory?.record) await saving.put('shapes', memory.record);
        else if (memory) await saving.remove('shapes', memory.shape);
      }),

    loadShape: async (shape) => {
      const stored = await read(['shapes'], (reading) => reading.objectStore('shapes').get(shape));
      return stored ? readShape(stored) : null;
    },

    saveModel: ({ result, text, ...entry }, scenario, submission) => {
      const version = submission && nameText(text);
      return save(['projects', 'modelEntries', 'models', 'scenarios', ...versionStores], async (saving) => {
        await saving.add('modelEntries', entry);
        await saving.add('models', { id: entry.id, result, text });
        await saving.put('scenarios', scenario);
        await changeProject(saving, { modelId: entry.id });
        if (!submission || version === undefined) return;
        const planned = planSubmission(await getLog(saving), version, submission);
        for (const each of planned) await saving.add('versionLog', toLogRecord(each));
        if (planned.length > 0) await saving.put('versions', { id: version, modelId: entry.id });
      });
    },

    versions: {
      readLog: () => read(['versionLog'], getLog),
      readVersion: async (id) => {
        const text = await read(['versions', 'models'], async (reading) => {
          const place = await reading.objectStore('versions').get(id);
          return place && (await reading.objectStore('models').get(place.modelId))?.text;
        });
        return text === undefined ? throwMissing(id) : toBytes(text);
      },
      commit: async (entry, bytes) => {
        const { kind, version } = entry.action;
        await save([...versionStores, ...modelStores], async (saving) => {
          checkCommit(((await getLog(saving)).at(-1) ?? null) as LogEntry | null, entry, bytes);
          await saving.add('versionLog', toLogRecord(entry));
          if (kind === 'submit' && bytes) await putVersion(saving, entry, bytes);
          if (kind === 'discard') await removeVersion(saving, version);
        });
      },
    },

    listVersionPlaces: () => read(['versions'], (reading) => reading.objectStore('versions').getAll()),

    exportProject: async () => {
      const kept = await read(
        ['datasets', 'otherLogs', 'ledger', ...versionStores, ...modelStores],
        async (reading) => {
          const versions: KeptVersion[] = [];
          for (const place of await reading.objectStore('versions').getAll()) {
            const stored = await getModel(reading, place.modelId);
            if (!stored) continue;
            const { entry, content, scenario, secondOpinion } = stored;
            versions.push({
              ...place,
              entry,
              text: content.text,
              result: content.result,
              scenario,
              secondOpinion,
            });
          }
          const datasets = await reading.objectStore('datasets').getAll();
          return {
            log: await getLog(reading),
            otherLogs: await reading.objectStore('otherLogs').getAll(),
            versions,
            datasets,
            ledger: (await reading.objectStore('ledger').getAll()).flatMap(({ events }) => events),
          };
        },
      );
      return toProject(kept);
    },

    importProject: async (project) => {
      let outcome: ImportOutcome | null = null;
      const stores = [
        'projects',
        'datasets',
        'otherLogs',
        'ledger',
        ...versionStores,
        ...modelStores,
      ] as const;
      await save(stores, async (saving) => {
        const datasets = await saving.objectStore('datasets').getAll();
        const parts = await saving.objectStore('ledger').getAll();
        const ledger = parts.flatMap(({ events }) => events);
        const plan = planImport(project, {
          log: await getLog(saving),
          otherLogs: await saving.objectStore('otherLogs').getAll(),
          versions: new Set(await saving.objectStore('versions').getAllKeys()),
          datasets: new Map(datasets.map((dataset) => [dataset.id, dataset])),
          ledger,
        });
        if (plan.ledger.length > 0)
          await saving.add('ledger', planLedgerPart(parts, ledger.length, plan.ledger));
        if (plan.torn.length > 0) {
          const numbers = await saving.objectStore('versionLog').getAllKeys();
          for (const key of numbers.slice(-plan.torn.length)) await saving.remove('versionLog', key);
        }
        for (const entry of plan.entries) await saving.put('versionLog', toLogRecord(entry));
        for (const head of plan.gone) await saving.remove('otherLogs', head);
        for (const other of plan.otherLogs) await saving.put('otherLogs', other);
        for (const dataset of plan.datasets) await saving.put('datasets', dataset);
        for (const version of plan.versions) await putKeptVersion(saving, version);
        await showImported(saving, plan);
        outcome = plan.outcome;
      });
      return outcome as unknown as ImportOutcome;
    },

    listOtherLogs: () => read(['otherLogs'], (reading) => reading.objectStore('otherLogs').getAll()),

    loadLedger: async () =>
      (await read(['ledger'], (reading) => reading.objectStore('ledger').getAll())).flatMap(
        ({ events }) => events,
      ),

    appendLedger: (nKnown, events) =>
      save(['ledger'], async (saving) => {
        const parts = await saving.objectStore('ledger').getAll();
        await saving.add('ledger', planLedgerPart(parts, nKnown, events));
      }),

    listModels: async (): Promise<readonly ModelEntry[]> =>
      orderBySaving(await read(['modelEntries'], (reading) => reading.objectStore('modelEntries').getAll())),

    loadModel: async (id) => {
      const stored = await read(modelStores, (reading) => getModel(reading, id));
      return stored && readModel(stored);
    },

    markInFile: (id) =>
      save(['modelEntries'], async (saving) => {
        const entry = await saving.objectStore('modelEntries').get(id);
        if (entry) await saving.put('modelEntries', { ...entry, isInFile: true });
      }),

    showModel: (id) =>
      save(['projects', 'modelEntries'], async (saving) => {
        if (id !== null && (await saving.objectStore('modelEntries').count(id)) === 0) {
          throw new AppError('unknown-model', `no model "${id}" is kept`, { modelId: id });
        }
        await changeProject(saving, { modelId: id });
      }),

    saveScenario: (scenario) =>
      save(['scenarios'], async (saving) => {
        await saving.put('scenarios', scenario);
      }),

    saveSecondOpinion: (secondOpinion) =>
      save(['secondOpinions'], async (saving) => {
        await saving.put('secondOpinions', secondOpinion);
      }),

    saveSettings: (settings) => save(['projects'], (saving) => changeProject(saving, { settings })),

    closeDataset: () => save(['projects'], (saving) => changeProject(saving, { datasetId: null })),

    close: () => {
      channel.close();
      database.close();
    },
  };
}

function toStorageError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : String(thrown);
  const code = name === 'QuotaExceededError' ? 'storage-full' : 'storage-unavailable';
  return new AppError(code, `Saving failed: ${name} ${message}`.trim(), { name, message });
}
