import { readFileSync } from 'node:fs';
import type { Browser, Page } from '@playwright/test';

/**
 * Megabytes that a page and its workers take, as the system counts them, without what their collectors have not looked at
 * yet (`--expose-gc`); NaN where the system does not tell (Linux does).
 */
export async function measureMemory(browser: Browser, page: Page): Promise<number> {
  const collect = () => (globalThis as { gc?: () => void }).gc?.();
  await page.evaluate(collect);
  // One that is being ended has nothing to give back any more.
  await Promise.all(page.workers().map((worker) => worker.evaluate(collect).catch(() => {})));
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => {
      try {
        const [, kilobytes] = /^VmRSS:\s+(\d+) kB/mu.exec(readFileSync(`/proc/${id}/status`, 'utf8')) ?? [];
        return Number(kilobytes) / 1024;
      } catch {
        return NaN;
      }
    });
  return Math.round(sizes.reduce((sum, size) => sum + size, 0));
}

/** Whether what is taken grows with the number of cycles: the last quarter against the second. */
export function judgeGrowth(megabytes: readonly number[]): { readonly early: number; readonly late: number } {
  const quarter = Math.floor(megabytes.length / 4);
  const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
  return { early: median(megabytes.slice(quarter, 2 * quarter)), late: median(megabytes.slice(-quarter)) };
}
