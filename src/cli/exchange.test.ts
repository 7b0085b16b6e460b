import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runMain as run } from './testing/run-main.ts';

const fixture = (name: string) => fileURLToPath(new URL(`../interop/fixtures/${name}`, import.meta.url));

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-exchange-'));
  await run('generate', '--out', at('simple.csv'), '--rows', '120');
  const options = ['--target', 'Durée', '--exportable', '--workers', '1', '--folds', '2'];
  await run('train', at('simple.csv'), ...options, '--model-out', at('m.json'));
  const { rows } = JSON.parse(await readFile(fixture('categories.rows.json'), 'utf8')) as {
    rows: (number | null)[][];
  };
  const lines = rows.map((row, i) => [...row.map((cell) => cell ?? ''), 10 + (i % 37)].join(','));
  await writeFile(at('holdout.csv'), `a,b,count,type,unit,duree\n${lines.join('\n')}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

describe('export', () => {
  it.each(['python', 'onnx'])(
    'writes %s and 1,000 rows to check it by, and says what it does not carry',
    async (format) => {
      const { code, error } = await run(
        'export',
        at('m.json'),
        '--format',
        format,
        '--out',
        at('out'),
        '--language',
        'fr',
      );
      expect({ code, error }).toEqual({ code: 0, error: expect.stringContaining('cellule vide') as string });
      const parity = JSON.parse(await readFile(at('out.parity.json'), 'utf8')) as {
        rows: [];
        predictions: [];
      };
      expect([parity.rows.length, parity.predictions.length]).toEqual([1000, 1000]);
    },
  );

  it('writes a workbook of formulas alone, within the bounds of Excel, in the reader’s language', async () => {
    await run('export', at('m.json'), '--format', 'excel', '--out', at('m.xlsx'), '--language', 'fr');
    const parts = unzipSync(await readFile(at('m.xlsx')));
    expect(Object.keys(parts).filter((name) => /vba|macro|extern|connect/iu.test(name))).toEqual([]);
    expect(strFromU8(parts['xl/workbook.xml'] ?? new Uint8Array())).toContain('name="Prévision"');
    const sheets = Object.entries(parts).flatMap(([name, bytes]) =>
      /sheet\d/u.test(name) ? [strFromU8(bytes)] : [],
    );
    const formulas = sheets.flatMap((xml) =>
      [...xml.matchAll(/<f>([^<]*)<\/f>/gu)].map(([, formula]) => formula ?? ''),
    );
    expect(formulas.length).toBeGreaterThan(20);
    expect(Math.max(...formulas.map(({ length }) => length))).toBeLessThanOrEqual(8192);
    const first = sheets[0] ?? '';
    for (const level of ['P10', 'P50', 'P80', 'P90']) expect(first).toContain(level);
    // Nor a prediction, where no P80 is claimed.
    expect(first.match(/trop peu d’arrêts/gu)).toHaveLength(5);
  });

  it('refuses what a format cannot hold, and names the best that can with what it costs', async () => {
    const { code, out, error } = await run(
      'export',
      at('m.json'),
      '--format',
      'xgboost',
      '--out',
      at('m.xgb'),
    );
    expect({ code, out }).toEqual({ code: 4, out: '' });
    expect(error).toMatch(/^export-refused: .*start from a constant|^export-refused: .*blends/u);
    expect(error).toMatch(/errs by \d[\d.]* on average instead of \d|None of the models/u);
    await expect(readFile(at('m.xgb'))).rejects.toThrow('ENOENT');
  });
});

describe('import', () => {
  it.each(['categories.ubj.model'])(
    'of %s gives a model that predicts and announces levels',
    async (name) => {
      const args = [
        fixture(name),
        '--holdout',
        at('holdout.csv'),
        '--target',
        'duree',
        '--type',
        'type=category',
        '--type',
        'unit=category',
      ];
      const { code, error } = await run('import', ...args, '--out', at('imported.json'));
      expect({ code, error: error.replaceAll(/[\s\S]*Model imported/gu, 'Model imported') }).toEqual({
        code: 0,
        error: expect.stringMatching(/^Model imported: 20 trees\.\n.*\nOn 250 outages/u) as string,
      });
      const predicted = await run('predict', at('imported.json'), at('holdout.csv'));
      expect(predicted.code).toBe(0);
      const known = JSON.parse(await readFile(fixture('categories.rows.json'), 'utf8')) as {
        rows: (number | null)[][];
        predictions: number[];
      };
      const said = predicted.out
        .trim()
        .split(/\r?\n/u)
        .slice(1)
        .map((line) => line.split(','));
      // Cells that nobody knows have a wide estimate of their own.
      const whole = known.rows.flatMap((row, i) => (row.includes(null) ? [] : [i]));
      expect(whole.length).toBeGreaterThan(50);
      expect(whole.map((i) => Number(said[i]?.[6]))).toEqual(whole.map((i) => known.predictions[i]));
      expect(said.every(([, , , , , , , p10]) => p10 !== undefined)).toBe(true);
    },
  );

  it('of what is no model is refused in a sentence, and nothing is written', async () => {
    const { code, error } = await run(
      'import',
      at('holdout.csv'),
      '--out',
      at('none.json'),
      '--language',
      'fr',
    );
    expect({ code, error }).toEqual({
      code: 4,
      error: expect.stringContaining('Rien n’a été changé') as string,
    });
    await expect(readFile(at('none.json'))).rejects.toThrow('ENOENT');
  });
});

it('export-training writes parts, their description and the script', async () => {
  const { code, error } = await run(
    'export-training',
    at('simple.csv'),
    '--target',
    'Durée',
    '--out',
    at('hand-over'),
    '--rows-per-part',
    '50',
  );
  expect({ code, error }).toEqual({
    code: 0,
    error: expect.stringContaining('3 files, 4 features') as string,
  });
  const spec = JSON.parse(await readFile(at('hand-over/spec.json'), 'utf8')) as {
    parts: unknown[];
    nRows: number;
  };
  expect([spec.parts.length, spec.nRows]).toEqual([3, 120]);
  expect(
    (await readFile(at('hand-over/train_xgboost_dask.py'), 'utf8')).split('\n').length,
  ).toBeLessThanOrEqual(151);
});
