import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import { AppError } from '#base/errors.ts';
import type {
  SecondOpinionRecord,
  DatasetRecord,
  ModelRecord,
  ProjectRecord,
  ScenarioRecord,
  ShapeRecord,
} from './records.ts';

interface TrancheSchema extends DBSchema {
  projects: { key: string; value: ProjectRecord };
  datasets: { key: string; value: DatasetRecord };
  models: { key: string; value: ModelRecord; indexes: { datasetId: string } };
  scenarios: { key: string; value: ScenarioRecord };
  secondOpinions: { key: string; value: SecondOpinionRecord };
  shapes: { key: string; value: ShapeRecord };
}

export type TrancheDatabase = IDBPDatabase<TrancheSchema>;

export const DATABASE_NAME = 'tranche';
export const DATABASE_VERSION = 3;

/** Opening may hang for ever behind another tab that will not close its connection. */
const OPEN_PATIENCE_MS = 5000;

/**
 * Opens the database, making or upgrading it.
 *
 * `onSuperseded` is called when another tab wants to upgrade or delete it: this tab has then already closed its
 * connection and must not write any more. `onLost` is called when the browser ended the connection by itself.
 * Rejects with `storage-unavailable` where site data are blocked.
 */
export async function openDatabase(events: {
  readonly onSuperseded: () => void;
  readonly onLost: () => void;
}): Promise<TrancheDatabase> {
  // `async`: with site data blocked, `indexedDB.open` throws before there is a promise.
  const open = async () =>
    openDB<TrancheSchema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade(database, oldVersion) {
        if (oldVersion < 1) {
          database.createObjectStore('projects', { keyPath: 'id' });
          database.createObjectStore('datasets', { keyPath: 'id' });
          database.createObjectStore('models', { keyPath: 'id' }).createIndex('datasetId', 'datasetId');
          database.createObjectStore('scenarios', { keyPath: 'modelId' });
        }
        if (oldVersion < 2) database.createObjectStore('shapes', { keyPath: 'shape' });
        if (oldVersion < 3) database.createObjectStore('secondOpinions', { keyPath: 'modelId' });
      },
      blocking(_currentVersion, _blockedVersion, event) {
        (event.target as IDBDatabase).close();
        events.onSuperseded();
      },
      terminated: events.onLost,
    });
  const opening = open();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${OPEN_PATIENCE_MS} ms`)), OPEN_PATIENCE_MS);
  });
  try {
    return await Promise.race([opening, tooLate]);
  } catch (thrown) {
    // If it opens after all, nobody will use it: it must not stand in the way of other tabs.
    void opening.then(
      (database) => database.close(),
      () => {},
    );
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    throw new AppError('storage-unavailable', `IndexedDB cannot be opened: ${message}`, { message });
  } finally {
    clearTimeout(timer);
  }
}
