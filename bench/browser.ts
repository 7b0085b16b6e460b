/**
 * npm run bench:browser [-- PART]
 *
 * The cases of `npm run bench` from a bundle in a worker of Chromium, with scikit-learn and LightGBM timed in
 * the same run (see `engine/libraries.ts`), a CSV of 1,000,000 × 28 from file to typed table beside
 * pandas.read_csv, and the bytes of some models compared with Node's, in Chromium and in Firefox where there is
 * one: differing bytes end it with an error. PART picks by name: `sample`, `grid`, `10,000`, `100,000`,
 * `1,000,000`, `shap`, `csv`; `bytes` only compares models. Writes bench/out/browser.json.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findChromium } from '../scripts/find-chromium.ts';
import { findFirefox } from '../scripts/find-firefox.ts';
import { timePandas, writeNumbersFile } from './csv/numbers-file.ts';
import { serveBenchPage, type BenchPage } from './engine/bench-page.ts';
import type { Message } from './engine/browser-worker.ts';
import { fitModelsToCompare, largeFits } from './engine/cases.ts';
import type { Figure } from './engine/figure.ts';
import { wantedPart } from './engine/clock.ts';
import { generateBenchmark, generateOutages } from './engine/data.ts';
import { compareWith, openLibraries } from './engine/libraries.ts';
import { readPeakMegabytes } from './engine/peak-memory.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

/** The longest case, on a slow machine. */
const SILENCE_MS = 300_000;

const figures: Figure[] = [];
const isWanted = (name: string): boolean => name.includes(wantedPart);
const valueOf = (start: string): number | null =>
  figures.find(({ name }) => name.startsWith(start))?.value ?? null;

function keep(figure: Figure): void {
  figures.push(figure);
  console.log(formatFigure(figure));
}

function hear(message: Message): void {
  if (message.kind === 'figure') keep(message.figure);
  if (message.kind !== 'models') return;
  const wanted = fitModelsToCompare();
  const nSame = message.models.filter((model, i) => model === wanted[i]).length;
  console.log(`${nSame} of ${wanted.length} models have the bytes that Node gives`);
  if (nSame < wanted.length) process.exitCode = 1;
}

/** Opens the page in a Chromium of its own, and reports how much memory that took at most. */
async function runInChromium(
  name: string,
  served: BenchPage,
  work: (page: Page) => Promise<void>,
): Promise<string> {
  const executablePath = findChromium();
  const server = await chromium.launchServer({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  const browser = await chromium.connect(server.wsEndpoint());
  const engine = `Chromium ${browser.version()}`;
  console.log(engine);
  try {
    const heard = served.listen(hear, SILENCE_MS);
    await Promise.all([browser.newPage().then(work), heard]);
    const peak = readPeakMegabytes(server.process().pid ?? 0);
    if (peak !== null) keep({ name: `${name}: peak memory of the page`, value: peak, unit: 'MB' });
  } finally {
    await server.close();
  }
  return engine;
}

async function compareInFirefox(served: BenchPage): Promise<void> {
  const path = findFirefox();
  if (path === null) {
    console.log('Firefox skipped: none here (FIREFOX_PATH names one)');
    return;
  }
  console.log('Firefox');
  const profile = mkdtempSync(join(tmpdir(), 'tranche-firefox-'));
  const heard = served.listen(hear, 60_000);
  const options = ['--headless', '--no-remote', '--profile', profile, `${served.address}#bytes`];
  const firefox = spawn(path, options, { stdio: 'ignore' });
  try {
    await heard;
  } finally {
    firefox.kill();
    await new Promise((resolve) => firefox.once('exit', resolve));
    rmSync(profile, { recursive: true, force: true });
  }
}

function timeLibraries(): void {
  const libraries = openLibraries(false);
  const sample = generateOutages(800, 42);
  const sampleMs = valueOf('sample: ');
  if (sampleMs !== null) compareWith(libraries.timeSample(sample), 'sample', { fitMs: sampleMs }, keep);
  const gridMs = valueOf('grid: ');
  if (gridMs !== null) compareWith(libraries.timeGrid(sample), 'grid', { fitMs: gridMs }, keep);
  for (const { name, nSamples, nFeatures, nIterations } of largeFits) {
    const fitMs = valueOf(`${name}: fit`);
    if (fitMs === null) continue;
    const train = generateBenchmark(nSamples, nFeatures, 1);
    const test = generateBenchmark(Math.min(nSamples, 100_000), nFeatures, 2);
    const ours = { fitMs, rmse: valueOf(`${name}: test RMSE`) ?? NaN };
    compareWith(libraries.timeLarge(train, test, nIterations), name, ours, keep);
  }
  libraries.close();
}

async function timeCsv(served: BenchPage): Promise<void> {
  const path = writeNumbersFile(1_000_000);
  try {
    await runInChromium('csv', served, async (page) => {
      await page.goto(served.address);
      await page.setInputFiles('input', path);
    });
    const pandas = timePandas(path);
    const ours = valueOf('csv: ');
    if (pandas === null || ours === null) {
      console.log('pandas skipped: none here (PYTHON names a Python with it)');
      return;
    }
    keep({ name: 'csv: pandas.read_csv', value: pandas.seconds, unit: 's' });
    keep({ name: 'csv: ours ÷ pandas.read_csv', value: ours / pandas.seconds, unit: '' });
    keep({ name: 'csv: peak memory of pandas', value: pandas.peakMegabytes, unit: 'MB' });
  } finally {
    rmSync(path);
  }
}

const served = await serveBenchPage();
let engine = '';
if (wantedPart !== 'csv') {
  engine = await runInChromium(wantedPart || 'all cases', served, async (page) => {
    await page.goto(`${served.address}#${encodeURIComponent(wantedPart || ' ')}`);
  });
  timeLibraries();
}
if (isWanted('csv')) await timeCsv(served);
if (isWanted('bytes')) await compareInFirefox(served);
served.close();
saveFigures('browser', engine || 'Chromium', figures);
