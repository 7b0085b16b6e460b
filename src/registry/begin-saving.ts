import type { StoreNames } from 'idb';
import type { TrancheDatabase, TrancheSchema } from './database.ts';
import { type Change, toId } from './second-copy/second-copy.ts';
import { advanceSentinel, NOTHING_SAVED, type Sentinel } from './second-copy/sentinel.ts';

/** Those whose records are noted, counted and copied. */
export type StoreName = Exclude<StoreNames<TrancheSchema>, 'sentinels' | 'trialEvents'>;

/** The transaction of one save, which notes what it writes for the second copy. */
export function beginSaving(database: TrancheDatabase, stores: readonly StoreName[]) {
  const transaction = database.transaction(
    [...stores, 'sentinels'] as StoreNames<TrancheSchema>[],
    'readwrite',
    {
      durability: 'strict',
    },
  );
  const changes: Change[] = [];

  function note<Name extends StoreName>(store: Name, value: TrancheSchema[Name]['value']) {
    const objectStore = transaction.objectStore(store);
    const key = (value as unknown as Record<string, string>)[objectStore.keyPath as string] ?? '';
    changes.push({ store, key, value });
    return objectStore;
  }

  return {
    changes: changes as readonly Change[],
    done: transaction.done,
    abort: () => transaction.abort(),
    objectStore: <Name extends StoreName>(store: Name) => transaction.objectStore(store),

    async put<Name extends StoreName>(store: Name, value: TrancheSchema[Name]['value']): Promise<void> {
      await note(store, value).put(value);
    },

    async add<Name extends StoreName>(store: Name, value: TrancheSchema[Name]['value']): Promise<void> {
      await note(store, value).add(value);
    },

    async remove(store: StoreName, key: string): Promise<void> {
      changes.push({ store, key });
      await transaction.objectStore(store).delete(key);
    },

    /** Counts the save: its last request. */
    async count(): Promise<Sentinel> {
      const sentinels = transaction.objectStore('sentinels');
      const before = (await sentinels.get('last')) ?? NOTHING_SAVED;
      const sentinel = advanceSentinel(before, changes.map(toId));
      await sentinels.put(sentinel, 'last');
      return sentinel;
    },
  };
}
