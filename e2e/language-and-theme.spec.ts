import { en } from '#language/en.ts';
import { fr } from '#language/fr.ts';
import type { Texts } from '#language/translation.ts';
import { expect, test } from './app-test.ts';
import { sections } from './tranche-app.ts';
import { createWords } from './words.ts';

test('English reaches every screen, and is remembered', async ({ trainedApp: app }) => {
  await app.setLanguage('en');
  const known = new Set(listTexts(en));
  const onlyFrench = new Set(listTexts(fr).filter((text) => !known.has(text)));
  for (const section of sections) {
    await app.goTo(section);
    const lines = (await app.page.locator('body').innerText()).split('\n').map((line) => line.trim());
    expect(lines.filter((line) => onlyFrench.has(line.replaceAll(/\s/gu, ' ')))).toEqual([]);
    // A word that is missing from the dictionary shows as its key.
    expect(lines.filter((line) => /^[a-z]+(\.[a-zA-Z-]+){1,3}$/u.test(line))).toEqual([]);
  }
  const english = createWords('en');
  await app.reload();
  await expect(app.page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(app.page.getByRole('heading', { level: 1 })).toHaveText(english.t('shell.section.scenarios'));
  await expect(app.prediction).toHaveText(/^\d+\.\d/u);
});

test('numbers follow the language', async ({ trainedApp: app }) => {
  await app.goTo('evaluation');
  const row = app.page.getByRole('row').filter({ hasText: app.words.t('evaluation.models.chosen') });
  await expect(row.getByRole('cell').nth(1)).toContainText(/^★?\d+,\d\d$/u);
  await app.setLanguage('en');
  const rowInEnglish = app.page.getByRole('row').filter({ hasText: app.words.t('evaluation.models.chosen') });
  await expect(rowInEnglish.getByRole('cell').nth(1)).toContainText(/^★?\d+\.\d\d$/u);
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

/** Every text of a dictionary that has no blank to fill. */
function listTexts(texts: Texts): readonly string[] {
  return Object.values(texts).flatMap((text) =>
    typeof text === 'string' ? (text.includes('{{') || text.length < 6 ? [] : [text]) : listTexts(text),
  );
}
