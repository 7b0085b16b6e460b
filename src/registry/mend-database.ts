import type { IDBPTransaction, StoreNames } from 'idb';
import { readFrom, type TrancheDatabase, type TrancheSchema } from './database.ts';
import { LAST_PROJECT } from './tab-projects.ts';
import type { Recovery } from './records.ts';
import type { Guard } from './second-copy/guard.ts';
import { toId, type SecondCopy } from './second-copy/second-copy.ts';
import { lacksSaves, NOTHING_SAVED, type Sentinel } from './second-copy/sentinel.ts';

type StoreName = StoreNames<TrancheSchema>;
type Reading<Name extends StoreName> = IDBPTransaction<TrancheSchema, Name[]>;

/** The models' contents before what lists them: an entry without its content is not put back. */
const copiedStores = [
  'datasets',
  'models',
  'modelEntries',
  'scenarios',
  'secondOpinions',
  'shapes',
  'versions',
  'versionLog',
  'otherLogs',
  'ledger',
  'projects',
] as const satisfies readonly StoreName[];

/**
 * Finds out, before anything is read, whether the database has all that was acknowledged. If not, puts back what the
 * second copy has, one record at a time, so that a browser that ends in between goes on at the next start.
 *
 * Null where nothing is missing. A second copy that is behind is brought up to date, without being waited for.
 */
export async function mendDatabase(
  database: TrancheDatabase,
  { witness, copy }: Guard,
): Promise<Recovery | null> {
  const found = await readFrom(database, ['sentinels'], readSentinelOf);
  const copied = (await copy?.readSentinel().catch(() => null)) ?? NOTHING_SAVED;
  const noted = witness.read();
  const acknowledged = noted.count > copied.count ? noted : copied;
  if (!lacksSaves(found, acknowledged)) {
    witness.note(found);
    if (copy && found.hash !== copied.hash) void copyAll(database, copy, found).catch(() => {});
    return null;
  }
  const lost = copy ? await putBack(database, copy, found) : { files: [], nModels: 0, isUnreadable: true };
  await putIfUnchanged(database, found, 'sentinels', acknowledged, 'last');
  return readFrom(database, ['modelEntries', 'datasets'], async (reading) => ({
    kind: found.count === 0 ? 'emptied' : 'torn',
    nModels: await reading.objectStore('modelEntries').count(),
    files: (await reading.objectStore('datasets').getAll()).map(({ name }) => name),
    lostFiles: lost.files,
    nLostModels: lost.nModels,
    isBehind: lost.isUnreadable || copy?.isLazy !== false || copied.count < acknowledged.count,
  }));
}

async function readSentinelOf(reading: Reading<'sentinels'>): Promise<Sentinel> {
  return (await reading.objectStore('sentinels').get('last')) ?? NOTHING_SAVED;
}

/** Gives what the copy knows of and does not have whole. */
async function putBack(database: TrancheDatabase, copy: SecondCopy, found: Sentinel) {
  const addresses = await copy.list().catch(() => null);
  const lost = { files: [] as string[], nModels: 0, isUnreadable: addresses === null };
  for (const store of copiedStores) {
    const has = (inStore: StoreName, key: string) =>
      readFrom(database, [inStore], async (reading) => (await reading.objectStore(inStore).count(key)) > 0);
    for (const { key, saved } of addresses?.filter((address) => address.store === store) ?? []) {
      // What is there, and was not saved after what the database has, is left alone.
      if (saved <= found.count && (await has(store, key))) continue;
      const record = await copy.read({ store, key });
      if (store === 'modelEntries' && !(await has('models', key))) lost.nModels++;
      else if (isFileWithoutBytes(record)) lost.files.push(record.name);
      else if (typeof record !== 'object' || record === null) lost.isUnreadable = true;
      else if (!(await putIfUnchanged(database, found, store, record))) return lost;
    }
  }
  return lost;
}

/** False where another tab has saved or mended meanwhile: it has what this one was about to write, or newer. */
async function putIfUnchanged(
  database: TrancheDatabase,
  { hash }: Sentinel,
  store: StoreName,
  value: unknown,
  key?: string,
): Promise<boolean> {
  const putting = database.transaction([store, 'sentinels'], 'readwrite', { durability: 'strict' });
  const completed = putting.done;
  completed.catch(() => {});
  const now = (await putting.objectStore('sentinels').get('last')) ?? NOTHING_SAVED;
  if (now.hash === hash) await putting.objectStore(store).put(value as never, key);
  await completed;
  return now.hash === hash;
}

function isFileWithoutBytes(record: unknown): record is { readonly name: string } {
  return typeof record === 'object' && record !== null && 'bytes' in record && record.bytes === null;
}

/** What is on show counts as saved last, so that it stays where there is not room for all. */
async function copyAll(database: TrancheDatabase, copy: SecondCopy, sentinel: Sentinel): Promise<void> {
  const has = new Set((await copy.list()).map(toId));
  const project = await readFrom(database, ['projects'], (reading) =>
    reading.objectStore('projects').get(LAST_PROJECT),
  );
  for (const store of copiedStores) {
    const keys = await readFrom(database, [store], (reading) => reading.objectStore(store).getAllKeys());
    for (const key of keys) {
      const isShown = key === project?.modelId || key === project?.datasetId;
      if (store === 'models' && has.has(toId({ store, key }))) continue;
      const value = await readFrom(database, [store], (reading) => reading.objectStore(store).get(key));
      await copy.put([{ store, key, value }], store !== 'models' || isShown ? sentinel.count : 0);
    }
  }
  await copy.noteAll(sentinel);
}
