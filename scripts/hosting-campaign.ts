/**
 * npm run campaign:hosting [-- CELL]
 *
 * Puts the built page wherever a host might, and goes the whole main path there in Chromium and in Firefox: open a file,
 * train, take the model, and find it again on another visit. Where a host shuts something out for good, the page has to say
 * which. CELL picks by name. What a machine lacks (openssl, an address of its own, a browser) is skipped, which is said.
 * Exit 1 where a cell fails. Needs `npm run build`.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { main } from '#cli/main.ts';
import { openChromium } from './browsers/chromium-page.ts';
import type { DrivenPage } from './browsers/driven-page.ts';
import { openFirefox } from './browsers/firefox-page.ts';
import { keepsModel, trainInPage } from './browsers/train-in-page.ts';

interface Cell {
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the address; the page is served there and nowhere else. */
  readonly path?: string;
  readonly scheme?: 'http' | 'https' | 'own-address' | 'file';
  /** What the page has to say where it cannot work there. */
  readonly says?: string;
  /** A browser that has to guess takes what begins with a byte-order mark for text: no script of the page ever runs. */
  readonly isShownAsText?: true;
}

const type = (charset: string) => ({ 'content-type': `text/html; charset=${charset}` });
const policy = (text: string) => ({ ...type('utf-8'), 'content-security-policy': text });
const admitting = /`(script-src [^`]*)`/u.exec(
  readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('\n', ' '),
)?.[1];

const cells: readonly Cell[] = [
  { name: 'charset utf-8', headers: type('utf-8') },
  { name: 'charset windows-1252', headers: type('windows-1252') },
  { name: 'charset ISO-8859-1', headers: type('ISO-8859-1') },
  { name: 'charset utf-16', headers: type('utf-16') },
  { name: 'no charset', headers: { 'content-type': 'text/html' } },
  { name: 'no type at all', headers: {}, isShownAsText: true },
  {
    name: 'type in capitals, nosniff',
    headers: { 'content-type': 'TEXT/HTML', 'x-content-type-options': 'nosniff' },
  },
  { name: 'path with a slash', path: '/outils/tranche/' },
  { name: 'path without a slash', path: '/outils/tranche' },
  { name: 'path to the file', path: '/outils/index.html' },
  { name: 'path with accents and a question', path: '/%C3%A9quipe%20arr%C3%AAts/?version=2' },
  { name: 'policy that admits what the README says', headers: policy(`default-src 'none'; ${admitting}`) },
  {
    name: 'policy that forbids scripts',
    headers: policy("default-src 'self'"),
    says: 'Content-Security-Policy',
  },
  {
    name: 'policy that forbids workers',
    headers: policy("script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'"),
    says: 'workers',
  },
  {
    name: 'isolated from other origins',
    headers: {
      ...type('utf-8'),
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
    },
  },
  { name: 'the header lines of docs/security.md', headers: readSuggestedHeaders() },
  { name: 'https, self-signed', scheme: 'https' },
  { name: 'plain http by an address of the network', scheme: 'own-address' },
  { name: 'from a disk', scheme: 'file' },
  { name: 'from a disk, path with accents', scheme: 'file', path: 'Arrêts & durées' },
];

function readSuggestedHeaders(): Record<string, string> {
  const text = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
  const lines = /## Header lines[\s\S]*?```\n([\s\S]*?)```/u.exec(text)?.[1]?.trim().split('\n') ?? [];
  return {
    ...type('utf-8'),
    ...Object.fromEntries(lines.map((line) => line.split(': ') as [string, string])),
  };
}

const dist = fileURLToPath(new URL('../dist/index.html', import.meta.url));
const html = readFileSync(dist);
const folder = mkdtempSync(join(tmpdir(), 'tranche-hosting-'));
const file = join(folder, 'outages.csv');

/** The address of a cell, and how to take it down again; null where this machine cannot have it. */
async function host({
  headers = type('utf-8'),
  path = '/',
  scheme = 'http',
}: Cell): Promise<{ address: string; close: () => void } | null> {
  if (scheme === 'file') {
    const place = join(folder, path);
    mkdirSync(place, { recursive: true });
    copyFileSync(dist, join(place, 'index.html'));
    return { address: pathToFileURL(join(place, 'index.html')).href, close: () => {} };
  }
  const answer: RequestListener = (request, response) => {
    const isPage = request.url === path;
    response.writeHead(isPage ? 200 : 404, isPage ? headers : {}).end(isPage ? html : '');
  };
  const server = scheme === 'https' ? createSecure(answer) : createServer(answer);
  if (server === null) return null;
  const own = Object.values(networkInterfaces())
    .flat()
    .find((each) => each?.family === 'IPv4' && !each.internal);
  const name = scheme === 'own-address' ? own?.address : '127.0.0.1';
  if (name === undefined) return null;
  await new Promise<void>((resolve) => server.listen(0, name, resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `${scheme === 'https' ? 'https' : 'http'}://${name}:${port}${path}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function createSecure(answer: RequestListener): Server | null {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=localhost', '-days', '2'];
  try {
    execFileSync('openssl', [...request, '-keyout', key, '-out', cert], { stdio: 'ignore' });
  } catch {
    return null;
  }
  return createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, answer);
}

/** `works`, or what came instead. */
async function tryCell(page: DrivenPage, address: string, { says, isShownAsText }: Cell): Promise<string> {
  if (isShownAsText) {
    await page.open(address);
    const type = await page.evaluate('document.contentType');
    return type === 'text/plain' ? 'is shown as text, as the README warns' : `is taken for ${String(type)}`;
  }
  if (says !== undefined) {
    await page.open(address);
    await new Promise((resolve) => setTimeout(resolve, 2000));
    const shown = await page.evaluate(
      `[...document.querySelectorAll('#start p')].filter((p) => p.offsetHeight > 0).map((p) => p.textContent).join(' ')`,
    );
    return String(shown).includes(says) ? 'says why not' : `says "${String(shown).slice(0, 80)}"`;
  }
  const model = await trainInPage(page, address, file);
  if (model === null) return 'does not train';
  return (await keepsModel(page, address)) ? 'works' : 'works, but the model is gone on another visit';
}

const wanted = process.argv[2] ?? '';
let [nGood, nTried] = [0, 0];
try {
  await main(['generate', '--rows', '120', '--seed', '42', '--out', file], {
    out: () => {},
    error: () => {},
  });
  for (const cell of cells.filter(({ name }) => name.includes(wanted))) {
    const hosted = await host(cell);
    if (hosted === null) {
      console.log(`${cell.name}: skipped, this machine cannot`);
      continue;
    }
    for (const open of [openChromium, openFirefox]) {
      const page = await open();
      if (page === null) continue;
      nTried++;
      const outcome = await tryCell(page, hosted.address, cell).catch((thrown: unknown) => String(thrown));
      if (/^(?:works|says why not|is shown as text.*)$/u.test(outcome)) nGood++;
      console.log(`${cell.name}, ${page.browser}: ${outcome}`);
      await page.close();
    }
    hosted.close();
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${nGood} of ${nTried} cells work, or say why not`);
process.exitCode = nGood === nTried ? 0 : 1;
