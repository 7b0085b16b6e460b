import { AppError } from '#base/errors.ts';
import type { StoreNames } from 'idb';
import { type TrancheDatabase, type TrancheSchema, openDatabase } from './database.ts';
import {
  NO_PROJECT,
  readKeptWork,
  readModel,
  readShape,
  type StoredModel,
  type StoredProject,
} from './read-records.ts';
import type { ModelEntry, ProjectRecord } from './records.ts';
import { orderBySaving } from './order-by-saving.ts';
import { createRandomId } from './random-id.ts';
import { LAST_PROJECT, listFiles, sortOtherTabs, toTabKey } from './tab-projects.ts';
import type { Registry } from './registry.ts';

/**
 * Opens the registry of this browser for a tab, which finds under its own name what it showed last. `onEnd` is called when this tab can no longer save: another tab upgraded the
 * database, or the browser took it away. Rejects as `openDatabase` does.
 */
export async function openRegistry(
  onEnd: (reason: 'superseded' | 'lost') => void = () => {},
  tab: string = createRandomId(),
): Promise<Registry> {
  const database = await openDatabase({
    onSuperseded: () => onEnd('superseded'),
    onLost: () => onEnd('lost'),
  });
  return createRegistry(database, toTabKey(tab));
}

type StoreName = StoreNames<TrancheSchema>;

const modelStores = ['modelEntries', 'models', 'scenarios', 'secondOpinions'] as const;

