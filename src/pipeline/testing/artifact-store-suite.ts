import { describe, expect, it } from 'vitest';
import { type ArtifactStore, create, getIfPresent, type Key, overwrite } from '../artifact-store.ts';

const bytesOf = (text: string) => new TextEncoder().encode(text);
const textOf = (bytes: Uint8Array) => new TextDecoder().decode(bytes);

export async function listKeys(store: ArtifactStore, prefix: Key = ''): Promise<Key[]> {
  const keys: Key[] = [];
  for await (const { key } of store.list(prefix)) keys.push(key);
  return keys;
}

/** The laws of `ArtifactStore`. `openNew` gives an empty store as a function that opens it, as often as there are processes. */
export function describeArtifactStore(
  name: string,
  openNew: () => Promise<() => ArtifactStore>,
  { nRacers = 12 }: { nRacers?: number } = {},
): void {
  describe(`${name}, as a store of artifacts`, () => {
    it('begins empty, and says of what is absent that it is', async () => {
      const store = (await openNew())();
      expect(await listKeys(store)).toEqual([]);
      expect(await getIfPresent(store, 'models/a')).toBeNull();
      await expect(store.get('models/a')).rejects.toMatchObject({ code: 'artifact-missing' });
      await store.delete('models/a');
    });

    it('L1 gives back the bytes, to another opening too, whatever they are', async () => {
      const open = await openNew();
      const values = [
        new Uint8Array(),
        Uint8Array.from({ length: 256 }, (_, i) => i),
        bytesOf('Durée « été »'),
      ];
      for (const [i, bytes] of values.entries()) await open().put(`a/b-${i}`, bytes, create);
      for (const [i, bytes] of values.entries()) expect((await open().get(`a/b-${i}`)).bytes).toEqual(bytes);
    });

    it('L1 keeps bytes apart from the caller’s own', async () => {
      const store = (await openNew())();
      const bytes = bytesOf('one');
      await store.put('a', bytes, create);
      bytes[0] = 0;
      (await store.get('a')).bytes[1] = 0;
      expect(textOf((await store.get('a')).bytes)).toBe('one');
    });

    it('L4 creates once', async () => {
      const store = (await openNew())();
      await store.put('a/b', bytesOf('one'), create);
      await expect(store.put('a/b', bytesOf('two'), create)).rejects.toMatchObject({
        code: 'artifact-exists',
      });
      expect(textOf((await store.get('a/b')).bytes)).toBe('one');
    });

    it('L4 replaces what it expects and nothing else', async () => {
      const store = (await openNew())();
      const first = await store.put('p', bytesOf('one'), create);
      expect((await store.get('p')).tag).toBe(first);
      const second = await store.put('p', bytesOf('two'), { kind: 'replace', expected: first });
      expect(second).not.toBe(first);
      const late = store.put('p', bytesOf('three'), { kind: 'replace', expected: first });
      await expect(late).rejects.toMatchObject({ code: 'artifact-changed' });
      expect(textOf((await store.get('p')).bytes)).toBe('two');
      const nothing = store.put('q', bytesOf('x'), { kind: 'replace', expected: first });
      await expect(nothing).rejects.toMatchObject({ code: 'artifact-changed' });
      expect(await getIfPresent(store, 'q')).toBeNull();
    });

    it('overwrites what is there and what is not', async () => {
      const store = (await openNew())();
      await store.put('a', bytesOf('one'), overwrite);
      const tag = await store.put('a', bytesOf('two'), overwrite);
      expect(await store.get('a')).toEqual({ bytes: bytesOf('two'), tag });
    });

    it('can be created anew once it was deleted', async () => {
      const store = (await openNew())();
      await store.put('a/b', bytesOf('one'), create);
      await store.delete('a/b');
      await store.put('a/b', bytesOf('two'), create);
      expect(textOf((await store.get('a/b')).bytes)).toBe('two');
    });

    it('L3 lets one of many create a key, and one replace a tag', async () => {
      const open = await openNew();
      const racers = Array.from({ length: nRacers }, (_, i) => ({
        store: open(),
        bytes: bytesOf(`racer ${i}`),
      }));
      const countWinners = async (
        race: (racer: (typeof racers)[number]) => Promise<unknown>,
        code: string,
      ) => {
        const ends = await Promise.allSettled(racers.map(race));
        const lost = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
        expect(lost).toEqual(lost.map(() => expect.objectContaining({ code })));
        return ends.flatMap(({ status }, i) => (status === 'fulfilled' ? [i] : []));
      };
      const created = await countWinners(
        ({ store, bytes }) => store.put('p', bytes, create),
        'artifact-exists',
      );
      expect(created).toHaveLength(1);
      const { bytes, tag } = await open().get('p');
      expect(textOf(bytes)).toBe(`racer ${created[0]}`);
      const replaced = await countWinners(
        ({ store }, i = racers.findIndex((racer) => racer.store === store)) =>
          store.put('p', bytesOf(`next ${i}`), { kind: 'replace', expected: tag }),
        'artifact-changed',
      );
      expect(replaced).toHaveLength(1);
      expect(textOf((await open().get('p')).bytes)).toBe(`next ${replaced[0]}`);
    });

    it('L5 lists ascending keys below a prefix, by whole segments', async () => {
      const store = (await openNew())();
      const keys = ['a/b', 'a-b', 'a.b', 'a/b.c/d', 'ab', 'B', 'a/0'];
      for (const key of keys) await store.put(key, bytesOf(key), create);
      expect(await listKeys(store)).toEqual([...keys].sort());
      expect(await listKeys(store, 'a')).toEqual(['a/0', 'a/b', 'a/b.c/d']);
      expect(await listKeys(store, 'ab')).toEqual(['ab']);
      expect(await listKeys(store, 'c')).toEqual([]);
      for await (const { key, size } of store.list('')) expect(size).toBe(key.length);
    });

    it('refuses what is no key before it does anything', async () => {
      const store = (await openNew())();
      for (const key of [
        '',
        '/a',
        'a/',
        'a//b',
        '../a',
        'a/../b',
        '.a',
        'a/.b',
        'a b',
        'é',
        'a\\b',
        'a\0',
        'x'.repeat(513),
      ]) {
        await expect(store.put(key, bytesOf('x'), overwrite)).rejects.toMatchObject({
          code: 'invalid-setting',
        });
        await expect(store.get(key)).rejects.toMatchObject({ code: 'invalid-setting' });
        await expect(store.delete(key)).rejects.toMatchObject({ code: 'invalid-setting' });
      }
      expect(await listKeys(store)).toEqual([]);
    });
  });
}
