import { expect, it } from 'vitest';
import { create } from './artifact-store.ts';
import { takeLock } from './lock.ts';
import { createMemoryStore } from './memory-store.ts';
import { describeOwner } from './owner.ts';
import { keys } from './store-layout.ts';
import { encodeJson } from './store-versions.ts';

const held = (owner: object) => encodeJson({ owner: { ...describeOwner(), ...owner }, beat: 1 });

it('is held by one, and free again once it was released', async () => {
  const store = createMemoryStore();
  const lock = await takeLock(store);
  await expect(takeLock(store)).rejects.toMatchObject({ code: 'store-locked' });
  await lock.release();
  await (await takeLock(store)).release();
});

it('goes to one of many', async () => {
  const store = createMemoryStore();
  const ends = await Promise.allSettled(Array.from({ length: 20 }, () => takeLock(store)));
  const won = ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
  expect(won).toHaveLength(1);
  await won[0]?.release();
});

it('is taken over at once from a process of this machine that is no more, or whose number another one bears', async () => {
  for (const owner of [{ pid: 2 ** 22 + 1 }, { pid: process.pid, began: '1' }]) {
    const store = createMemoryStore();
    await store.put(keys.lock, held(owner), create);
    const lock = await takeLock(store, { beatMs: 60_000 });
    expect(lock.lost.aborted).toBe(false);
    await lock.release();
  }
});

it('is taken over from another machine once its heart is silent, and not before', async () => {
  const store = createMemoryStore();
  let tag = await store.put(keys.lock, held({ place: 'elsewhere x' }), create);
  const beating = setInterval(() => {
    void store
      .put(keys.lock, held({ place: 'elsewhere x', id: String(Math.random()) }), {
        kind: 'replace',
        expected: tag,
      })
      .then((next) => (tag = next));
  }, 10);
  await expect(takeLock(store, { beatMs: 30 })).rejects.toMatchObject({ code: 'store-locked' });
  clearInterval(beating);
  const lock = await takeLock(store, { beatMs: 10 });
  expect(lock.lost.aborted).toBe(false);
  await lock.release();
});

it('says to who was silent that it has lost the lock', async () => {
  const store = createMemoryStore();
  const lock = await takeLock(store, { beatMs: 10 });
  await store.put(keys.lock, held({}), { kind: 'overwrite' });
  await expect.poll(() => lock.lost.aborted).toBe(true);
  const { bytes } = await store.get(keys.lock);
  await lock.release();
  expect((await store.get(keys.lock)).bytes).toEqual(bytes);
});
