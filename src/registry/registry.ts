import { AppError } from '#base/errors.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { type TrancheDatabase, openDatabase } from './database.ts';
import type {
  SecondOpinionRecord,
  DataDecisions,
  DatasetRecord,
  KeptWork,
  ModelRecord,
  ProjectRecord,
  ScenarioRecord,
  ShapeRecord,
} from './records.ts';

/**
 * What is kept between two visits. Every save is ONE transaction and resolves only after it completed: before
 * that, nothing may be called saved. Rejects with `storage-full` or `storage-unavailable`.
 */
export interface Registry {
  load(): Promise<KeptWork>;
  /** Keeps a file and makes it the open one; earlier files that no model was trained on are removed. */
  saveDataset(dataset: DatasetRecord): Promise<void>;
  /** The kept copy of a file: null if it is not kept. */
  loadDatasetBytes(id: string): Promise<Blob | null>;
  /**
   * Changes what the user decided about a file; does nothing if it is no longer kept. In the same transaction the next
   * file of the shape is told of it: `null` forgets what was decided.
   */
  updateDataset(
    id: string,
    changes: Partial<DataDecisions & Pick<DatasetRecord, 'overrides'>>,
    memory?: { readonly shape: string; readonly record: ShapeRecord | null },
  ): Promise<void>;
  /** What was decided about the last file of that shape; null where nothing was. */
  loadShape(shape: string): Promise<ShapeRecord | null>;
  /** Adds a model (never replaces one) and makes it the open one, with its first scenario. */
  saveModel(model: ModelRecord, scenario: ScenarioRecord): Promise<void>;
  saveScenario(scenario: ScenarioRecord): Promise<void>;
  saveSecondOpinion(secondOpinion: SecondOpinionRecord): Promise<void>;
  saveSettings(settings: TrainingSettings): Promise<void>;
  /** What is closed is no longer opened at the start; models stay kept. */
  closeDataset(): Promise<void>;
  closeModel(): Promise<void>;
  close(): void;
}

const NO_PROJECT: ProjectRecord = { id: 'current', datasetId: null, modelId: null, settings: null };

/**
 * Opens the registry. `onEnd` is called when this tab can no longer save: another tab upgraded the database, or
 * the browser took it away. Rejects with `storage-unavailable`.
 */
export async function openRegistry(
  onEnd: (reason: 'superseded' | 'lost') => void = () => {},
): Promise<Registry> {
  const database = await openDatabase({
    onSuperseded: () => onEnd('superseded'),
    onLost: () => onEnd('lost'),
  });
  return createRegistry(database);
}

type StoreName = 'projects' | 'datasets' | 'models' | 'scenarios' | 'secondOpinions' | 'shapes';

function createRegistry(database: TrancheDatabase): Registry {
  const begin = (stores: readonly StoreName[]) =>
    database.transaction(stores, 'readwrite', { durability: 'strict' });
  type Saving = ReturnType<typeof begin>;

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

  async function changeProject(saving: Saving, changes: Partial<ProjectRecord>): Promise<ProjectRecord> {
    const projects = saving.objectStore('projects');
    const before = (await projects.get('current')) ?? NO_PROJECT;
    await projects.put({ ...before, ...changes });
    return before;
  }

  return {
    async load() {
      try {
        const stores = ['projects', 'datasets', 'models', 'scenarios', 'secondOpinions'] as const;
        const reading = database.transaction(stores, 'readonly');
        const project = (await reading.objectStore('projects').get('current')) ?? NO_PROJECT;
        const { datasetId, modelId, settings } = project;
        const dataset = datasetId === null ? null : await reading.objectStore('datasets').get(datasetId);
        const model = modelId === null ? null : await reading.objectStore('models').get(modelId);
        const scenario = modelId === null ? null : await reading.objectStore('scenarios').get(modelId);
        const secondOpinion =
          modelId === null ? null : await reading.objectStore('secondOpinions').get(modelId);
        await reading.done;
        return {
          settings,
          dataset: dataset ?? null,
          model: model ?? null,
          scenario: scenario ?? null,
          secondOpinion: secondOpinion ?? null,
        };
      } catch (thrown) {
        throw toStorageError(thrown);
      }
    },

    saveDataset: (dataset) =>
      save(['projects', 'datasets', 'models'], async (saving) => {
        const datasets = saving.objectStore('datasets');
        await datasets.put(dataset);
        await changeProject(saving, { datasetId: dataset.id });
        const trainedOn = saving.objectStore('models').index('datasetId');
        for (const id of await datasets.getAllKeys()) {
          if (id !== dataset.id && (await trainedOn.count(id)) === 0) await datasets.delete(id);
        }
      }),

    async loadDatasetBytes(id) {
      try {
        return (await database.get('datasets', id))?.bytes ?? null;
      } catch (thrown) {
        throw toStorageError(thrown);
      }
    },

    updateDataset: (id, changes, memory) =>
      save(['datasets', 'shapes'], async (saving) => {
        const before = await saving.objectStore('datasets').get(id);
        if (!before) return;
        await saving.objectStore('datasets').put({ ...before, ...changes });
        const shapes = saving.objectStore('shapes');
        if (memory?.record) await shapes.put(memory.record);
        else if (memory) await shapes.delete(memory.shape);
      }),

    async loadShape(shape) {
      try {
        return (await database.get('shapes', shape)) ?? null;
      } catch (thrown) {
        throw toStorageError(thrown);
      }
    },

    saveModel: (model, scenario) =>
      save(['projects', 'models', 'scenarios'], async (saving) => {
        await saving.objectStore('models').add(model);
        await saving.objectStore('scenarios').put(scenario);
        await changeProject(saving, { modelId: model.id });
      }),

    saveScenario: (scenario) =>
      save(['scenarios'], async (saving) => {
        await saving.objectStore('scenarios').put(scenario);
      }),

    saveSecondOpinion: (secondOpinion) =>
      save(['secondOpinions'], async (saving) => {
        await saving.objectStore('secondOpinions').put(secondOpinion);
      }),

    saveSettings: (settings) =>
      save(['projects'], async (saving) => {
        await changeProject(saving, { settings });
      }),

    closeDataset: () =>
      save(['projects'], async (saving) => {
        await changeProject(saving, { datasetId: null });
      }),

    closeModel: () =>
      save(['projects'], async (saving) => {
        await changeProject(saving, { modelId: null });
      }),

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
