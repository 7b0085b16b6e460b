import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import { serveDirectory } from '../scripts/static-server.ts';

const dist = fileURLToPath(new URL('../dist', import.meta.url));

test.beforeAll(() => {
  expect(existsSync(`${dist}/index.html`), 'run npm run build first').toBe(true);
});

const places = [
  {
    name: 'a disk (file://)',
    open: async () => ({ address: pathToFileURL(`${dist}/index.html`).href, close: async () => {} }),
  },
  { name: 'plain http', open: () => serveDirectory(dist) },
  { name: 'plain http under a sub-path', open: () => serveDirectory(dist, { basePath: '/outils/tranche/' }) },
];

for (const { name, open } of places) {
  test(`opens from ${name} in French, with nothing in the console`, async ({ page }) => {
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    const { address, close } = await open();
    await page.goto(address);
    await expect(page.getByText('Essayer avec un exemple').first()).toBeVisible();
    await expect(page.getByText('n’a pas pu démarrer')).toHaveCount(0);
    await close();
    expect(complaints).toEqual([]);
  });
}
