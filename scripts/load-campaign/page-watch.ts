import type { Page } from '@playwright/test';

declare global {
  interface Window {
    interactions: Map<number, { duration: number; name: string }>;
    remainings: { at: number; text: string }[];
    paints: number[];
  }
}

/** From now on the page notes each interaction with how long its next paint took. */
export async function watchInteractions(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.interactions = new Map();
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEventTiming & { interactionId: number })[]) {
        const known = window.interactions.get(entry.interactionId)?.duration ?? -1;
        if (entry.interactionId > 0 && entry.duration > known) {
          window.interactions.set(entry.interactionId, { duration: entry.duration, name: entry.name });
        }
      }
    });
    // 16 ms is the least that the platform reports: what is quicker is not listed, and counts as 16.
    observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** Interaction to next paint in milliseconds: the worst, or the 98th percentile from 50 slow ones on. */
export async function readInteractions(
  page: Page,
): Promise<{ inp: number; nListed: number; median: number }> {
  const durations = await page.evaluate(() =>
    [...window.interactions.values()].map(({ duration }) => duration),
  );
  durations.sort((a, b) => b - a);
  const at = Math.floor(durations.length / 50);
  return {
    inp: durations[at] ?? 16,
    nListed: durations.length,
    median: durations[Math.floor(durations.length / 2)] ?? 16,
  };
}

/** Notes what the work bar says is left, every 100 ms; `judge` compares it with what was left indeed. */
export async function watchRemaining(page: Page, label: string) {
  await page.evaluate((name) => {
    window.remainings = [];
    const look = () => {
      const text = document.querySelector(`section[aria-label="${name}"]`)?.textContent ?? '';
      window.remainings.push({ at: performance.now(), text });
    };
    setInterval(look, 100);
  }, label);
  return {
    async judge(): Promise<{ nSaid: number; worstRatio: number; medianRatio: number }> {
      const notes = await page.evaluate(() => window.remainings);
      const busy = notes.filter(({ text }) => /%|\d+\/\d+/u.test(text));
      const end = busy.at(-1)?.at ?? 0;
      const ratios = busy.flatMap(({ at, text }) => {
        const match = /(?:encore|left)\D*(?:(\d+)\s*min\s*)?(\d+)\s*s/u.exec(text);
        const left = (end - at) / 1000;
        // Near the end whole seconds say nothing of a ratio.
        if (match === null || left < 2) return [];
        const said = Number(match[1] ?? 0) * 60 + Number(match[2]);
        return [Math.max(said / left, left / Math.max(0.5, said))];
      });
      ratios.sort((a, b) => a - b);
      const round = (ratio = NaN) => Math.round(ratio * 100) / 100;
      return {
        nSaid: ratios.length,
        worstRatio: round(ratios.at(-1)),
        medianRatio: round(ratios[Math.floor(ratios.length / 2)]),
      };
    },
  };
}

/** Notes the frames the page paints until `judge`: how many, and how many milliseconds lie between two. */
export async function watchFrames(page: Page) {
  await page.evaluate(() => {
    window.paints = [];
    const note = (at: number) => {
      window.paints.push(at);
      requestAnimationFrame(note);
    };
    requestAnimationFrame(note);
  });
  return {
    async judge(): Promise<{ nFrames: number; medianGap: number; p95Gap: number; longestGap: number }> {
      const frames = await page.evaluate(() => window.paints);
      const gaps = frames.slice(1).map((at, i) => at - (frames[i] as number));
      gaps.sort((a, b) => a - b);
      const at = (share: number) => Math.round(gaps[Math.floor(share * (gaps.length - 1))] ?? NaN);
      return { nFrames: frames.length, medianGap: at(0.5), p95Gap: at(0.95), longestGap: at(1) };
    },
  };
}
