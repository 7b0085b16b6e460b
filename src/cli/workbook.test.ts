import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain as run } from './testing/run-main.ts';

const fixture = (name: string) =>
  fileURLToPath(new URL(`../data/workbook/fixtures/${name}`, import.meta.url));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-workbook-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a workbook on the command line', () => {
  it('is inspected as its CSV is, and named as what it is', async () => {
    const ofBook = await run('inspect', fixture('times.libreoffice.xlsx'), '--json');
    const ofText = await run('inspect', fixture('times.csv'), '--json');
    expect(ofBook.code).toBe(0);
    const without = (json: string) => {
      const { dialect: _dialect, ledger: _ledger, ...others } = JSON.parse(json) as Record<string, unknown>;
      return others;
    };
    expect(without(ofBook.out)).toEqual(without(ofText.out));
    expect(ofBook.error).toContain('sheet “Sheet”');
  });

  it('trains and predicts to the same figures as its CSV', async () => {
    const asked = ['--target', 'Durée (jours)', '--folds', '2', '--workers', '1', '--preset', 'reference'];
    const models = await Promise.all(
      ['dates.openpyxl.xlsx', 'dates.csv'].map(async (name, i) => {
        const path = join(folder, `m${i}.json`);
        const { code, error } = await run('train', fixture(name), ...asked, '--model-out', path);
        expect({ code, error: code === 0 ? '' : error }).toEqual({ code: 0, error: '' });
        return path;
      }),
    );
    const [ofBook, ofText] = await Promise.all(
      models.map((model, i) =>
        run('predict', model, fixture(i === 0 ? 'dates.libreoffice.xlsx' : 'dates.csv')),
      ),
    );
    expect(ofBook?.out.split('\n')).toHaveLength(26);
    expect(ofBook?.out).toBe(ofText?.out);
  });

  it('is read by the sheet that is named; of a sheet that is not there the others are told', async () => {
    const path = fixture('sheets.libreoffice.xlsx');
    const named = await run('inspect', path, '--sheet', 'Listes', '--json');
    expect(JSON.parse(named.out)).toMatchObject({ dialect: { sheet: 'Listes' } });
    const unknown = await run('inspect', path, '--sheet', 'Feuil9');
    expect(unknown.code).not.toBe(0);
    expect(unknown.error).toContain('Arrêts & durées');
  });
});
