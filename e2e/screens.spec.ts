import { en } from '#language/en.ts';
import { fr } from '#language/fr.ts';
import type { Texts } from '#language/translation.ts';
import { expect as hardExpect, test } from './app-test.ts';
import { listViolations } from './axe.ts';
import { findCutText, findSidewaysScroll } from './layout.ts';
import { sections, type TrancheApp } from './tranche-app.ts';
import { languages } from './words.ts';

// A screen that fails does not keep the others from being looked at.
const expect = hardExpect.configure({ soft: true });

/** The sizes a planner's screen has: a desk's and a small laptop's. */
const sizes = [
  { width: 1024, height: 768 },
  { width: 1440, height: 900 },
] as const;

/** Each language and each theme once; `npm run screenshots` asks the same of all their pairs. */
const themes = { fr: 'light', en: 'dark' } as const;

/** Nothing is cut, nothing scrolls sideways, in a window of each size. */
async function expectToFit({ page }: TrancheApp, screen: string): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    const where = `${screen}, ${size.width} wide`;
    await expect.poll(() => findSidewaysScroll(page), `${where}: pixels beyond the window`).toBe(0);
    await expect.poll(() => findCutText(page), `${where}: cut`).toEqual([]);
  }
}

async function expectNoViolation(
  { page }: TrancheApp,
  screen: string,
  rules?: readonly string[],
): Promise<void> {
  expect(await listViolations(page, rules), screen).toEqual([]);
}

/** What another theme can break; all else is told by the first. */
const rulesOfTheme = { light: undefined, dark: ['color-contrast', 'link-in-text-block'] } as const;

for (const language of languages) {
  const theme = themes[language];

  test(`every screen fits, in its language, and axe finds nothing (${language}, ${theme})`, async ({
    trainedApp: app,
  }) => {
    test.setTimeout(300_000);
    const { page } = app;
    if (language !== 'fr') await app.setLanguage(language);
    await app.setTheme(theme);
    const { t } = app.words;
    const check = async (screen: string) => {
      await expectToFit(app, screen);
      await expectNoViolation(app, screen, rulesOfTheme[theme]);
    };
    for (const section of sections) {
      await app.goTo(section);
      if (section === 'evaluation')
        await expect(app.chart(t('evaluation.scatter.title')).locator('svg').last()).toBeVisible();
      await check(section);
      const strange = findStrangeLines(await page.locator('body').innerText(), language);
      expect(strange, `${section}: words of the other language, or keys`).toEqual([]);
    }
    await app.goTo('data');
    for (const tab of ['reading', 'table'] as const) {
      await page.getByRole('tab', { name: t(`data.tab.${tab}`) }).click();
      await expect(page.getByRole('table').first()).toBeVisible();
      await check(`data, ${tab}`);
    }
    await app.goTo('model');
    await app.button(t('model.analyst.show')).click();
    await expect(page.getByText(t('model.analyst.foldsHelp'))).toBeVisible();
    await check('model, analyst');
    await app.goTo('scenarios');
    await app.button(t('scenarios.startFrom')).click();
    await expect(page.getByRole('dialog').getByRole('table')).toBeVisible();
    await expectNoViolation(app, 'scenarios, picker', rulesOfTheme[theme]);
  });
}

test('the first screen fits in both languages; axe finds nothing on the empty ones, nor under an alert', async ({
  app,
}) => {
  await app.setLanguage('en');
  await expectToFit(app, 'welcome, en');
  await app.setLanguage('fr');
  await expectToFit(app, 'welcome, fr');
  for (const section of sections) {
    await app.goTo(section);
    await expectNoViolation(app, `${section}, empty`);
  }
  await app.goTo('data');
  await app.chooseFile({ name: 'vide.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await expect(app.alerts).toBeVisible();
  await expectNoViolation(app, 'alert');
});

/** Lines that only the other language has, and names of missing words, which show as their keys. */
function findStrangeLines(text: string, language: 'fr' | 'en'): readonly string[] {
  const [own, other] = (language === 'en' ? [en, fr] : [fr, en]).map(listTexts);
  const known = new Set(own);
  const foreign = new Set(other?.filter((each) => !known.has(each)));
  const lines = text.split('\n').map((line) => line.trim().replaceAll(/\s/gu, ' '));
  return lines.filter((line) => foreign.has(line) || /^[a-z]+(\.[a-zA-Z-]+){1,3}$/u.test(line));
}

/** Every text of a dictionary that has no blank to fill. */
function listTexts(texts: Texts): readonly string[] {
  return Object.values(texts).flatMap((text) =>
    typeof text === 'string' ? (text.includes('{{') || text.length < 6 ? [] : [text]) : listTexts(text),
  );
}
