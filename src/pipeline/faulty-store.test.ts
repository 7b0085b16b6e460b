import { expect, it } from 'vitest';
import { create } from './artifact-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { describeArtifactStore, listKeys } from './testing/artifact-store-suite.ts';
import { createFaultyArtifacts } from './testing/faulty-store.ts';

describeArtifactStore('a store that could fail', async () => {
  const { store } = createFaultyArtifacts(createMemoryStore(), 'after');
  return () => store;
});

it('fails the call that it was told to, before or after it was done', async () => {
  for (const moment of ['before', 'after'] as const) {
    const inner = createMemoryStore();
    const { store, calls } = createFaultyArtifacts(inner, moment);
    calls.arm(2);
    await store.put('a', new Uint8Array(), create);
    await expect(store.put('b', new Uint8Array(), create)).rejects.toMatchObject({
      code: 'store-unreachable',
    });
    await store.put('c', new Uint8Array(), create);
    expect(await listKeys(inner)).toEqual(moment === 'before' ? ['a', 'c'] : ['a', 'b', 'c']);
  }
});
