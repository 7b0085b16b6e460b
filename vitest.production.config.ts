import { defineConfig } from 'vitest/config';

/** What needs containers, Prometheus and the like: `npm run test:production`. */
export default defineConfig({
  test: {
    include: ['scripts/production/**/*.prod.ts', 'deploy/{alerts,monitoring,schedule,aws}/*.prod.ts'],
    environment: 'node',
    testTimeout: 120_000,
    hookTimeout: 300_000,
    // They share a store of images, ports and two cores.
    fileParallelism: false,
  },
});
