import { chromium } from '@playwright/test';
import { findChromium } from '../find-chromium.ts';
import type { DrivenPage } from './driven-page.ts';

/** Null: no Chromium here. `flags` as its command line takes them. */
export async function openChromium(flags: readonly string[] = []): Promise<DrivenPage | null> {
  const executablePath = findChromium();
  if (executablePath === null) return null;
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', ...flags],
  });
  const page = await browser.newPage({ locale: 'fr-FR', ignoreHTTPSErrors: true });
  return {
    browser: `Chromium ${browser.version()}`,
    open: async (address) => void (await page.goto(address)),
    evaluate: (expression) => page.evaluate(expression),
    setFile: (selector, path) => page.locator(selector).first().setInputFiles(path),
    close: () => browser.close(),
  };
}
