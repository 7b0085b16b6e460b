/**
 * Does the page stay usable while a large file is read, and in a large table? (npm run campaign:load [-- --rows 1000000])
 *
 * Opens dist/index.html in Chromium, has it read a generated file of rows × 28 numbers (236 MB at 1,000,000) and
 * meanwhile goes from section to section and opens the menu with real clicks and keys. Then the same file is read
 * again and cancelled; then a file of 100,000 rows is scrolled, sorted and filtered. Printed as JSON: the interaction
 * to next paint (the worst, for fewer than 50 interactions: https://web.dev/articles/inp), how far off the remaining
 * time was, how soon a cancel was done, and the frames of the scroll. Beside it the same clicks with nothing under way:
 * on a busy machine they tell what is the machine's. Ends with an error where a promise is not kept.
 */
import { existsSync, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium, type Page } from '@playwright/test';
import { wordsIn } from '#language/words.ts';
import { nColumns, writeNumbersFile } from '../bench/csv/numbers-file.ts';
import { findChromium } from './find-chromium.ts';
import {
  readInteractions,
  watchInteractions,
  watchRemaining,
  watchFrames,
} from './load-campaign/page-watch.ts';

const MAX_INP = 200;
const MAX_CANCEL = 200;
const rowsAt = process.argv.indexOf('--rows');
const nRows = rowsAt < 0 ? 1_000_000 : Number(process.argv[rowsAt + 1]);
const { t, format } = wordsIn('fr');

const dist = fileURLToPath(new URL('../dist/index.html', import.meta.url));
if (!existsSync(dist)) throw new Error('dist/index.html is missing: run npm run build');

function say(text: string): void {
  console.error(text);
}

const section = (page: Page, id: 'data' | 'model' | 'quality' | 'evaluation' | 'scenarios') =>
  page
    .getByRole('navigation', { name: t('shell.sections') })
    .getByRole('link', { name: t(`shell.section.${id}`) })
    .click();
const workBar = (page: Page) => page.getByRole('region', { name: t('work.label') });
const isIdle = async (page: Page) =>
  (await workBar(page).textContent())?.includes(t('shell.nothingUnderWay')) ?? false;
const choose = (page: Page, path: string) =>
  page.locator('main input[type=file]:not([accept])').setInputFiles(path);

/** Clicks and keys as a person who waits would give them. */
async function actUntil(page: Page, isOver: () => Promise<boolean>): Promise<void> {
  while (!(await isOver())) {
    for (const id of ['quality', 'model', 'scenarios', 'data'] as const) await section(page, id);
    const menu = page.getByRole('banner').getByRole('button', { name: t('shell.theme.label') });
    await menu.click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
  }
}

/** The same with nothing under way: what this machine, busy as it is, makes of the page itself. */
async function measureIdle(page: Page) {
  await watchInteractions(page);
  let nRounds = 0;
  await actUntil(page, () => Promise.resolve(nRounds++ === 5));
  return readInteractions(page);
}

async function measureReading(page: Page, path: string) {
  await watchInteractions(page);
  const remaining = await watchRemaining(page, t('work.label'));
  const startedAt = performance.now();
  await choose(page, path);
  await workBar(page).getByRole('progressbar').waitFor();
  await actUntil(page, () => isIdle(page));
  const seconds = (performance.now() - startedAt) / 1000;
  await section(page, 'data');
  await page.getByText(t('data.file.read', { count: nRows, n: format.number(nRows) })).waitFor();
  return { seconds, ...(await readInteractions(page)), remaining: await remaining.judge() };
}

async function measureCancel(page: Page, path: string) {
  await choose(page, path);
  await workBar(page).getByRole('progressbar').waitFor();
  await page.waitForTimeout(1_500);
  const button = workBar(page).getByRole('button', { name: t('work.cancel') });
  const milliseconds = await button.evaluate((element, idle) => {
    const bar = element.closest('section');
    const startedAt = performance.now();
    (element as HTMLElement).click();
    return new Promise<number>((resolve) => {
      const look = () =>
        bar?.textContent?.includes(idle)
          ? resolve(performance.now() - startedAt)
          : requestAnimationFrame(look);
      look();
    });
  }, t('shell.nothingUnderWay'));
  await page.getByText(t('data.file.read', { count: nRows, n: format.number(nRows) })).waitFor();
  return { milliseconds };
}

async function measureTable(page: Page) {
  const path = writeNumbersFile(100_000);
  try {
    await choose(page, path);
    await page.getByText(t('data.file.read', { count: 100_000, n: format.number(100_000) })).waitFor();
    while (!(await isIdle(page))) await page.waitForTimeout(100);
    await page.getByRole('tab', { name: t('data.tab.table') }).click();
    const table = page.getByRole('table', { name: t('data.table.label') });
    await table.getByRole('cell').first().waitFor();
    await watchInteractions(page);
    await table.hover();
    const frames = await watchFrames(page);
    for (let i = 0; i < 60; i++) {
      await page.mouse.wheel(0, 700);
      await page.waitForTimeout(16);
    }
    const scroll = await frames.judge();
    for (const column of ['x0', 'x1']) {
      await page.getByTitle(t('data.table.sortBy', { column })).first().click();
      await page.locator('[aria-sort=ascending]').first().waitFor();
    }
    await page
      .getByRole('textbox', { name: t('data.table.search') })
      .pressSequentially('1.23', { delay: 60 });
    await page.waitForTimeout(1_000);
    return { scroll, ...(await readInteractions(page)) };
  } finally {
    rmSync(path);
  }
}

const executablePath = findChromium();
const browser = await chromium.launch({
  ...(executablePath ? { executablePath } : {}),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
const loadBefore = loadavg()[0];
const path = writeNumbersFile(nRows);
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'fr-FR' });
  // tsx names the functions it sends to the page by this.
  await page.addInitScript('globalThis.__name = (named) => named');
  await page.goto(pathToFileURL(dist).href);
  const idle = await measureIdle(page);
  say(`reading ${nRows} rows × ${nColumns} columns …`);
  const reading = await measureReading(page, path);
  say('cancelling …');
  const cancel = await measureCancel(page, path);
  say('a table of 100,000 rows …');
  const table = await measureTable(page);
  console.log(JSON.stringify({ nRows, nColumns, load: loadBefore, idle, reading, cancel, table }, null, 2));
  const bound = Math.max(MAX_INP, 1.5 * idle.inp);
  const kept = reading.inp <= bound && table.inp <= bound && cancel.milliseconds <= MAX_CANCEL;
  process.exitCode = kept ? 0 : 1;
} finally {
  rmSync(path, { force: true });
  await browser.close();
}
