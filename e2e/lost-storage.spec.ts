import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { BrowserContext } from '@playwright/test';
import { INTRANET, intranetFlag } from '../scripts/kill-campaign/browser.ts';
import { cutLog } from '../scripts/kill-campaign/cut-log.ts';
import { expect, simpleSample, test } from './app-test.ts';
import { keepWork } from './keep-work.ts';
import { onDisk } from './site.ts';
import { findTrainedWork } from './trained-work.ts';
import { TrancheApp } from './tranche-app.ts';

/** The built page alone in a folder, where `keepWork` finds its empty page too. */
function copyToDisk(folder: string): string {
  cpSync(fileURLToPath(onDisk), join(folder, 'index.html'));
  writeFileSync(join(folder, 'empty'), '<!doctype html>');
  return pathToFileURL(join(folder, 'index.html')).href;
}

// Chromium throws away a database whose log is damaged, and says nothing of it. A host with a certificate has what a
// file on the disk has: private storage for the second copy.
for (const place of ['plain http', 'a file on the disk']) {
  test(`the loss of the database is noticed, said, and mended (${place})`, async ({
    playwright,
    launchOptions,
    contextOptions,
    viewport,
    site,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'tranche-lost-'));
    const host = place === 'plain http' ? INTRANET : 'localhost';
    const address = place.startsWith('a file') ? copyToDisk(folder) : site.address.replace('127.0.0.1', host);
    const profile = join(folder, 'profile');
    const start = () =>
      playwright.chromium.launchPersistentContext(profile, {
        ...launchOptions,
        ...contextOptions,
        viewport,
        args: [...(launchOptions.args ?? []), intranetFlag],
      });
    const work = await findTrainedWork(simpleSample);
    let context: BrowserContext | null = null;
    try {
      context = await start();
      const page = await context.newPage();
      await keepWork(page, address, work);
      const before = new TrancheApp(page);
      await before.openKept(address, work.dataset.name);
      const answer = await before.readPrediction();
      await context.close();
      expect(cutLog(profile, 0.5)).toBe(true);

      context = await start();
      const after = new TrancheApp(await context.newPage());
      await after.openKept(address, work.dataset.name);
      const { t, count } = after.words;
      await expect(after.alerts).toContainText(t('shell.recovery.emptied'));
      await expect(after.alerts).toContainText(count('shell.recovery.models', 1));
      await expect(after.alerts).toContainText(
        t(place === 'plain http' ? 'shell.recovery.behind' : 'shell.recovery.whole'),
      );
      expect(await after.readPrediction()).toBe(answer);
      await after.reload();
      await expect(after.alerts).toHaveCount(0);
      expect(await after.readPrediction()).toBe(answer);
    } finally {
      await context?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  });
}
