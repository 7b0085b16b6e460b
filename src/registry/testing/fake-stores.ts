/** The Cache API as far as it is used, in memory. */
export function createFakeCaches(): CacheStorage {
  const entries = new Map<string, Blob>();
  const cache = {
    keys: () => Promise.resolve(Array.from(entries.keys(), (url) => ({ url }))),
    match: (url: string) => Promise.resolve(entries.has(url) ? new Response(entries.get(url)) : undefined),
    put: async (url: string, response: Response) => void entries.set(url, await response.blob()),
    delete: (url: string) => Promise.resolve(entries.delete(url)),
  };
  return { open: () => Promise.resolve(cache) } as unknown as CacheStorage;
}

/** A site's small texts, with room for so many characters. */
export function createFakeLocalStorage(room = 5_000_000): Storage {
  const entries = new Map<string, string>();
  return {
    get length() {
      return entries.size;
    },
    key: (index: number) => [...entries.keys()][index] ?? null,
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => {
      const others = [...entries].filter(([name]) => name !== key);
      const taken = others.reduce((sum, [name, text]) => sum + name.length + text.length, 0);
      if (taken + key.length + value.length > room) throw new DOMException('full', 'QuotaExceededError');
      entries.set(key, value);
    },
    removeItem: (key: string) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
