import { expect, it } from 'vitest';
import { createMemoryProfile, openMemoryRegistry } from './memory-registry.ts';
import { makeFillable } from './testing/full-registry.ts';
import { createDatasetRecord, describeRegistry } from './testing/registry-suite.ts';

function openProfile() {
  const profile = createMemoryProfile();
  return { open: (tab?: string) => Promise.resolve(openMemoryRegistry(profile, tab)) };
}

describeRegistry('the memory registry', openProfile);

describeRegistry('a registry with room left', () => {
  const { open } = openProfile();
  return { open: async (tab) => makeFillable(await open(tab)) };
});

it('says that there is no room once its disk is full, and keeps what it has', async () => {
  const registry = makeFillable(openMemoryRegistry());
  await registry.saveDataset(createDatasetRecord('d'));
  registry.fill();
  await expect(registry.saveDataset(createDatasetRecord('e'))).rejects.toMatchObject({
    code: 'storage-full',
  });
  expect((await registry.load()).dataset?.id).toBe('d');
});
