import { createMemoryStore } from './memory-store.ts';
import { describeArtifactStore } from './testing/artifact-store-suite.ts';

describeArtifactStore('the memory', async () => {
  const store = createMemoryStore();
  return () => store;
});
