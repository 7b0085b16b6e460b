/**
 * npm run bench:browser [-- PART]
 *
 * Bundles the cases of `npm run bench`, runs them in a worker of Chromium (and of Firefox where Playwright has
 * one) on an ordinary page, and compares the bytes of some models with those that Node makes: differing bytes
 * end it with an error. Writes bench/out/<browser>.json. `npm run bench:browser -- bytes` only compares.
 */
import { chromium, firefox, type BrowserType } from '@playwright/test';
import { build } from 'vite';
import { findChromium } from '../scripts/find-chromium.ts';
import { fitModelsToCompare, type Figure } from './engine/cases.ts';
import { formatFigure, saveFigures } from './engine/table.ts';

type Message = { kind: 'figure'; figure: Figure } | { kind: 'models'; models: string[] } | { kind: 'end' };

async function bundleWorker(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: 'bench/engine/browser-worker.ts', formats: ['iife'], name: 'bench' },
    },
  });
  const outputs = Array.isArray(result) ? result : [result];
  const chunk = outputs.flatMap((output) => ('output' in output ? output.output : []))[0];
  if (chunk?.type !== 'chunk') throw new Error('The bundle of the bench is missing.');
  return chunk.code;
}

async function runIn(
  type: BrowserType,
  executablePath: string | undefined,
  code: string,
  wanted: string,
): Promise<void> {
  const browser = await type.launch({
    ...(executablePath && { executablePath }),
    args: type === chromium ? ['--no-sandbox'] : [],
  });
  const name = `${type.name()} ${browser.version()}`;
  console.log(name);
  const page = await browser.newPage();
  const figures: Figure[] = [];
  let nDiffering = 0;
  await page.exposeFunction('receive', (message: Message) => {
    if (message.kind === 'figure') {
      figures.push(message.figure);
      console.log(formatFigure(message.figure));
    } else if (message.kind === 'models') {
      const wantedModels = fitModelsToCompare();
      nDiffering = message.models.filter((model, i) => model !== wantedModels[i]).length;
      console.log(
        `${wantedModels.length - nDiffering} of ${wantedModels.length} models have the bytes that Node gives`,
      );
    }
  });
  await page.evaluate(
    ([source, part]) =>
      new Promise<void>((resolve, reject) => {
        const { receive } = globalThis as unknown as { receive: (message: unknown) => Promise<void> };
        const worker = new Worker(URL.createObjectURL(new Blob([source!], { type: 'text/javascript' })));
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }: { data: { kind: string } }) => {
          void receive(data).then(() => data.kind === 'end' && resolve());
        };
        worker.postMessage({ wanted: part });
      }),
    [code, wanted],
  );
  await browser.close();
  saveFigures(type.name(), name, figures);
  if (nDiffering > 0) process.exitCode = 1;
}

const code = await bundleWorker();
const wanted = process.argv[2] ?? '';
await runIn(chromium, findChromium() ?? undefined, code, wanted);
try {
  await runIn(firefox, undefined, code, 'bytes');
} catch (error) {
  console.log(`Firefox skipped: ${String(error).split('\n')[0]}`);
}
