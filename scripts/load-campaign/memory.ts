import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

/** Megabytes that the pages and their workers take, as the system counts them; NaN where it does not tell (Linux does). */
export async function measureMemory(browser: Browser): Promise<number> {
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
