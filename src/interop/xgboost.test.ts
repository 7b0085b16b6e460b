import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildColumn, type CellRow } from '#data/cell.ts';
import type { Table } from '#data/table.ts';
import type { FittedModel } from '#models/regressor.ts';
import { createImportedModel } from './imported-model.ts';
import { toPortableModel } from './portable/portable-model.ts';
import { readXgboost } from './xgboost/read-xgboost.ts';
import { writeXgboostJson, writeXgboostUbjson } from './xgboost/write-xgboost.ts';

const read = (name: string) => readFileSync(new URL(`fixtures/${name}`, import.meta.url));
const facts = { scale: 'identity', seen: null } as const;
const known = JSON.parse(read('categories.rows.json').toString('utf8')) as {
  rows: (number | null)[][];
  predictions: number[];
};

function toTable(model: FittedModel, rows: readonly CellRow[]): Table {
  const columns = model.encoder.features.map(({ name, type }, f) =>
    buildColumn(
      name,
      type,
      rows.map((row) =>
        type === 'category' && typeof row[f] === 'number' ? String(row[f]) : (row[f] ?? null),
      ),
    ),
  );
  return { nRows: rows.length, columns };
}

const open = (bytes: Uint8Array) => createImportedModel(readXgboost(bytes), facts);
const textOf = () => read('categories.json.model').toString('utf8');
const encode = (text: string) => new TextEncoder().encode(text);

describe('XGBoost files', () => {
  it.each(['categories.json.model', 'categories.ubj.model'])(
    'predicts from %s what XGBoost predicts, bit for bit, missing and unseen labels too',
    (name) => {
      const model = open(read(name));
      expect(Array.from(model.predict(toTable(model, known.rows)))).toEqual(known.predictions);
    },
  );

  it('writes what it read, to the same predictions, as JSON and UBJSON', () => {
    const portable = toPortableModel(open(read('categories.json.model')));
    for (const bytes of [encode(writeXgboostJson(portable)), writeXgboostUbjson(portable)]) {
      const again = open(bytes);
      expect(Array.from(again.predict(toTable(again, known.rows)))).toEqual(known.predictions);
    }
  });

  it('trap 1: reads bare NaN, and leaves texts that hold one alone', () => {
    expect(textOf()).toContain('[NaN');
    const named = textOf().replace('"a"', String.raw`"NaN \" Infinity"`);
    expect(readXgboost(encode(named)).features[0]).toEqual({ name: 'NaN " Infinity', isCategory: false });
  });

  it('trap 2: writes every float with an exponent, and whole numbers without', () => {
    const tree = writeXgboostJson(toPortableModel(open(read('categories.json.model'))));
    const floats = [
      ...tree.matchAll(/"(?:split_conditions|base_weights|sum_hessian|loss_changes)":\[([^\]]*)\]/gu),
    ];
    expect(floats.length).toBeGreaterThan(50);
    for (const [, list] of floats) {
      for (const value of (list ?? '').split(',')) expect(value).toMatch(/^-?\d(?:\.\d+)?E-?\d+$|^NaN$/u);
    }
    expect(tree).toMatch(/"left_children":\[1,/u);
  });

  it('trap 3: writes a start of nine digits at most, and refuses one that XGBoost would read as 0.5', () => {
    const model = open(read('categories.json.model'));
    const written = /"base_score":"([^"]*)"/u.exec(writeXgboostJson(toPortableModel(model)))?.[1] ?? '';
    expect(written.replace(/E.*/u, '').replaceAll(/\D/gu, '').length).toBeLessThanOrEqual(9);
    expect(Math.fround(Number(written))).toBe(readXgboost(read('categories.json.model')).baseScore);
    const long = textOf().replace(/"base_score":"[^"]*"/u, '"base_score":"18.59028434753418"');
    expect(() => readXgboost(encode(long))).toThrow(expect.objectContaining({ code: 'import-unsupported' }));
  });

  it('trap 4: reads a start in brackets as the one without, and writes it without', () => {
    const bracketed = textOf().replace(/"base_score":"([^"]*)"/u, '"base_score":"[$1]"');
    const model = open(encode(bracketed));
    expect(Array.from(model.predict(toTable(model, known.rows)))).toEqual(known.predictions);
    expect(writeXgboostJson(toPortableModel(model))).toMatch(/"base_score":"\d/u);
    const two = textOf().replace(/"base_score":"([^"]*)"/u, '"base_score":"[$1,$1]"');
    expect(() => readXgboost(encode(two))).toThrow(expect.objectContaining({ code: 'import-unsupported' }));
  });
});
