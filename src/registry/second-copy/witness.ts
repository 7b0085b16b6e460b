import { NOTHING_SAVED, readSentinel, type Sentinel } from './sentinel.ts';

const KEY = 'tranche.sentinel';

/** What was acknowledged, as a store apart from the database remembers it. Neither method throws. */
export interface Witness {
  readonly read: () => Sentinel;
  readonly note: (sentinel: Sentinel) => void;
}

/** `find` throws where site data are blocked: nothing is known then. A browser writes it to the disk seconds later. */
export function createWitness(find: () => Pick<Storage, 'getItem' | 'setItem'>): Witness {
  const read = () => {
    try {
      return readSentinel(JSON.parse(find().getItem(KEY) ?? 'null')) ?? NOTHING_SAVED;
    } catch {
      return NOTHING_SAVED;
    }
  };
  return {
    read,
    note: (sentinel) => {
      try {
        // Of two tabs the one that saved first may come last.
        if (sentinel.count >= read().count) find().setItem(KEY, JSON.stringify(sentinel));
      } catch {
        // The second copy has it too; where neither has, the database stands alone.
      }
    },
  };
}
