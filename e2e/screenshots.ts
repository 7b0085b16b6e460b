import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test, type Page } from '@playwright/test';
import { listViolations } from './axe.ts';

const root = new URL('..', import.meta.url);
const app = pathToFileURL(fileURLToPath(new URL('dist/index.html', root))).href;
const shutdowns = fileURLToPath(new URL('../shared/data/arrets_tranche_2011_2023_fr_cp1252.csv', root));

const sources = [
  {
    name: 'exemple',
    open: (page: Page) =>
      page
        .locator('main button', { hasText: /Essayer|Try/u })
        .first()
        .click(),
  },
  { name: 'arrets', open: (page: Page) => page.locator('input[type=file]').first().setInputFiles(shutdowns) },
] as const;

for (const { name, open } of sources) {
  for (const language of ['fr', 'en'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      test(`${name} ${language} ${theme}`, async ({ page }) => {
        test.skip(name === 'arrets' && !existsSync(shutdowns), `absent: ${shutdowns}`);
        await page.addInitScript(
          (chosen) => {
            localStorage.setItem('tranche.language', chosen.language);
            localStorage.setItem('tranche.theme', chosen.theme);
          },
          { language, theme },
        );
        await page.goto(app);
        const shoot = createCamera(page, `${name}-${language}-${theme}`);
        await page.locator('h2').first().waitFor();
        await shoot('0-accueil');
        await open(page);
        await page.getByRole('tab').first().waitFor();
        await waitUntilIdle(page);
        for (const [i, tab] of ['colonnes', 'lecture', 'tableau'].entries()) {
          await page.getByRole('tab').nth(i).click();
          await shoot(`1-donnees-${tab}`);
        }
        await goTo(page, 'quality');
        await shoot('1-qualite');
        await goTo(page, 'model');
        await shoot('2-modele-avant');
        await page.getByRole('button', { name: /^(Entraîner|Train)$/u }).click();
        await page
          .getByRole('link', { name: /Poser une question|Ask a question/u })
          .waitFor({ timeout: 240_000 });
        await waitUntilIdle(page);
        await page.locator('button', { hasText: /analyste|Analyst/u }).click();
        await shoot('2-modele');
        await goTo(page, 'evaluation');
        await shoot('3-evaluation');
        await goTo(page, 'scenarios');
        await shoot('4-scenarios');
        await page.getByRole('button', { name: /Partir d’un arrêt passé|Start from a past outage/u }).click();
        await shoot('4-scenarios-choix');
      });
    }
  }
}

/** A picture of the whole page at each size: the window grows to its content, as fixed parts would cover it. */
function createCamera(page: Page, folder: string) {
  return async (name: string) => {
    await expect(page.getByText(/(en cours|Searching|Checking)…/u)).toHaveCount(0, { timeout: 60_000 });
    expect.soft(await listViolations(page), name).toEqual([]);
    for (const [width, height] of [
      [1440, 900],
      [1024, 768],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(300);
      const content = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width, height: Math.max(height, content) });
      await page.waitForTimeout(400);
      await page.screenshot({ path: `screenshots/${folder}/${name}-${width}.png` });
    }
  };
}

async function goTo(page: Page, section: string): Promise<void> {
  await page.evaluate((hash) => {
    window.location.hash = hash;
  }, `#/${section}`);
  await page.waitForTimeout(300);
}

async function waitUntilIdle(page: Page): Promise<void> {
  await expect(page.getByText(/Rien en cours|Nothing under way/u)).toBeVisible({ timeout: 240_000 });
}
