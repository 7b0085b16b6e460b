import { expect, test } from './app-test.ts';
import { readDownload } from './tranche-app.ts';

/** As a spreadsheet puts copied cells on the clipboard. */
const cells = [
  'Type_Maintenance\tComplexité\tEffectif\tRessources_Disponibles',
  ...Array.from({ length: 30 }, (_, i) => `préventive\t${1 + (i % 9)}\t${10 + (i % 8)}\t0,${i + 10}`),
].join('\n');

test('outages to come are pasted, asked about, answered, filtered and exported', async ({
  trainedApp: app,
}) => {
  test.setTimeout(120_000);
  const { page } = app;
  const { t } = app.words;
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    window.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, cells);
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: t('shell.incoming.choice.replace.label') })).toBeVisible();
  await dialog.getByRole('button', { name: t('shell.incoming.choice.predict.label') }).click();
  await app.settle();
  await expect(page.getByRole('heading', { level: 1, name: t('shell.section.forecasts') })).toBeVisible();
  const table = page.getByRole('table', { name: t('forecasts.heading') });
  await expect(table.getByRole('row')).toHaveCount(31);

  await table.getByRole('button', { name: /^P80/u }).click();
  await table.getByRole('button', { name: /^P80/u }).click();
  await expect(table.getByRole('columnheader', { name: /^P80/u })).toHaveAttribute('aria-sort', 'descending');
  await app.button(t('forecasts.export')).click();
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: t('evaluation.export.excel-french') }).click(),
  ]);
  const lines = (await readDownload(download)).trimEnd().split('\r\n');
  expect(lines).toHaveLength(31);
  await page.reload();
  await app.settle();
  await expect(table.getByRole('row')).toHaveCount(31, { timeout: 30_000 });
  await app.button(t('forecasts.close')).click();
  await expect(table).toHaveCount(0);
});
