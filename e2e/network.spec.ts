import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { openWays } from '../scripts/exfiltration/open-ways.ts';
import { runWays, withoutApp } from '../scripts/exfiltration/run-ways.ts';
import { ways } from '../scripts/exfiltration/ways.ts';
import { requireBuild } from './site.ts';

// All of them, with the app and beside a page that nothing holds, are `npm run campaign:exfiltration`: here every third,
// which lie side by side in kind, and those that are open.
const tried = Object.keys(ways).filter((name, i) => i % 3 === 0 || openWays.includes(name));

test('no script inside the page gets anything out, but by the ways that are listed', async () => {
  test.setTimeout(240_000);
  requireBuild();
  const built = readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');
  const leaks = await runWays(withoutApp(built), { waitMs: 200, names: tried });
  const open = [...leaks].filter(([, places]) => places.length > 0).map(([name]) => name);
  // Equal, and not only within: one that is shut has to leave the list.
  expect(open).toEqual(openWays);
});

test('the ways tried can only become more, the open ones fewer, and each stands with its reason', () => {
  expect(Object.keys(ways).length).toBeGreaterThanOrEqual(125);
  expect(openWays.length).toBeLessThanOrEqual(1);
  const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8').replaceAll(/\s+/gu, ' ');
  for (const name of openWays) expect(page).toContain(`**${name}**`);
});

test('ways lead out of a page that nothing holds', async () => {
  const names = ['fetch', 'WebRTC', 'image', 'location, assigned', 'message to the page that opened it'];
  const leaks = await runWays('<!doctype html><html><head></head><body></body></html>', {
    waitMs: 500,
    names,
  });
  for (const [name, places] of leaks) expect(places, name).not.toEqual([]);
});
