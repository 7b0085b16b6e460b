import { expect, test } from './app-test.ts';

test('numbers follow the language, which is remembered', async ({ trainedApp: app }) => {
  const chosen = () =>
    app.page
      .getByRole('row')
      .filter({ hasText: app.words.t('evaluation.models.chosen') })
      .getByRole('cell')
      .nth(1);
  await app.goTo('evaluation');
  await expect(chosen()).toContainText(/^★?\d+,\d\d$/u);
  await app.setLanguage('en');
  await expect(chosen()).toContainText(/^★?\d+\.\d\d$/u);
  await app.reload();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(chosen()).toContainText(/^★?\d+\.\d\d$/u);
});

test('the theme follows the system until one is chosen, and the choice is remembered', async ({ app }) => {
  const { page } = app;
  const scheme = page.locator('html');
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await app.setTheme('light');
  await app.reload();
  await expect(scheme).toHaveAttribute('data-mantine-color-scheme', 'light');
  await app.setTheme('dark');
  const ground = await page.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  const [red = 255] = ground.match(/\d+/gu)?.map(Number) ?? [];
  expect(red).toBeLessThan(60);
});
