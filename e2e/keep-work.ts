import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import type { PageThatKeeps } from './keep-in-page.ts';
import type { TrainedWork } from './trained-work.ts';

/** Puts work into the browser's storage for the site at `address`, as if a person had left it there. */
export async function keepWork(page: Page, address: string, work: TrainedWork): Promise<void> {
  const emptyPage = new URL('empty', address).href;
  await page.route(emptyPage, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await page.goto(emptyPage);
  await page.addScriptTag({ content: await (bundle ??= bundleForPage()) });
  await page.evaluate((kept) => (globalThis as PageThatKeeps).keepTrainedWork(kept), work);
  await page.unroute(emptyPage);
}

let bundle: Promise<string> | null = null;

async function bundleForPage(): Promise<string> {
  const outputs = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      lib: {
        entry: fileURLToPath(new URL('keep-in-page.ts', import.meta.url)),
        formats: ['iife'],
        name: 'keepInPage',
      },
    },
  });
  const [chunk] = Array.isArray(outputs) ? outputs.flatMap(({ output }) => output) : [];
  if (chunk?.type !== 'chunk') throw new Error('vite gave no script');
  return chunk.code;
}
