import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { serveDirectory } from '../scripts/static-server.ts';

/** What hosts do to a page. Their faults are errors in the console too, so these specs do not watch it. */
const dist = fileURLToPath(new URL('../dist', import.meta.url));

async function openAt(
  page: Page,
  headers: Record<string, string>,
  directory = dist,
): Promise<() => Promise<void>> {
  const { address, close } = await serveDirectory(directory, { headers });
  await page.goto(address);
  return close;
}

const welcome = (page: Page) =>
  page.getByRole('button', { name: /exemple|échantillon|démonstration/iu }).first();
const fault = (page: Page) => page.locator('#start p:visible');

/** What the service and the stores need, which the page is not made of. */
const outsideThePage = new Set([
  '@aws-sdk/client-s3',
  '@hono/node-server',
  '@valibot/to-json-schema',
  'hono',
  'prom-client',
]);

test('carries the notices of the packages it is made of, and shows them', async ({ page }) => {
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const { dependencies } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const notices = html.slice(html.lastIndexOf('<!--'));
  const bundled = Object.entries(dependencies).filter(([name]) => !outsideThePage.has(name));
  for (const [name, version] of bundled) expect(notices).toContain(`${name} ${version} (`);
  for (const name of outsideThePage) expect(notices).not.toContain(`${name} ${dependencies[name]} (`);
  // What these bring along, in the page and in its workers.
  for (const name of ['scheduler', 'redux', '@floating-ui/core', 'seedrandom']) {
    expect(notices).toContain(`${name} `);
  }

  const close = await openAt(page, {});
  await page.getByRole('button', { name: 'À propos' }).click();
  const shown = (await page.getByRole('region', { name: 'Licences des paquets' }).textContent()) ?? '';
  for (const [name, version] of bundled) expect(shown).toContain(`${name} ${version} (`);
  // Every line of them, and not only names; a parser makes one kind of line end of all.
  expect(notices.replaceAll(/\r\n?/gu, '\n').includes(shown)).toBe(true);
  await close();
});

for (const charset of ['windows-1252', 'ISO-8859-1', 'utf-16']) {
  test(`starts where the host declares ${charset}, accents whole`, async ({ page }) => {
    const close = await openAt(page, { 'content-type': `text/html; charset=${charset}` });
    await expect(welcome(page)).toBeVisible();
    await expect(page.locator('body')).not.toContainText('Ã');
    await expect(fault(page)).toHaveCount(0);
    await close();
  });
}

test('names the charset where a host has also taken the mark away', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-host-'));
  cpSync(dist, folder, { recursive: true });
  const file = join(folder, 'index.html');
  writeFileSync(file, readFileSync(file).subarray(3));
  const close = await openAt(page, { 'content-type': 'text/html; charset=windows-1252' }, folder);
  await expect(fault(page)).toContainText('jeu de caractères');
  await expect(fault(page)).toContainText('declares another charset');
  await expect(fault(page)).toHaveCount(1);
  await close();
  rmSync(folder, { recursive: true });
});

test('names the policy of a host that forbids its scripts, and does not blame the browser', async ({
  page,
}) => {
  const close = await openAt(page, { 'content-security-policy': "default-src 'self'" });
  await expect(fault(page)).toHaveCount(1);
  await expect(fault(page)).toContainText('Content-Security-Policy');
  await expect(fault(page)).not.toContainText('trop ancien');
  await close();
});

test('names the workers where a host forbids them', async ({ page }) => {
  const policy = "script-src 'unsafe-inline' 'wasm-unsafe-eval'; worker-src 'none'";
  const close = await openAt(page, { 'content-security-policy': policy });
  await expect(fault(page)).toContainText('workers');
  await expect(welcome(page)).toBeVisible();
  await close();
});

test('starts below a policy that admits what the hosting page says', async ({ page }) => {
  const policy = /`(script-src [^`]*)`/u.exec(
    readFileSync(new URL('../README.md', import.meta.url), 'utf8').replaceAll('\n', ' '),
  )?.[1];
  const close = await openAt(page, { 'content-security-policy': `default-src 'none'; ${policy}` });
  await expect(welcome(page)).toBeVisible();
  await expect(fault(page)).toHaveCount(0);
  await close();
});

test('starts where storage is blocked, and says so', async ({ page }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException('denied', 'SecurityError');
    };
    Object.defineProperty(globalThis, 'localStorage', { get: refuse });
    Object.defineProperty(globalThis, 'indexedDB', { get: refuse });
  });
  const close = await openAt(page, {});
  await expect(welcome(page)).toBeVisible();
  await expect(page.getByRole('alert')).toContainText('stockage local');
  await close();
});

test('names an old browser where the app is in words it does not know', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'tranche-host-'));
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  // A policy would forbid the script that was changed here.
  const changed = html
    .replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/u, '')
    .replace(/(<script type="module"[^>]*>)/u, '$1 let let = new;');
  writeFileSync(join(folder, 'index.html'), changed);
  const close = await openAt(page, {}, folder);
  await expect(fault(page)).toContainText('trop ancien');
  await close();
  rmSync(folder, { recursive: true });
});
