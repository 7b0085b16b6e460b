import { createFailingCalls } from '#base/testing/failing-calls.ts';
import { createMemoryVersionStore, type MemoryVersions } from './memory-version-store.ts';
import { createFaultyStore, describeVersionStore } from './testing/version-store-suite.ts';

describeVersionStore('the memory store', () => {
  const held: MemoryVersions = { entries: [], bytes: new Map() };
  return { open: () => Promise.resolve(createMemoryVersionStore(held)), calls: null };
});

describeVersionStore('a store that fails', () => {
  const held: MemoryVersions = { entries: [], bytes: new Map() };
  const calls = createFailingCalls(() => new Error('broken'));
  return {
    open: () => Promise.resolve(createFaultyStore(createMemoryVersionStore(held), calls).store),
    calls,
  };
});
