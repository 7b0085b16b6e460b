import { expect, test } from './app-test.ts';
import { sections } from './tranche-app.ts';
import { french } from './words.ts';

const { t } = french;

test('a change of section moves the focus to its heading, and the title with it', async ({
  trainedApp: app,
}) => {
  const { page } = app;
  // The first section of a visit is settled once the kept work is open; it takes no focus.
  await expect(page).toHaveURL(/#./u);
  for (const section of [...sections, 'data'] as const) {
    const link = page.getByRole('navigation').getByRole('link', { name: t(`shell.section.${section}`) });
    if ((await link.getAttribute('aria-current')) === 'page') continue;
    await link.focus();
    await page.keyboard.press('Enter');
    const heading = page.getByRole('heading', { level: 1, name: t(`shell.section.${section}`) });
    await expect(heading).toBeFocused();
    await expect(page).toHaveTitle(`${t(`shell.section.${section}`)} · Tranche`);
  }
  // Back is a change of section as well; another language is not.
  await page.goBack();
  const last = sections.at(-1) ?? 'data';
  await expect(page.getByRole('heading', { level: 1, name: t(`shell.section.${last}`) })).toBeFocused();
  await app.setLanguage('en');
  await expect(page.getByRole('heading', { level: 1 })).not.toBeFocused();
  await app.setLanguage('fr');
});
