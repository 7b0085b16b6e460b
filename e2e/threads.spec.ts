import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Page } from '@playwright/test';
import { createRng } from '#base/random.ts';
import { expect, test } from './app-test.ts';
import { serveSite } from './site.ts';
import { TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

// Samples × features of the last fit, on all outages, just reach what several threads are used for.
const N_OUTAGES = 100_000;
const N_FEATURES = 20;

test('where the page is cross-origin isolated a large fit uses another thread, and gives the same bytes', async ({
  browser,
  site,
  watch,
}, testInfo) => {
  test.skip(availableParallelism() < 2, 'one core: nobody to help');
  test.setTimeout(240_000);
  const file = testInfo.outputPath('outages.csv');
  await writeFile(file, generateOutages());
  const isolated = await serveSite('/', true);
  const runs = [];
  for (const { address } of [isolated, site]) {
    const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris' });
    watch.follow(context);
    const page = await context.newPage();
    await page.addInitScript(refusePartWorkers);
    const app = new TrancheApp(page);
    await app.open(address);
    await app.chooseFile(file);
    await app.expectData();
    await trainOneLargeModel(app);
    runs.push({
      isIsolated: await page.evaluate(() => crossOriginIsolated),
      nCalled: (await readSent(page)).filter((type) => type === 'serve-team').length,
      nHelped: await countHelped(page),
      model: await downloadModel(app),
    });
    await context.close();
  }
  await isolated.close();

  const [withThreads, without] = runs;
  expect(withThreads).toMatchObject({ isIsolated: true });
  expect(withThreads?.nCalled).toBeGreaterThan(0);
  expect(withThreads?.nHelped).toBeGreaterThan(0);
  expect(without).toMatchObject({ isIsolated: false, nCalled: 0, nHelped: 0 });
  expect(withThreads?.model === without?.model).toBe(true);
});

function generateOutages(): string {
  const rng = createRng(7);
  const draw = () => rng.nextBelow(100);
  const lines = Array.from({ length: N_OUTAGES }, () => {
    const values = Array.from({ length: N_FEATURES }, draw);
    const [a, b, c, d] = values as [number, number, number, number];
    const duration = 5 + a / 10 + (b > 50 ? 8 : 0) + (c * d) / 2000 + draw() / 30;
    return [duration.toFixed(1).replace('.', ','), ...values].join(';');
  });
  const names = Array.from({ length: N_FEATURES }, (_, i) => `Mesure ${i + 1}`);
  return [['Durée', ...names].join(';'), ...lines].join('\n');
}

/**
 * A browser that has no thread for hands: the worker does all fits itself, and the cores are free for helpers. With
 * hands it would be a matter of luck who gets the last fit. Also keeps what kinds of message workers were sent.
 */
function refusePartWorkers(): void {
  const sent: string[] = [];
  class PoollessWorker extends Worker {
    override postMessage(
      message: { readonly type: string },
      options: Transferable[] | StructuredSerializeOptions = [],
    ): void {
      if (message.type === 'serve') throw new Error('no thread for a hand');
      sent.push(message.type);
      super.postMessage(message, Array.isArray(options) ? { transfer: options } : options);
    }
  }
  Object.assign(globalThis, { sent, Worker: PoollessWorker });
}

function readSent(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => (globalThis as unknown as { sent: readonly string[] }).sent);
}

/** Boosting alone, on half of the outages and at last on all: a minute less than with the default settings. */
async function trainOneLargeModel(app: TrancheApp): Promise<void> {
  const { page } = app;
  await app.goTo('model');
  await page.getByRole('slider').first().press('End');
  await app.button(t('model.analyst.show')).click();
  await page.getByLabel(t('model.analyst.scale')).selectOption('identity');
  await page.getByLabel(t('model.analyst.init')).selectOption('mean');
  const values = { nIterations: '60', learningRate: '0,1', maxLeafNodes: '127', nIterNoChange: '0' } as const;
  for (const name of ['nIterations', 'learningRate', 'maxLeafNodes', 'nIterNoChange'] as const) {
    await app.numberField(t(`model.hyperparameter.${name}.name`)).fill(values[name]);
  }
  await app.numberField(t('model.analyst.folds')).fill('2');
  await app.train();
}

/** The worker leaves a mark after jobs in which helper threads did parts of fits. */
async function countHelped(page: Page): Promise<number> {
  const counts = await Promise.all(
    page
      .workers()
      .map((worker) =>
        worker.evaluate(() =>
          performance
            .getEntriesByName('parts done by helper threads')
            .reduce((sum, mark) => sum + Number((mark as PerformanceMark).detail), 0),
        ),
      ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

async function downloadModel(app: TrancheApp): Promise<string> {
  const [download] = await Promise.all([
    app.page.waitForEvent('download'),
    app.button(t('model.result.download')).click(),
  ]);
  return readFile(await download.path(), 'utf8');
}
