import { expect, it } from 'vitest';
import { createSampleVersion, sign } from '#versions/testing/sample-versions.ts';
import { describeVersionStore } from '#versions/testing/version-store-suite.ts';
import { act } from '#versions/version-store.ts';
import { createMemoryStore } from './memory-store.ts';
import { keys } from './store-layout.ts';
import { createStoreVersions, updatePointer } from './store-versions.ts';
import { createFaultyArtifacts } from './testing/faulty-store.ts';

describeVersionStore('a store of artifacts whose calls fail before they begin', () => {
  const { store, calls } = createFaultyArtifacts(createMemoryStore(), 'before');
  return { open: async () => createStoreVersions(store), calls };
});

describeVersionStore('a store of artifacts whose answers are lost', () => {
  const { store, calls } = createFaultyArtifacts(createMemoryStore(), 'after');
  return { open: async () => createStoreVersions(store), calls };
});

it('the pointer follows the log, and only forwards', async () => {
  const store = createMemoryStore();
  expect(await updatePointer(store)).toBeNull();
  const versions = createStoreVersions(store);
  const [first, second] = [createSampleVersion(1), createSampleVersion(2)];
  for (const { id, facts, bytes } of [first, second]) {
    await act(versions, { kind: 'submit', version: id, facts }, sign(), bytes);
    await act(versions, { kind: 'promote', version: id, gate: null, isForced: true }, sign());
  }
  const pointer = await updatePointer(store);
  expect(pointer).toMatchObject({ model: second.id, previous: first.id, entry: 4, gate: null });
  expect((await store.get(pointer?.key ?? '')).bytes).toEqual(second.bytes);
  // Damaged or lost, it is made anew.
  await store.put(keys.pointer, new Uint8Array([1]), { kind: 'overwrite' });
  expect(await updatePointer(store)).toEqual(pointer);
  await act(versions, { kind: 'roll-back', version: first.id }, sign());
  expect(await updatePointer(store)).toMatchObject({ model: first.id, previous: second.id, entry: 5 });
});
