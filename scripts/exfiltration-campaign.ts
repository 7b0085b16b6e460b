/**
 * npm run campaign:exfiltration [-- WAY]
 *
 * Tries every way out of the built page by a script inside it, and out of a page that nothing holds: a way that leads
 * nowhere from there, in this browser, proves nothing, which is said. WAY picks by name. Exit 1 where a way is open that
 * `exfiltration/open-ways.ts` does not list. Needs `npm run build` and a Chromium; some minutes.
 */
import { readFileSync } from 'node:fs';
import { openWays } from './exfiltration/open-ways.ts';
import { type Leaks, runWays } from './exfiltration/run-ways.ts';
import { ways } from './exfiltration/ways.ts';

const wanted = process.argv[2] ?? '';
const names = Object.keys(ways).filter((name) => name.includes(wanted));
const built = readFileSync(new URL('../dist/index.html', import.meta.url), 'utf8');
const options = { waitMs: 1500, names };
const free = await runWays('<!doctype html><html><head></head><body></body></html>', options);
const held = await runWays(built, options);
const listOpen = (leaks: Leaks) => names.filter((name) => leaks.get(name)?.length);
const describe = (places: readonly string[] = []) => places.join(' + ') || 'nothing';

for (const name of names) {
  console.log(
    `${name}: from a page that nothing holds ${describe(free.get(name))}; from this one ${describe(held.get(name))}`,
  );
}
const open = listOpen(held);
console.log(
  `${names.length} ways; ${listOpen(free).length} lead out of a page that nothing holds, ${open.length} out of this one: ${describe(open)}`,
);
const unlisted = open.filter((name) => !openWays.includes(name));
if (unlisted.length > 0) {
  console.error(`Open and not listed: ${unlisted.join(', ')}`);
  process.exitCode = 1;
}
