import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'lint/**/*.test.ts', 'scripts/**/*.test.ts'],
    // Too long for every run: `npm run test:reference` has them.
    exclude: ['**/node_modules/**', '**/*.long.test.ts'],
    environment: 'node',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    // Files share a process: modules hold no state of their own, and each test gives back what it puts in its place.
    isolate: false,
    unstubGlobals: true,
    restoreMocks: true,
  },
});
