import { defineConfig } from 'vitest/config';

// Only the tests that hold our results beside another library's (also part of the unit suite).
export default defineConfig({
  test: { include: ['src/**/*.reference.test.ts'], environment: 'node', testTimeout: 60_000, maxWorkers: 2 },
});
