import { expect, test } from './app-test.ts';

test('an answer is announced, kept, and judged by a file of ends', async ({ trainedApp: app }) => {
  const { page } = app;
  const { t } = app.words;
  await app.goTo('scenarios');
  await app.button(t('followUp.announce')).click();
  await page.getByLabel(t('followUp.identifier')).fill('A-17');
  await page
    .getByRole('dialog')
    .getByRole('button', { name: t('followUp.announce') })
    .click();
  await expect(page.getByText(app.words.count('followUp.announcing.done', 1))).toBeVisible();
  await page.reload();
  await app.goTo('versions');
  await page.getByRole('tab', { name: t('versions.tab.follow-up') }).click();
  await expect(page.getByTestId('follow-up-counts')).toBeVisible({ timeout: 20_000 });
  const ends = {
    name: 'fins.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('Dossier;Durée\nA-17;21,5\nB-2;3\n'),
  };
  await page.getByLabel(t('followUp.addOutcomes')).setInputFiles(ends);
  await expect(page.getByRole('cell', { name: t('followUp.table.ended') })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('cell', { name: t('followUp.join.identifier') })).toBeVisible();
});
