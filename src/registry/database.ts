import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB, type StoreNames } from 'idb';
import { AppError } from '#base/errors.ts';
import { type DatabaseUpgrade, databaseUpgrades } from './database-upgrades.ts';
import type { LedgerPart } from './ledger-part.ts';
import type { StoredDataset, StoredProject, StoredShape } from './read-records.ts';
import type { ModelEntry } from './records.ts';
import type { Sentinel } from './second-copy/sentinel.ts';
import type { OtherLog, StoredLogEntry, VersionPlace } from './version-records.ts';

/** As they may stand there, written by this version or an older one; `read-records.ts` makes them complete. */
export interface TrancheSchema extends DBSchema {
  projects: { key: string; value: StoredProject };
  datasets: { key: string; value: StoredDataset };
  modelEntries: { key: string; value: ModelEntry; indexes: { datasetId: string } };
  models: { key: string; value: { readonly id: string; readonly result: unknown; readonly text: string } };
  scenarios: { key: string; value: { readonly modelId: string } };
  secondOpinions: { key: string; value: { readonly modelId: string; readonly secondOpinion: unknown } };
  shapes: { key: string; value: StoredShape };
  /** By number, written out. */
  versionLog: { key: string; value: StoredLogEntry };
  versions: { key: string; value: VersionPlace };
  otherLogs: { key: string; value: OtherLog };
  /** By the number of the first event of each save, written out. */
  ledger: { key: string; value: LedgerPart };
  sentinels: { key: string; value: Sentinel };
}

export type TrancheDatabase = IDBPDatabase<TrancheSchema>;

export const DATABASE_NAME = 'tranche';
export const DATABASE_VERSION = 6;

/** Reads in one transaction, whose end is waited for too: one that aborts has told nothing. */
export async function readFrom<Name extends StoreNames<TrancheSchema>, Result>(
  database: TrancheDatabase,
  stores: Name[],
  work: (reading: IDBPTransaction<TrancheSchema, Name[]>) => Promise<Result>,
): Promise<Result> {
  const reading = database.transaction(stores, 'readonly');
  const completed = reading.done;
  // Otherwise an abort while `work` still waits would be an unhandled rejection.
  completed.catch(() => {});
  const result = await work(reading);
  await completed;
  return result;
}

export function abortQuietly(transaction: { abort(): void }): void {
  try {
    transaction.abort();
  } catch {
    // It has ended already: that is what we wanted.
  }
}

/** Opening may hang for ever behind another tab that will not close its connection. */
const OPEN_PATIENCE_MS = 5000;

/**
 * Opens the database, making or upgrading it.
 *
 * `onSuperseded` is called when another tab wants to upgrade or delete it: this tab has then already closed its
 * connection and must not write any more. `onLost` is called when the browser ended the connection by itself.
 * Rejects with `storage-unavailable` where site data are blocked, `storage-too-new` where a newer build was here.
 */
export async function openDatabase(events: {
  readonly onSuperseded: () => void;
  readonly onLost: () => void;
}): Promise<TrancheDatabase> {
  // `async`: with site data blocked, `indexedDB.open` throws before there is a promise.
  const open = async () =>
    openDB<TrancheSchema>(DATABASE_NAME, DATABASE_VERSION, {
      upgrade(database, oldVersion, _newVersion, transaction) {
        // The upgraders know stores that are no more, and those to come: not the schema of today.
        const any = [database, transaction] as unknown as Parameters<DatabaseUpgrade['up']>;
        const pending = databaseUpgrades.filter(({ to }) => to > oldVersion);
        const running = (async () => {
          for (const { up } of pending) await up(...any);
        })();
        // Nobody awaits this: an upgrader that fails must end the transaction, and opening fails with it.
        transaction.done.catch(() => {});
        running.catch(() => abortQuietly(transaction));
      },
      blocking(_currentVersion, _blockedVersion, event) {
        (event.target as IDBDatabase).close();
        events.onSuperseded();
      },
      terminated: events.onLost,
    });
  // A damaged database is thrown away by the browser as it fails to open, and opens, empty, the next time.
  const opening = open().catch((thrown: unknown) => {
    if (thrown instanceof Error && thrown.name === 'UnknownError') return open();
    throw thrown;
  });
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
    const isTooNew = thrown instanceof Error && thrown.name === 'VersionError';
    throw new AppError(
      isTooNew ? 'storage-too-new' : 'storage-unavailable',
      `IndexedDB cannot be opened: ${message}`,
      { message },
    );
  } finally {
    clearTimeout(timer);
  }
}
