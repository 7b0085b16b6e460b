import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t } = french;

test('scenarios are kept side by side, told apart, and taken back step by step after a reload', async ({
  openTrained,
}) => {
  test.setTimeout(240_000);
  const app = await openTrained({
    sample: { kind: 'fleet', units: 8, years: 10, seed: 42 },
    settings: { horizon: { kind: 'start' } },
  });
  const { page } = app;
  await app.goTo('scenarios');
  const keep = page.getByRole('button', { name: t('compare.keep') });
  const table = page.getByTestId('side-by-side');

  await test.step('two cases in columns, what differs marked, the difference with its interval', async () => {
    await keep.click();
    await page.getByRole('textbox', { name: 'Effectif', exact: true }).fill('75');
    await keep.click();
    await expect(table.getByRole('textbox')).toHaveCount(2);
    await expect(table.getByRole('row', { name: /^Effectif/u }).locator('mark')).toHaveText('75');
    await expect(table.getByRole('row', { name: /^P80/u })).toBeVisible();
    await expect(page.getByTestId('differences')).toContainText('8 chances sur 10', { timeout: 60_000 });
  });

  await test.step('a rename and a deletion are taken back after a reload, and done again', async () => {
    const name = table.getByRole('textbox').first();
    await name.fill('Actuel');
    await name.press('Enter');
    await page.getByRole('button', { name: 'Que faire de Actuel' }).click();
    await page.getByRole('menuitem', { name: t('compare.remove') }).click();
    await expect(table.getByRole('textbox')).toHaveCount(1);
    await page.waitForTimeout(600);
    await page.reload();
    await app.goTo('scenarios');
    const undo = page.getByRole('button', { name: t('compare.undo') });
    await undo.click();
    await expect(table.getByRole('textbox').first()).toHaveValue('Actuel');
    await undo.click();
    await expect(table.getByRole('textbox').first()).toHaveValue(t('compare.study'));
    await page.getByRole('button', { name: t('compare.redo') }).click();
    await expect(table.getByRole('textbox').first()).toHaveValue('Actuel');
  });

  await test.step('a past outage is started from by a click anywhere on its row', async () => {
    await app.button(t('scenarios.startFrom')).click();
    const picker = page.getByRole('dialog');
    await picker.getByRole('cell').nth(3).click();
    await expect(picker).toBeHidden();
    await expect(page.getByText('a duré', { exact: false }).first()).toBeVisible();
  });
});
