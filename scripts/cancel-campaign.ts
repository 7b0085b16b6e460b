/**
 * Does the page give back what a cancelled training took? (npm run campaign:cancel [-- --cycles 150 --rows 20000])
 *
 * Opens dist/index.html in Chromium with a generated sample, and again and again begins a training and cancels it at a
 * random moment. Printed as JSON: how soon a cancel was shown, and what the page and its workers took before, after the
 * earlier and the later cycles, and once all had come to rest. Ends with an error where the later ones take more.
 */
import { existsSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from '@playwright/test';
import { createRng } from '#base/random.ts';
import { wordsIn } from '#language/words.ts';
import { findChromium } from './find-chromium.ts';
import { judgeGrowth, measureMemory } from './load-campaign/memory.ts';

/** Megabytes: what a browser's own bookkeeping and its collector make of the same work. */
const MAX_GROWTH = 60;
const readOption = (name: string, otherwise: number) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const nCycles = readOption('cycles', 150);
const nRows = readOption('rows', 20_000);
const { t } = wordsIn('fr');

const dist = fileURLToPath(new URL('../dist/index.html', import.meta.url));
if (!existsSync(dist)) throw new Error('dist/index.html is missing: run npm run build');

const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--js-flags=--expose-gc'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
  // tsx names the functions it sends to the page by this.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(pathToFileURL(dist).href);
  const bar = page.getByRole('region', { name: t('work.label') });
  const waitForRest = async () => {
    while (!(await bar.textContent())?.includes(t('shell.nothingUnderWay'))) await page.waitForTimeout(50);
  };
  await page
    .getByRole('button', { name: t('data.sample.settings') })
    .first()
    .click();
  await page.getByLabel(t('data.sample.rows')).fill(String(nRows));
  await page
    .getByRole('button', { name: t('data.sample.action') })
    .first()
    .click();
  await page.getByRole('link', { name: t('data.file.next') }).waitFor({ timeout: 120_000 });
  await waitForRest();
  await page
    .getByRole('navigation', { name: t('shell.sections') })
    .getByRole('link', { name: t('shell.section.model') })
    .click();

  const rng = createRng(1);
  const before = await measureMemory(browser, page);
  const after: number[] = [];
  const cancels: number[] = [];
  for (let cycle = 0; cycle < nCycles; cycle++) {
    await page.getByRole('button', { name: t('model.train'), exact: true }).click();
    await bar.getByRole('button', { name: t('work.cancel') }).waitFor();
    await page.waitForTimeout(100 + 1500 * rng.nextFloat());
    const isRunning = (await bar.textContent())?.includes(t('work.kind.training'));
    if (!isRunning) throw new Error('the training ended by itself: take more rows');
    cancels.push(
      await bar.getByRole('button', { name: t('work.cancel') }).evaluate((element, idle) => {
        const startedAt = performance.now();
        const section = element.closest('section');
        (element as HTMLElement).click();
        return new Promise<number>((resolve) => {
          const look = () =>
            section?.textContent?.includes(idle)
              ? resolve(performance.now() - startedAt)
              : requestAnimationFrame(look);
          look();
        });
      }, t('shell.nothingUnderWay')),
    );
    await page.waitForTimeout(300);
    after.push(await measureMemory(browser, page));
    if (cycle % 10 === 0) console.error(`${cycle}: ${after.at(-1)} MB`);
  }
  const growth = judgeGrowth(after);
  // Part workers rest for a minute before they are ended.
  await page.waitForTimeout(70_000);
  const atRest = await measureMemory(browser, page);
  const worstCancel = Math.round(Math.max(...cancels));
  const cancelled = {
    worstCancel,
    medianCancel: Math.round(cancels.toSorted((a, b) => a - b)[cancels.length >> 1] ?? NaN),
  };
  console.log(
    JSON.stringify({ nRows, nCycles, load: loadavg()[0], ...cancelled, before, ...growth, atRest }, null, 2),
  );
  process.exitCode = growth.late - growth.early <= MAX_GROWTH ? 0 : 1;
} finally {
  await browser.close();
}