function createRegistry(database: TrancheDatabase, tabKey: string): Registry {
  const begin = (stores: readonly StoreName[]) =>
    database.transaction(stores, 'readwrite', { durability: 'strict' });
  type Saving = ReturnType<typeof begin>;
  const beginReading = (stores: readonly StoreName[]) => database.transaction(stores, 'readonly');
  type Reading = ReturnType<typeof beginReading>;

  async function read<Result>(
    stores: readonly StoreName[],
    work: (reading: Reading) => Promise<Result>,
  ): Promise<Result> {
    try {
      const reading = beginReading(stores);
      const result = await work(reading);
      await reading.done;
      return result;
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  /**
   * Runs `work` in one transaction. A request that succeeds proves nothing (with the quota reached, the transaction
   * aborts afterwards), so only `done` counts.
   */
  async function save(stores: readonly StoreName[], work: (saving: Saving) => Promise<void>): Promise<void> {
    try {
      const saving = begin(stores);
      const completed = saving.done;
      // Otherwise an abort while `work` still waits would be an unhandled rejection.
      completed.catch(() => {});
      try {
        await work(saving);
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
    } catch (thrown) {
      throw toStorageError(thrown);
    }
  }

  async function getProject(reading: Reading | Saving) {
    const projects = reading.objectStore('projects');
    return (await projects.get(tabKey)) ?? (await projects.get(LAST_PROJECT));
  }

  async function changeProject(saving: Saving, changes: Partial<ProjectRecord>): Promise<void> {
    const { seenAt: _, ...changed } = { ...NO_PROJECT, ...(await getProject(saving)), ...changes, seenAt: 0 };
    const projects = saving.objectStore('projects');
    await projects.put({ ...changed, id: LAST_PROJECT });
    await projects.put({ ...changed, id: tabKey, seenAt: Date.now() });
  }

  /** What this tab shows is its own from now on. That it cannot be written is no reason not to show it. */
  async function holdProject(project: StoredProject | undefined): Promise<void> {
    if (!project || project.id === tabKey) return;
    await save(['projects'], async (saving) => {
      await saving.objectStore('projects').put({ ...project, id: tabKey, seenAt: Date.now() });
    }).catch(() => {});
  }

  /** Removes the files that no tab shows and no kept model was trained on. */
  async function removeUnseen(saving: Saving): Promise<void> {
    const projects = saving.objectStore('projects');
    const own = await getProject(saving);
    const { held, forgotten } = sortOtherTabs(await projects.getAll(), tabKey);
    for (const key of forgotten) await projects.delete(key);
    const shown = new Set([...held, ...(own ? listFiles(own) : [])]);
    const datasets = saving.objectStore('datasets');
    const trainedOn = saving.objectStore('modelEntries').index('datasetId');
    for (const id of await datasets.getAllKeys()) {
      if (!shown.has(id) && (await trainedOn.count(id)) === 0) await datasets.delete(id);
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
        };
      });
      await holdProject(stored.project);
      return readKeptWork(stored);
    },

    saveDataset: (dataset) =>
      save(['projects', 'datasets', 'modelEntries'], async (saving) => {
        await saving.objectStore('datasets').put(dataset);
        await changeProject(saving, { datasetId: dataset.id });
        await removeUnseen(saving);
      }),

    saveForecast: (forecast) =>
      save(['projects', 'datasets', 'modelEntries'], async (saving) => {
        const undecided = { sample: null, roles: [], recipe: null, ignoredFindings: [], unit: null };
        if (forecast) await saving.objectStore('datasets').put({ ...forecast, ...undecided });
        await changeProject(saving, { forecastId: forecast?.id ?? null });
        await removeUnseen(saving);
      }),

    loadDatasetBytes: async (id) =>
      (await read(['datasets'], (reading) => reading.objectStore('datasets').get(id)))?.bytes ?? null,

    updateDataset: (id, changes, memory) =>
      save(['datasets', 'shapes'], async (saving) => {
        const before = await saving.objectStore('datasets').get(id);
        if (!before) return;
        await saving.objectStore('datasets').put({ ...before, ...changes });
        const shapes = saving.objectStore('shapes');
        if (memory?.record) await shapes.put(memory.record);
        else if (memory) await shapes.delete(memory.shape);
      }),

    loadShape: async (shape) => {
      const stored = await read(['shapes'], (reading) => reading.objectStore('shapes').get(shape));
      return stored ? readShape(stored) : null;
    },

    saveModel: ({ result, text, ...entry }, scenario) =>
      save(['projects', 'modelEntries', 'models', 'scenarios'], async (saving) => {
        await saving.objectStore('modelEntries').add(entry);
        await saving.objectStore('models').add({ id: entry.id, result, text });
        await saving.objectStore('scenarios').put(scenario);
        await changeProject(saving, { modelId: entry.id });
      }),

    listModels: async (): Promise<readonly ModelEntry[]> =>
      orderBySaving(await read(['modelEntries'], (reading) => reading.objectStore('modelEntries').getAll())),

    loadModel: async (id) => {
      const stored = await read(modelStores, (reading) => getModel(reading, id));
      return stored && readModel(stored);
    },

    showModel: (id) =>
      save(['projects', 'modelEntries'], async (saving) => {
        if (id !== null && (await saving.objectStore('modelEntries').count(id)) === 0) {
          throw new AppError('unknown-model', `no model "${id}" is kept`, { modelId: id });
        }
        await changeProject(saving, { modelId: id });
      }),

    saveScenario: (scenario) =>
      save(['scenarios'], async (saving) => {
        await saving.objectStore('scenarios').put(scenario);
      }),

    saveSecondOpinion: (secondOpinion) =>
      save(['secondOpinions'], async (saving) => {
        await saving.objectStore('secondOpinions').put(secondOpinion);
      }),

    saveSettings: (settings) => save(['projects'], (saving) => changeProject(saving, { settings })),

    closeDataset: () => save(['projects'], (saving) => changeProject(saving, { datasetId: null })),

    close: () => database.close(),
  };
}

function abortQuietly(saving: { abort(): void }): void {
  try {
    saving.abort();
  } catch {
    // It has ended already: that is what we wanted.
  }
}

function toStorageError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  const message = thrown instanceof Error || thrown instanceof DOMException ? thrown.message : String(thrown);
  const code = name === 'QuotaExceededError' ? 'storage-full' : 'storage-unavailable';
  return new AppError(code, `Saving failed: ${name} ${message}`.trim(), { name, message });
}
