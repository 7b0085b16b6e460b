import type { Page } from '@playwright/test';
import { expect, test } from './app-test.ts';
import { sections } from './tranche-app.ts';
import { languages } from './words.ts';

/** The sizes a planner's screen has: a effects's and a small laptop's. */
const sizes = [
  { width: 1440, height: 900 },
  { width: 1024, height: 768 },
] as const;

/** Texts wider than the box that shows them, where nothing says so by an ellipsis or a scroll bar. */
async function findCutText(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const hasOwnText = (element: Element) =>
      [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
    const isMeant = (element: Element) => {
      for (let box: Element | null = element; box; box = box.parentElement) {
        const { overflowX, textOverflow, clip, position } = getComputedStyle(box);
        if (textOverflow === 'ellipsis' || overflowX === 'auto' || overflowX === 'scroll') return true;
        if (position === 'absolute' && clip !== 'auto') return true;
      }
      return false;
    };
    const cut: string[] = [];
    for (const element of document.querySelectorAll('body *')) {
      if (!(element instanceof HTMLElement) || !hasOwnText(element) || isMeant(element)) continue;
      const { width, height } = element.getBoundingClientRect();
      if (width < 2 || height < 2) continue;
      const isInline = getComputedStyle(element).display === 'inline';
      if (!isInline && element.scrollWidth > element.clientWidth + 1) {
        cut.push(
          `${element.innerText.trim().slice(0, 60)} (${element.scrollWidth} in ${element.clientWidth})`,
        );
      }
    }
    // A drawn text may reach beyond its drawing.
    for (const text of document.querySelectorAll('svg.recharts-surface text')) {
      const box = text.getBoundingClientRect();
      const frame = text.closest('svg')?.getBoundingClientRect();
      if (frame && (box.left < frame.left - 2 || box.right > frame.right + 2)) {
        cut.push(`drawn: ${text.textContent ?? ''} (${Math.round(box.right - frame.right)} beyond)`);
      }
    }
    // A select shows its choice on one line, and hides what does not fit.
    const context = document.createElement('canvas').getContext('2d');
    for (const select of document.querySelectorAll('select')) {
      const style = getComputedStyle(select);
      const text = select.selectedOptions[0]?.text ?? '';
      // Of another width of window: not shown in this one.
      if (!context || select.offsetParent === null) continue;
      context.font = style.font;
      const room = select.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      if (context.measureText(text).width > room + 2) cut.push(`select: ${text}`);
    }
    return cut;
  });
}

async function findSidewaysScroll(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

for (const language of languages) {
  for (const viewport of sizes) {
    test.describe(`${language}, ${viewport.width} × ${viewport.height}`, () => {
      test.use({ viewport });

      test('every screen fits: nothing is cut, nothing scrolls sideways', async ({ trainedApp: app }) => {
        if (language !== 'fr') await app.setLanguage(language);
        const check = async (screen: string) => {
          expect.soft(await findSidewaysScroll(app.page), `${screen}: pixels beyond the window`).toBe(0);
          expect.soft(await findCutText(app.page), `${screen}: cut`).toEqual([]);
        };
        for (const section of sections) {
          await app.goTo(section);
          if (section === 'evaluation') {
            await expect(
              app.chart(app.words.t('evaluation.scatter.title')).locator('svg').last(),
            ).toBeVisible();
          }
          await check(section);
        }
        await app.goTo('data');
        for (const tab of ['reading', 'table'] as const) {
          await app.page.getByRole('tab', { name: app.words.t(`data.tab.${tab}`) }).click();
          await check(`data, ${tab}`);
        }
        await app.goTo('model');
        await app.button(app.words.t('model.analyst.show')).click();
        await check('model, analyst');
      });

      test('the first screen fits too', async ({ app }) => {
        if (language !== 'fr') await app.setLanguage(language);
        expect(await findSidewaysScroll(app.page)).toBe(0);
        expect(await findCutText(app.page)).toEqual([]);
      });
    });
  }
}
