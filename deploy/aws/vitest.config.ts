import { defineConfig } from 'vitest/config';

/** Its tests also belong to `npm run test:production` of the whole. */
export default defineConfig({
  test: {
    include: ['**/*.prod.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 300_000,
    fileParallelism: false,
  },
});
