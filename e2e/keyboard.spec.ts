import type { Locator, Page } from '@playwright/test';
import { expect, test } from './app-test.ts';
import { french } from './words.ts';

const { t } = french;

/** Presses Tab until the thing has the focus; fails where a person would give up. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`not reached by 60 presses of Tab: ${String(target)}`);
}

test('the whole main path without a mouse', async ({ app }) => {
  const { page } = app;
  const { keyboard } = page;

  await keyboard.press('Tab');
  await expect(page.getByRole('link', { name: t('shell.skipToContent') })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();

  await tabTo(page, app.button(t('data.sample.action')).first());
  await keyboard.press('Enter');
  await app.expectData();

  const next = page.getByRole('link', { name: t('data.file.next') });
  await tabTo(page, next);
  await keyboard.press('Enter');
  const train = app.button(t('model.train'));
  await expect(train).toBeVisible();
  await tabTo(page, train);
  await keyboard.press('Enter');
  await expect(page.getByRole('link', { name: t('model.result.goToScenarios') })).toBeVisible({
    timeout: 120_000,
  });
  await app.settle();

  await tabTo(page, page.getByRole('link', { name: t('model.result.goToScenarios') }));
  await keyboard.press('Enter');
  const before = await app.readPrediction();
  const slider = page.getByRole('slider', { name: 'Complexité' });
  await tabTo(page, slider);
  await keyboard.press('End');
  await expect(app.prediction).not.toHaveText(before);
  await tabTo(page, app.numberField('Effectif'));
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('12');
  await expect(app.numberField('Effectif')).toHaveValue('12');

  await tabTo(page, page.getByRole('combobox', { name: 'Type_Maintenance' }));
  const atLeast = await app.readPrediction();
  await keyboard.press('Enter');
  await expect(page.getByRole('option').first()).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(app.prediction).not.toHaveText(atLeast);
});

test('what has the focus can be seen to have it', async ({ trainedApp: app }) => {
  const { page } = app;
  for (const section of ['data', 'model', 'evaluation', 'scenarios'] as const) {
    await app.goTo(section);
    const hidden: string[] = [];
    for (let presses = 0; presses < 25; presses++) {
      await page.keyboard.press('Tab');
      const unseen = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const carrier = element.closest('label') ?? element;
        const looks = [element, element.parentElement, carrier, element.nextElementSibling]
          .filter((candidate) => candidate !== null)
          .map((candidate) => getComputedStyle(candidate));
        const isMarked = looks.some(
          (style) =>
            (style.outlineStyle !== 'none' && style.outlineWidth !== '0px') || style.boxShadow !== 'none',
        );
        // A box's own border changes colour instead.
        const isBox = element.matches('input, select, textarea');
        return isMarked || isBox ? null : element.outerHTML.slice(0, 120);
      });
      if (unseen !== null) hidden.push(unseen);
    }
    expect(hidden, section).toEqual([]);
  }
});
