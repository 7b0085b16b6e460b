import { expect, simpleSample, test } from './app-test.ts';
import { findTrainedWork } from './trained-work.ts';
import { readDownload, type TrancheApp } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

// The page's side of the worker, where only a real browser can tell: cancel, death, and the model's bytes.

test('a cancelled training leaves no model and no message; a worker that dies is noticed; training works again', async ({
  app,
}) => {
  const { page } = app;
  await app.openSample('simple', 300);
  await app.goTo('model');
  await app.startTraining();
  await app.button(t('work.cancel')).click();
  await app.settle();
  await expect(page.getByText(t('model.result.none'))).toBeVisible();
  await expect(app.alerts).toHaveCount(0);

  await app.startTraining();
  const [worker] = page.workers();
  expect(worker).toBeDefined();
  // A worker that closes itself raises no event anywhere, like one that the browser ends for want of memory.
  worker?.evaluate(() => globalThis.close()).catch(() => {});
  await expect(app.alerts.filter({ hasText: t('errors.safe') })).toBeVisible({ timeout: 45_000 });
  await app.train();
});

test('a model trained in the browser has the same bytes as one trained in Node, with a helper and when it is lost', async ({
  app,
  watch,
}) => {
  watch.expectTrouble(/lost/u);
  const { page } = app;
  const { model } = await findTrainedWork(simpleSample);
  await app.openSample();
  const nCores = await page.evaluate(() => navigator.hardwareConcurrency);
  const helping = nCores > 1 ? page.waitForEvent('worker') : null;
  await app.train();
  const helper = await helping;
  expect((await downloadModel(app)) === model?.model.text).toBe(true);

  // Kept for the next training, and lost in the middle of it.
  await app.startTraining();
  await expect(app.workBar).toContainText(/pli [2-5]\/5/u, { timeout: 60_000 });
  const ended = helper?.waitForEvent('close');
  await helper?.evaluate(() => {
    setTimeout(() => {
      throw new Error('lost');
    });
  });
  await ended;
  await app.settle();
  expect((await downloadModel(app)) === model?.model.text).toBe(true);
  await expect(app.alerts).toHaveCount(0);
});

async function downloadModel(app: TrancheApp): Promise<string> {
  const downloading = app.page.waitForEvent('download');
  await app.button(t('model.result.download')).click();
  return readDownload(await downloading);
}
