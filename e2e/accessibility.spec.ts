import { expect, test } from './app-test.ts';
import { listViolations } from './axe.ts';
import { sections, type TrancheApp } from './tranche-app.ts';

test.describe.configure({ timeout: 300_000 });

async function expectNoViolation(app: TrancheApp, screen: string): Promise<void> {
  expect.soft(await listViolations(app.page), screen).toEqual([]);
}

// Each language and each theme once; `npm run screenshots` asks the same of all their pairs.
const pairs = [
  ['fr', 'light'],
  ['en', 'dark'],
] as const;

for (const [language, theme] of pairs) {
  test(`axe finds nothing on any screen (${language}, ${theme})`, async ({ trainedApp: app }) => {
    if (language !== 'fr') await app.setLanguage(language);
    await app.setTheme(theme);
    const { page } = app;
    for (const section of sections) {
      await app.goTo(section);
      await expectNoViolation(app, section);
    }
    await app.goTo('data');
    for (const tab of ['reading', 'table'] as const) {
      await page.getByRole('tab', { name: app.words.t(`data.tab.${tab}`) }).click();
      await expect(page.getByRole('table').first()).toBeVisible();
      await expectNoViolation(app, `data, ${tab}`);
    }
    await app.goTo('model');
    await app.button(app.words.t('model.analyst.show')).click();
    await expect(page.getByText(app.words.t('model.analyst.foldsHelp'))).toBeVisible();
    await expectNoViolation(app, 'model, analyst');
    await app.goTo('scenarios');
    await app.button(app.words.t('scenarios.startFrom')).click();
    await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
    await expectNoViolation(app, 'scenarios, picker');
  });
}

test('axe finds nothing on the empty screens, nor under an alert', async ({ app }) => {
  for (const section of sections) {
    await app.goTo(section);
    await expectNoViolation(app, `${section}, empty`);
  }
  await app.goTo('data');
  await app.chooseFile({ name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await expect(app.alerts).toBeVisible();
  await expectNoViolation(app, 'data, alert');
});
