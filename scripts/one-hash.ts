/**
 * npm run campaign:one-hash [-- NAME]
 *
 * The same file, seed and settings as they are give the same model, byte for byte: by the command line with one worker and
 * with some number of two to eight, and in the page in Chromium and in Firefox. On generated files, files as people have
 * them and real ones, 20 in all; NAME picks by name. What is absent is skipped, which is said. Exit 1 where any differs.
 * Needs `npm run build`; an hour in all.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { main } from '#cli/main.ts';
import { openChromium } from './browsers/chromium-page.ts';
import { openFirefox } from './browsers/firefox-page.ts';
import { trainInPage } from './browsers/train-in-page.ts';

const real = fileURLToPath(new URL('../../shared/data/', import.meta.url));
const page = pathToFileURL(fileURLToPath(new URL('../dist/index.html', import.meta.url))).href;
const folder = mkdtempSync(join(tmpdir(), 'tranche-one-hash-'));

const generated = [
  ['simple-200', '--rows', '200', '--seed', '1'],
  ['simple-1000', '--rows', '1000', '--seed', '42'],
  ['simple-noisy', '--rows', '500', '--seed', '7', '--noise', '6'],
  ['fleet-1', '--kind', 'fleet', '--rows', '300', '--seed', '1'],
  ['fleet-2', '--kind', 'fleet', '--rows', '600', '--seed', '2'],
] as const;
const asPeopleHaveThem = [
  '01-greenbyte-status',
  '02-planning-jours',
  '06-unite-a-part',
  '09-mois-abreges-heure',
  '11-separateur-final',
  '12-egal-guillemets',
  '14-valeurs-censurees',
  '15-ercot-titres',
  '17-aemo-cid',
  '23-allemand',
  '30-moins-a-droite',
  '43-fin-en-cours',
  '46-prevu-et-reel',
] as const;
const published = ['arrets_tranche_2011_2023.csv', 'arrets_tranche_2011_2023_fr_cp1252.csv'] as const;

/** What the command prints; null where it refuses. */
async function call(...args: readonly string[]): Promise<string | null> {
  const printed: string[] = [];
  const exitCode = await main(args, { out: (text) => void printed.push(text), error: () => {} });
  return exitCode === 0 ? printed.join('') : null;
}

/** The command line is told what to predict; the page proposes it. */
async function nameTarget(file: string): Promise<readonly string[] | null> {
  const inspection = await call('inspect', file, '--json');
  if (inspection === null) return null;
  const { columns } = JSON.parse(inspection) as { columns: readonly { name: string; role: string }[] };
  const named = (role: string) => {
    const name = columns.find((column) => column.role === role)?.name;
    return name === undefined ? [] : [`--${role}`, name];
  };
  const target = named('target');
  return target.length > 0 ? target : [...named('start'), ...named('end')];
}

async function trainByCommand(
  file: string,
  target: readonly string[] | null,
  nWorkers: number,
): Promise<string | null> {
  if (target === null) return null;
  const model = join(folder, 'model.json');
  rmSync(model, { force: true });
  await call('train', file, ...target, '--workers', String(nWorkers), '--model-out', model);
  return existsSync(model) ? readFileSync(model, 'utf8') : null;
}

const hash = (text: string | null) =>
  text === null ? 'refused' : createHash('sha256').update(text).digest('hex').slice(0, 16);

/** The models of one file, each way; each browser is a new one. */
async function compare(file: string, nWorkers: number): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const target = await nameTarget(file);
  for (const n of [1, nWorkers]) hashes.set(`${n} workers`, hash(await trainByCommand(file, target, n)));
  for (const open of [openChromium, openFirefox]) {
    const opened = await open();
    if (opened === null) continue;
    hashes.set(opened.browser, await trainInPage(opened, page, file).then(hash, String));
    await opened.close();
  }
  return hashes;
}

const files = new Map<string, string>([
  ...generated.map(([name]) => [name, join(folder, `${name}.csv`)] as const),
  ...asPeopleHaveThem.map((name) => [name, join(real, 'field', name, 'input.csv')] as const),
  ...published.map((name) => [name, join(real, name)] as const),
]);
const wanted = process.argv[2] ?? '';
let [nEqual, nTrained, nSets] = [0, 0, 0];
try {
  for (const [name, ...options] of generated)
    await call('generate', ...options, '--out', join(folder, `${name}.csv`));
  for (const [name, file] of files) {
    const nWorkers = 2 + (nSets % 7);
    if (!name.includes(wanted)) continue;
    if (!existsSync(file)) {
      console.log(`${name}: skipped, absent`);
      continue;
    }
    nSets++;
    const hashes = await compare(file, nWorkers);
    const isEqual = new Set(hashes.values()).size === 1;
    if (isEqual) nEqual++;
    if (![...hashes.values()].includes('refused')) nTrained++;
    console.log(`${name}: ${isEqual ? 'equal' : 'DIFFERENT'} ${JSON.stringify(Object.fromEntries(hashes))}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
console.log(`${nEqual} of ${nSets} files give one model each (${nTrained} of them trained), every way`);
process.exitCode = nEqual === nSets ? 0 : 1;
