import { plantWeather } from '#data/factors/testing/planted-weather.ts';
import { expect, test } from './app-test.ts';
import { listViolations } from './axe.ts';
import { french } from './words.ts';

const { t } = french;
const planted = plantWeather(80);
const toFile = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

test('a file dropped on open outages is joined as outside factors, undone, there after a reload, and looked at by the model', async ({
  app,
  page,
}) => {
  await app.chooseFile(toFile('arrets.csv', planted.outages));
  await app.expectData();
  const dataTransfer = await page.evaluateHandle((text) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([text], 'meteo.csv', { type: 'text/csv' }));
    return transfer;
  }, planted.weather);
  const target = page.getByRole('tab', { name: t('data.tab.columns') });
  for (const type of ['dragenter', 'dragover', 'drop']) await target.dispatchEvent(type, { dataTransfer });
  await page.getByRole('button', { name: t('shell.incoming.choice.factors.label') }).click();
  const matched = page.getByText(t('factors.matched', { count: 80, matched: '80', n: '80' }));
  await expect(matched).toBeVisible();
  await app.settle();
  expect(await listViolations(page)).toEqual([]);

  await page.getByRole('button', { name: t('quality.recipe.undo') }).click();
  await expect(page.getByText(t('factors.notJoined'))).toBeVisible();
  await page.getByRole('button', { name: t('factors.joinAgain') }).click();
  await expect(matched).toBeVisible();
  await app.reload();
  await page.getByRole('tab', { name: t('factors.heading') }).click();
  await expect(matched).toBeVisible();

  await app.train();
  await app.goTo('scenarios');
  await expect(page.getByText(t('scenarios.joined.usual', { file: 'meteo.csv' })).first()).toBeVisible();
});
