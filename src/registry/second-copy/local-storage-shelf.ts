import { packBytes, unpackBytes } from './packed-text.ts';
import type { Shelf } from './shelf.ts';

const PREFIX = 'tranche.copy.';

/** Browsers give a site 5 million characters; the rest is for what else is there. */
const MAX_CHARACTERS = 4_500_000;

type Storage = Pick<globalThis.Storage, 'length' | 'key' | 'getItem' | 'setItem' | 'removeItem'>;

/** Compressed, in the store of a site's small texts: for plain http, where there is no other. */
export function openLocalStorageShelf(storage: Storage, maxCharacters = MAX_CHARACTERS): Shelf {
  const listNames = () =>
    Array.from({ length: storage.length }, (_, i) => storage.key(i) ?? '')
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  const read = (name: string) => storage.getItem(PREFIX + name);
  const remove = (name: string) => storage.removeItem(PREFIX + name);
  /** The first character is the rank. */
  const rankOf = (name: string) => Number(read(name)?.[0]);

  /** The others that may go for it: of the highest rank first, of one rank the one put first. */
  function listExpendable(name: string, rank: number): string[] {
    return listNames()
      .filter((other) => rankOf(other) > rank || (rankOf(other) === rank && numberOf(other) < numberOf(name)))
      .sort((a, b) => rankOf(b) - rankOf(a) || numberOf(a) - numberOf(b));
  }

  function store(name: string, text: string, rank: number): void {
    const expendable = text.length > maxCharacters ? [] : listExpendable(name, rank);
    for (;;) {
      const others = listNames().filter((other) => other !== name);
      const taken = others.reduce((sum, other) => sum + (read(other)?.length ?? 0), 0);
      try {
        if (taken + text.length > maxCharacters) throw new Error('there is no room for a second copy');
        storage.setItem(PREFIX + name, text);
        return;
      } catch (thrown) {
        const next = expendable.shift();
        if (next === undefined) throw thrown;
        remove(next);
      }
    }
  }

  return {
    // Chromium writes these texts to the disk five seconds later, or after a minute where there are many.
    isLazy: true,
    names: () => Promise.resolve(listNames()),
    read: async (name) => {
      const text = read(name);
      if (text === null) return null;
      return through(new Blob([unpackBytes(text.slice(1))]), new DecompressionStream('gzip'));
    },
    put: async (name, bytes, rank) => {
      const packed = await through(bytes, new CompressionStream('gzip'));
      store(name, `${rank}${packBytes(new Uint8Array(await packed.arrayBuffer()))}`, rank);
    },
    remove: (name) => Promise.resolve(remove(name)),
  };
}

/** The save that put it there. */
function numberOf(name: string): number {
  return Number(name.slice(name.lastIndexOf('/') + 1));
}

function through(bytes: Blob, transform: ReadableWritablePair<Uint8Array, BufferSource>): Promise<Blob> {
  return new Response(bytes.stream().pipeThrough(transform)).blob();
}
