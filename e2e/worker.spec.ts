import { readFile } from 'node:fs/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Page, expect, test } from '@playwright/test';
import { createSilentContext } from '#base/job-context.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { createWorkbench } from '#jobs/workbench.ts';

// The page's side of the worker, where only a real browser can tell: cancel, stop, death, and the model's bytes.

const app = pathToFileURL(fileURLToPath(new URL('../dist/index.html', import.meta.url))).href;
const sample = { kind: 'simple', rows: 1000, noise: 2, seed: 42 } as const;

/** Rows enough that training goes on for longer than a press of a button takes to reach it. */
const longEnough = 5000;

/** Opens the sample as a planner would a file, and goes to the training screen. */
async function openSample(page: Page, rows: number = sample.rows): Promise<Uint8Array> {
  const request = { sample: { ...sample, rows }, dialect: 'excel-french' } as const;
  const { name, text } = await createWorkbench().run('generate-sample', request, createSilentContext());
  const buffer = Buffer.from(text, 'utf8');
  await page.goto(app);
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'text/csv', buffer });
  await expect(page.getByText('Ressources_Disponibles').first()).toBeVisible();
  await page.goto(`${app}#/model`);
  return buffer;
}

const trainButton = (page: Page) => page.getByRole('button', { name: /^(Entraîner|Réentraîner)/u }).first();
const cancelButton = (page: Page) => page.getByRole('button', { name: 'Annuler', exact: true }).first();
const stopButton = (page: Page) => page.getByRole('button', { name: /^Arrêter et garder/u }).first();

async function startTraining(page: Page): Promise<void> {
  await trainButton(page).click();
  await expect(cancelButton(page)).toBeVisible();
}

test('a training that is cancelled leaves no model and no message, and can be started again', async ({
  page,
}) => {
  await openSample(page);
  await startTraining(page);
  await cancelButton(page).click();
  await expect(cancelButton(page)).toBeHidden();
  await expect(page.getByRole('button', { name: /Télécharger le modèle/u })).toBeHidden();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await startTraining(page);
  await expect(page.getByRole('button', { name: /Télécharger le modèle/u })).toBeVisible({ timeout: 60_000 });
});

test('a training that is stopped keeps the best it has, and says so', async ({ page }) => {
  await openSample(page, longEnough);
  await startTraining(page);
  await stopButton(page).click();
  await expect(page.getByText(/Arrêté avant la fin/u).first()).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('button', { name: /Télécharger le modèle/u })).toBeVisible();
});

test('a worker that dies is noticed, the data are intact, and training works again', async ({ page }) => {
  await openSample(page);
  await startTraining(page);
  const [worker] = page.workers();
  expect(worker).toBeDefined();
  // A worker that closes itself raises no event anywhere, like one that the browser ends for want of memory.
  worker?.evaluate(() => globalThis.close()).catch(() => {});
  await expect(page.getByText('Vos données sont intactes').filter({ visible: true }).first()).toBeVisible({
    timeout: 45_000,
  });
  await startTraining(page);
  await expect(page.getByRole('button', { name: /Télécharger le modèle/u })).toBeVisible({ timeout: 60_000 });
});

test('a model trained in the browser has the same bytes as one trained in Node, with a helper and when it is lost', async ({
  page,
}) => {
  const bytes = await openSample(page);
  const nCores = await page.evaluate(() => navigator.hardwareConcurrency);
  const alone = await trainInNode(bytes);
  const helping = nCores > 1 ? page.waitForEvent('worker') : null;
  await startTraining(page);
  const helper = await helping;
  expect((await downloadModel(page)) === alone).toBe(true);

  // Kept for the next training, and lost in the middle of it.
  await startTraining(page);
  await expect(page.getByText(/pli [2-5]\/5/u).first()).toBeVisible({ timeout: 60_000 });
  const ended = helper?.waitForEvent('close');
  await helper?.evaluate(() => {
    setTimeout(() => {
      throw new Error('lost');
    });
  });
  await ended;
  expect((await downloadModel(page)) === alone).toBe(true);
  await expect(page.getByRole('alert')).toHaveCount(0);
});

async function downloadModel(page: Page): Promise<string> {
  await expect(cancelButton(page)).toBeHidden({ timeout: 60_000 });
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: /Télécharger le modèle/u }).click();
  return readFile(await (await downloading).path(), 'utf8');
}

async function trainInNode(bytes: Uint8Array): Promise<string> {
  const workbench = createWorkbench();
  const context = createSilentContext();
  const file = { name: 'sample.csv', bytes };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, context);
  const settings = defaultTrainingSettings;
  const request = { datasetId: 'd', modelId: 'm', roles, settings, today: Date.now() };
  return (await workbench.run('train', request, context)).modelText;
}
