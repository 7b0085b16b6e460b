import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plantWeather } from '#data/factors/testing/planted-weather.ts';
import { runMain } from './testing/run-main.ts';

const planted = plantWeather(60);
let folder = '';
const path = (name: string) => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'factors-'));
  writeFileSync(path('outages.csv'), planted.outages);
  writeFileSync(path('weather.csv'), planted.weather);
  const french = planted.weather
    .replaceAll(/(\d)\.(\d)/gu, '$1,$2')
    .replaceAll(/(\d{4})-(\d\d)-(\d\d)/gu, '$3/$2/$1');
  writeFileSync(path('french.csv'), Buffer.from(french.replace('bruit', 'préssion'), 'latin1'));
  writeFileSync(path('far.csv'), 'jour;t\n1990-01-01;1\n1990-01-02;2\n');
  writeFileSync(path('no-date.csv'), 'site;t\nNord;1\nSud;2\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

const inspect = (...more: string[]) => runMain('inspect', path('outages.csv'), '--json', ...more);

describe('the command line with outside factors', () => {
  it('joins them and says with what outcome, in figures', async () => {
    const { code, out, error } = await inspect('--factors', path('weather.csv'));
    expect(code).toBe(0);
    const { factors, columns, features } = JSON.parse(out);
    expect(factors).toMatchObject({
      file: 'weather.csv',
      date: 'jour',
      key: { outages: 'site', factors: 'site' },
      match: { nRows: 60, nMatched: 60 },
    });
    expect(columns.map(({ name }: { name: string }) => name)).toContain('temperature [30d-mean]');
    expect(features).toContain('temperature [7d-mean]');
    expect(error).toContain('60 of 60 outages find a value there.');
  });

  it('reads a second file of another dialect and encoding, by its own options where they are given', async () => {
    const { out } = await inspect('--factors', path('french.csv'), '--factors-dates', 'dmy');
    const { factors, columns } = JSON.parse(out);
    expect(factors.match.nMatched).toBe(60);
    expect(columns.map(({ name }: { name: string }) => name)).toContain('préssion [at-start]');
  });

  it('takes the date and the key that are named, and roles of the joined columns', async () => {
    const { out } = await inspect(
      '--factors',
      path('weather.csv'),
      '--factors-date',
      'jour',
      '--factors-key',
      'none',
      '--drop',
      'bruit [at-start]',
    );
    const { factors, columns } = JSON.parse(out);
    expect(factors.key).toBeNull();
    expect(factors.match.nMerged).toBeGreaterThan(0);
    expect(columns.find(({ name }: { name: string }) => name === 'bruit [at-start]').role).toBe('ignore');
  });

  it.each([
    [['--factors', 'far.csv'], 3, 'factors-no-match'],
    [['--factors', 'no-date.csv'], 3, 'factors-no-date'],
    [['--factors', 'none.csv'], 3, 'file-unreadable'],
    [['--factors', 'weather.csv', '--factors-date', 'quand'], 3, 'unknown-column'],
    [['--factors', 'weather.csv', '--factors-key', 'site'], 2, 'usage'],
    [['--factors-key', 'site=site'], 2, 'usage'],
  ] as const)('refuses what does not fit before any work: %s', async ([first, file, ...rest], code, told) => {
    const given = first === '--factors' ? [first, path(file), ...rest] : [first, file, ...rest];
    const answer = await inspect(...given);
    expect(answer.code).toBe(code);
    expect(answer.error).toContain(told);
  });
});
