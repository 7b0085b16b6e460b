/** A page in a browser of its own, driven by code that runs in it. The same for browsers that are driven in different ways. */
export interface DrivenPage {
  /** `Chromium 156.0.1`. */
  readonly browser: string;
  readonly open: (address: string) => Promise<void>;
  /** The value of an expression, awaited; anything that JSON holds. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  readonly setFile: (selector: string, path: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Asks every quarter of a second until the expression is true. Throws, naming it, when it has not become so. */
export async function waitUntil(page: DrivenPage, expression: string, timeoutMs = 60_000): Promise<void> {
  const end = Date.now() + timeoutMs;
  while ((await page.evaluate(`Boolean(${expression})`).catch(() => false)) !== true) {
    if (Date.now() > end) throw new Error(`${page.browser}: not within ${timeoutMs / 1000} s: ${expression}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
