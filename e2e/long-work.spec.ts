import type { Page } from '@playwright/test';
import { expect, simpleSample, test } from './app-test.ts';
import { french } from './words.ts';

const { t } = french;

/** The longest time between two frames of the page while `act` runs, in milliseconds. */
async function measureLongestFrame(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const state = { longest: 0, last: performance.now() };
    (globalThis as unknown as { frames: typeof state }).frames = state;
    const onFrame = () => {
      const now = performance.now();
      state.longest = Math.max(state.longest, now - state.last);
      state.last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
  await act();
  return page.evaluate(() => (globalThis as unknown as { frames: { longest: number } }).frames.longest);
}

test('« Arrêter et garder le meilleur » ends training early and keeps a model that answers', async ({
  app,
}) => {
  const { page } = app;
  await app.openSample('simple', 5000);
  await app.goTo('model');
  await app.startTraining();
  await expect(app.workBar).toContainText(/pli [2-5]\/5/u, { timeout: 90_000 });
  await app.button(t('work.stop')).click();
  await expect(app.workBar).toContainText(t('work.stopping'));
  await app.settle();
  await expect(page.getByText(t('model.warning.stopped-early'))).toBeVisible();
  await app.goTo('scenarios');
  await app.readPrediction();
});

test('during training the page stays usable; « Annuler » leaves all as it was', async ({ app }) => {
  const { page } = app;
  await app.openSample('simple', 20_000);
  await app.goTo('model');
  const longestFrame = await measureLongestFrame(page, async () => {
    await app.startTraining();
    await expect(app.workBar).toContainText(t('work.phase.cross-validating'), { timeout: 90_000 });
    await app.goTo('data');
    await page.getByRole('tab', { name: t('data.tab.table') }).click();
    await page.getByLabel(t('data.table.search'), { exact: true }).fill('correct');
    await expect(app.workBar).toContainText(t('work.kind.training'));
    await app.goTo('model');
    await app.button(t('work.cancel')).click();
    await expect(app.workBar).toContainText(t('shell.nothingUnderWay'), { timeout: 10_000 });
  });
  // A page that computed by itself would stand still for seconds.
  expect(longestFrame).toBeLessThan(1500);
  await expect(page.getByText(t('model.result.none'))).toBeVisible();
  await expect(app.alerts).toHaveCount(0);
  await expect(app.button(t('model.train'))).toBeEnabled();
});

test('a cancelled retraining leaves the earlier model in place', async ({ openTrained }) => {
  const app = await openTrained(simpleSample);
  const { page } = app;
  await app.goTo('model');
  const result = await page.getByText('d’erreur en moins que la médiane').innerText();
  await app.button(t('model.trainAgain')).click();
  await app.button(t('work.cancel')).click();
  await app.settle();
  await expect(page.getByText('d’erreur en moins que la médiane')).toHaveText(result);
  await app.goTo('scenarios');
  await app.readPrediction();
});
