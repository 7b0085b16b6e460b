import type { Page } from '@playwright/test';
import { bundleForPage } from '../scripts/bundle-for-page.ts';
import type { PageThatKeeps } from './keep-in-page.ts';
import type { TrainedWork } from './trained-work.ts';

/** Puts work into the browser's storage for the site at `address`, as if a person had left it there. */
export async function keepWork(page: Page, address: string, work: TrainedWork): Promise<void> {
  const emptyPage = new URL('empty', address).href;
  await page.route(emptyPage, (route) =>
    route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }),
  );
  await page.goto(emptyPage);
  await page.addScriptTag({
    content: await (bundle ??= bundleForPage(new URL('keep-in-page.ts', import.meta.url), 'keepInPage')),
  });
  await page.evaluate((kept) => (globalThis as PageThatKeeps).keepTrainedWork(kept), work);
  await page.unroute(emptyPage);
}

let bundle: Promise<string> | null = null;
