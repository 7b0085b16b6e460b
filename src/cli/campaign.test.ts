import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain } from './testing/run-main.ts';

let folder = '';
const path = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-campaign-'));
  await runMain('generate', '--out', path('f.csv'), '--kind', 'fleet', '--units', '4', '--years', '6');
  const target = 'Durée (jours)';
  await runMain(
    'train',
    path('f.csv'),
    '--target',
    target,
    '--horizon',
    'start',
    '--model-out',
    path('m.json'),
  );
  const lines = (await readFile(path('f.csv'), 'utf8')).trim().split(/\r?\n/u);
  await writeFile(path('come.csv'), [lines[0], ...lines.slice(-6)].join('\n'));
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Answer {
  readonly status: string;
  readonly cost: number;
  readonly bound: number;
  readonly outages: readonly {
    readonly crew: number;
    readonly start: string;
    readonly end: string;
    readonly p80: number;
    readonly earliest: string;
  }[];
  readonly leftOut: readonly unknown[];
  readonly onePerson: { readonly more: number };
  readonly crewCurve: readonly { readonly crew: number }[];
}

const campaign = (...more: readonly string[]) =>
  runMain('campaign', path('m.json'), path('come.csv'), ...more);

describe('campaign', () => {
  it('keeps the limit on every day and every earliest start, and holds people as long as the P80 says', async () => {
    const { code, out } = await campaign('--limit', '70', '--json');
    expect(code).toBe(0);
    const answer = JSON.parse(out) as Answer;
    expect(answer.outages.length + answer.leftOut.length).toBe(6);
    expect(answer.bound).toBeLessThanOrEqual(answer.cost);
    for (const { crew } of answer.crewCurve) expect(crew).toBeLessThanOrEqual(70);
    for (const { start, end, earliest, p80 } of answer.outages) {
      expect(Date.parse(start)).toBeGreaterThanOrEqual(Date.parse(earliest));
      expect((Date.parse(end) - Date.parse(start)) / 86_400_000).toBe(Math.max(1, Math.ceil(p80 - 1e-9)));
    }
    expect(answer.onePerson.more).toBeGreaterThanOrEqual(0);
  }, 60_000);

  it.each([
    ['campaign-limit', ['--limit', '0']],
    ['campaign-no-limit', []],
    ['campaign-crew', ['--limit', '3', '--crew-min', '5']],
    ['campaign-no-crew', ['--limit', '50', '--crew', 'Grue']],
    ['campaign-no-start', ['--limit', '50', '--earliest', 'Effectif']],
    ['unknown-column', ['--limit', '50', '--deadline', 'Nulle part']],
  ])('refuses %s in a sentence before any work', async (code, options) => {
    const refused = await campaign(...options);
    expect(refused.code).not.toBe(0);
    expect(refused.error).toContain(`${code}: `);
  });

  it('says it in words', async () => {
    const { out } = await campaign('--limit', '70', '--language', 'fr');
    expect(out).toMatch(/Fin de la campagne/u);
  }, 60_000);
});
