import { test as base, type BrowserContext } from '@playwright/test';
import { keepWork } from './keep-work.ts';
import { onDisk, requireBuild, serveSite, type Site } from './site.ts';
import { findTrainedWork, type WorkSource } from './trained-work.ts';
import { TrancheApp } from './tranche-app.ts';
import { Watch } from './watch.ts';

interface TestFixtures {
  readonly watch: Watch;
  /** The app on an empty machine, from the built file on disk. */
  readonly app: TrancheApp;
  /** The app with the simple sample and a model of it, as the worker's last spec left them; in French again. */
  readonly trainedApp: TrancheApp;
  /** Opens the app, served, where a person had opened the source and trained on it. */
  readonly openTrained: (source: WorkSource) => Promise<TrancheApp>;
}

interface WorkerFixtures {
  readonly site: Site;
  readonly trainedContext: BrowserContext;
}

/** What the first button of the welcome opens. */
export const simpleSample = { sample: { kind: 'simple', rows: 1000, noise: 2, seed: 42 } } as const;

/** The shape of real data: dates, units, causes known only when an outage begins. */
export const fleetSample = { sample: { kind: 'fleet', units: 12, years: 10, seed: 42 } } as const;

/** Every spec fails on a console error, a page error, or a request beyond the page itself. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  site: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads the pattern
    async ({}, provide) => {
      requireBuild();
      const site = await serveSite();
      await provide(site);
      await site.close();
    },
    { scope: 'worker' },
  ],

  trainedContext: [
    async ({ browser, site }, provide) => {
      const context = await browser.newContext({
        locale: 'fr-FR',
        timezoneId: 'Europe/Paris',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      await keepWork(page, site.address, await findTrainedWork(simpleSample));
      await page.close();
      await provide(context);
      await context.close();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  watch: [
    async ({ context }, provide) => {
      const watch = new Watch();
      watch.follow(context);
      await provide(watch);
      watch.check();
    },
    { auto: true },
  ],

  app: async ({ page }, provide) => {
    requireBuild();
    const app = new TrancheApp(page);
    await app.open(onDisk);
    await provide(app);
  },

  trainedApp: async ({ trainedContext, site, watch, viewport }, provide) => {
    watch.follow(trainedContext);
    const page = await trainedContext.newPage();
    if (viewport) await page.setViewportSize(viewport);
    const app = new TrancheApp(page);
    const { dataset } = await findTrainedWork(simpleSample);
    await app.openKept(site.address, dataset.name);
    await provide(app);
    await page.evaluate(() => localStorage.clear());
    await page.close();
  },

  openTrained: async ({ page, site }, provide) => {
    await provide(async (source) => {
      const work = await findTrainedWork(source);
      await keepWork(page, site.address, work);
      const app = new TrancheApp(page);
      await app.openKept(site.address, work.dataset.name);
      return app;
    });
  },
});

export { expect } from '@playwright/test';
