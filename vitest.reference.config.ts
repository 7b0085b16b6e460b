import { defineConfig } from 'vitest/config';

// The tests that hold our results beside another library's (also part of the unit suite), and what is too long for that.
export default defineConfig({
  test: {
    include: ['src/**/*.reference.test.ts', 'src/**/*.long.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    maxWorkers: 2,
  },
});
