import type { Shelf } from './shelf.ts';

const CACHE = 'tranche.copy';

/** The names of a cache are addresses. This one leads nowhere, and nothing asks for it. */
const ROOT = 'https://copy.invalid/';

/** The Cache API, which has files of its own. Absent on plain http. */
export function openCacheShelf(caches: CacheStorage): Shelf {
  const toAddress = (name: string) => ROOT + encodeURIComponent(name);
  const open = () => caches.open(CACHE);
  return {
    isLazy: false,
    names: async () =>
      (await (await open()).keys()).map(({ url }) => decodeURIComponent(url.slice(ROOT.length))),
    read: async (name) => (await (await open()).match(toAddress(name)))?.blob() ?? null,
    put: async (name, bytes) => (await open()).put(toAddress(name), new Response(bytes)),
    remove: async (name) => void (await (await open()).delete(toAddress(name))),
  };
}
