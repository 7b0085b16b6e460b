import { defineConfig } from '@playwright/test';
import base from '../playwright.config.ts';

/** `npm run screenshots`: every screen × language × theme of the built file, into screenshots/ (ignored by git). */
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../test-results/screenshots',
  globalSetup: './build-app.ts',
  timeout: 300_000,
});
