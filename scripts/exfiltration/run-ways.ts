import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrowserContext, chromium, type Frame, type Page } from '@playwright/test';
import { findChromium } from '../find-chromium.ts';
import { readPageScript } from '../page-script.ts';
import { listenOutside } from './outside.ts';
import { framedWay, type Outside, ways } from './ways.ts';

/** The built page without its app: what holds it, alone, which opens at once. */
export function withoutApp(html: string): string {
  return html.replace(/<script type="module"[^>]*>[\s\S]*?<\/script>/u, '');
}

/** What each way got out: the protocols its own port heard, or what else a mark of it was found in. Empty: nothing. */
export type Leaks = ReadonlyMap<string, readonly string[]>;

const TRIED = 'way tried';
const waysPath = fileURLToPath(new URL('ways.ts', import.meta.url));

/**
 * Tries each way out of a page in a Chromium of its own, in a fresh window each time, on a real click: the browser then
 * permits whatever it permits a page at all. The window was opened by a page of another origin.
 *
 * The ways are a script of the page that its policy admits by hash, as a dependency's would be: code that a debugger
 * evaluates is under no policy. `waitMs` is what each has time for.
 */
export async function runWays(
  html: string,
  {
    waitMs,
    names = Object.keys(ways),
    nWindows = 4,
  }: { waitMs: number; names?: readonly string[]; nWindows?: number },
): Promise<Leaks> {
  const host = await serveTexts({
    '/': admitScript(html, await writeScript()),
    '/opener': '<!doctype html><body>x',
  });
  const folder = mkdtempSync(join(tmpdir(), 'tranche-ways-'));
  const log = join(folder, 'net.json');
  const executablePath = findChromium();
  // A profile of its own: in a private window, which a plain context is, no browser looks up names or connects ahead.
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    ...(executablePath && { executablePath }),
    permissions: ['notifications', 'clipboard-read', 'clipboard-write'],
    args: ['--no-sandbox', '--disable-gpu', `--log-net-log=${log}`],
  });
  const listeners = await Promise.all(names.map((_, i) => listenOutside(`way-${i}.tranche-outside.test`)));
  const messages: string[] = [];
  const queue = names.entries();
  try {
    await Promise.all(
      Array.from({ length: nWindows }, async () => {
        const opener = await openOpener(context, host.address);
        for (const [i, name] of queue) await tryWay(opener, host.address, name, listeners[i]!, waitMs);
        messages.push(...(await opener.evaluate(() => (globalThis as unknown as { heard: string[] }).heard)));
      }),
    );
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  } finally {
    await context.close();
    await host.close();
    for (const { close } of listeners) close();
  }
  const netLog = readFileSync(log, 'utf8');
  rmSync(folder, { recursive: true });
  return new Map(
    names.map((name, i) => {
      const { heard, name: mark } = listeners[i]!;
      const places = {
        DNS: netLog,
        'the own host': host.requests.join('\n'),
        'another page': messages.join('\n'),
      };
      return [
        name,
        [
          ...heard,
          ...Object.entries(places).flatMap(([place, text]) => (text.includes(mark) ? [place] : [])),
        ],
      ];
    }),
  );
}

/** A page of another origin that writes down what other windows tell it. */
async function openOpener(context: BrowserContext, address: string): Promise<Page> {
  const opener = await context.newPage();
  await opener.goto(`${address.replace('127.0.0.1', 'localhost')}opener`);
  await opener.evaluate(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    addEventListener('message', ({ data }) => heard.push(String(data)));
  });
  return opener;
}

async function tryWay(
  opener: Page,
  address: string,
  name: string,
  { url, host, name: mark }: Outside,
  waitMs: number,
): Promise<void> {
  const window = await openWindow(opener, address, name === framedWay);
  const opened: Page[] = [];
  const page = window.page();
  page.on('popup', (popup) => opened.push(popup));
  await window.waitForFunction(() => 'pending' in globalThis);
  const outside = { url, host, name: mark };
  await window.evaluate((pending) => Object.assign(globalThis, { pending }), { name, outside });
  const tried: string[] = [];
  page.on('console', (message) => {
    if (message.text() === TRIED) tried.push(name);
  });
  // What was never tried would pass for what is held; a click on a page that is not painted yet goes nowhere.
  for (let n = 0; tried.length === 0; n++) {
    if (n === 100) throw new Error(`${name}: the page does not hear of a click`);
    await page.mouse.click(30, 30);
    await opener.waitForTimeout(100);
  }
  await opener.waitForTimeout(waitMs);
  // Handed on as if the opener had heard it.
  await opener
    .evaluate(async () => {
      const { heard } = globalThis as unknown as { heard: string[] };
      heard.push(await navigator.clipboard.readText());
    })
    .catch(() => {});
  for (const each of opened) await each.close();
  if (page !== opener) await page.close();
}

/** The page in a window of its own, or in a frame of the opener. */
async function openWindow(opener: Page, address: string, isFramed: boolean): Promise<Frame> {
  if (isFramed) {
    const frame = await opener.evaluateHandle((there) => {
      const made = Object.assign(document.createElement('iframe'), { src: there });
      document.body.replaceChildren(made);
      return made;
    }, address);
    return (await frame.contentFrame())!;
  }
  const opening = opener.waitForEvent('popup');
  await opener.evaluate((there) => void window.open(there, '_blank', 'popup,width=400,height=300'), address);
  return (await opening).mainFrame();
}

/** The ways, and a click that tries the one that is pending. */
async function writeScript(): Promise<string> {
  return `{${await readPageScript(waysPath)}
globalThis.pending = null;
addEventListener('click', async () => {
  const way = globalThis.pending;
  globalThis.pending = null;
  if (!way) return;
  console.log('${TRIED}');
  try { await ways[way.name](way.outside); } catch {}
});
}`;
}

/** The page with one more script, which its policy, where it has one, is told of. */
function admitScript(html: string, script: string): string {
  const hash = createHash('sha256').update(script, 'utf8').digest('base64');
  return html
    .replace(/script-src /u, (directive) => `${directive}'sha256-${hash}' `)
    .replace('</body>', () => `<script>${script}</script></body>`);
}

async function serveTexts(texts: Readonly<Record<string, string>>) {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.url} ${request.headers.cookie ?? ''}`);
    const text = texts[new URL(request.url ?? '/', 'http://x').pathname];
    response
      .writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' })
      .end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
