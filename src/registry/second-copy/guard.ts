import { openCacheShelf } from './cache-shelf.ts';
import { openLocalStorageShelf } from './local-storage-shelf.ts';
import { createSecondCopy, type SecondCopy } from './second-copy.ts';
import { createWitness, type Witness } from './witness.ts';

/** What knows of the work beside the database, and has it a second time where the browser lets it. */
export interface Guard {
  readonly witness: Witness;
  /** Null where there is no store for it. */
  readonly copy: SecondCopy | null;
}

/** Of this browser: the Cache API where it works, else the store of small texts. */
export async function findGuard(): Promise<Guard> {
  return { witness: createWitness(() => localStorage), copy: await findCopy() };
}

async function findCopy(): Promise<SecondCopy | null> {
  // Plain http has no `caches`; blocked site data throw at their mere mention.
  const candidates = [() => openCacheShelf(caches), () => openLocalStorageShelf(localStorage)];
  for (const open of candidates) {
    try {
      const shelf = open();
      await shelf.names();
      return createSecondCopy(shelf);
    } catch {
      continue;
    }
  }
  return null;
}
