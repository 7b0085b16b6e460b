import { expect, test } from './app-test.ts';

test.use({ viewport: { width: 1024, height: 768 } });

for (const language of ['fr', 'en'] as const) {
  test(`the note is one light page, whole, and its reasons add up (${language})`, async ({
    trainedApp: app,
  }) => {
    test.setTimeout(120_000);
    const { page } = app;
    await app.setLanguage(language);
    await app.setTheme('dark');
    await app.goTo('scenarios');
    const { t } = app.words;
    await app.button(t('note.action')).click();
    const note = page.getByTestId('note');
    await expect(note).toBeVisible({ timeout: 60_000 });
    await page.getByLabel(t('note.author')).fill('C. Martin');
    await expect(note).toContainText('C. Martin');
    for (const heading of ['question', 'answer', 'reasons', 'similar', 'past', 'trust', 'limits'] as const) {
      await expect(note.getByRole('heading', { name: t(`note.heading.${heading}`) })).toBeVisible();
    }
    await expect(note).toHaveCSS('background-color', 'rgb(255, 255, 255)');

    // No unit follows the steps, one follows both ends.
    const sentence = (await page.getByTestId('reasons').textContent()) ?? '';
    const parts = sentence.split(';').map((part) => part.trim());
    const read = (text = '') => {
      const [, sign, digits = ''] = /([+−]?)(\d+(?:[.,]\d+)?)(?!.*\d)/u.exec(text) ?? [];
      return Math.round(10 * Number(digits.replace(',', '.'))) * (sign === '−' ? -1 : 1);
    };
    const [base = 0, ...others] = parts.map(read);
    const total = others.pop();
    expect(others.length).toBeGreaterThan(1);
    expect(others.reduce((sum, change) => sum + change, base)).toBe(total);

    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b(?!s)/gu)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    // A4 without its margins, at 96 dots an inch.
    const { height } = (await note.boundingBox()) ?? { height: Infinity };
    expect(height).toBeLessThan(((297 - 20) / 25.4) * 96);
    await page.emulateMedia({ media: null });
    await app.button(t('note.back')).click();
    await expect(app.prediction).toBeVisible();
    await app.setTheme('light');
    if (language === 'en') await app.setLanguage('fr');
  });
}
