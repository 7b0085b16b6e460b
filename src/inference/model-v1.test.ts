import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { MODEL_FILE_VERSION } from '#models/model-file-schema.ts';
import { openModelFile } from '#models/open-model-file.ts';
import { writeModelFile } from '#models/write-model-file.ts';
import type { Table } from '#data/table.ts';
import { predictCases } from './forecast-cases.ts';
import { openModel } from './open-model.ts';

const folder = new URL('../models/fixtures/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const predictions = JSON.parse(read('model-v1-predictions.json')) as Record<string, unknown>;
const names = readdirSync(folder).flatMap((file) => /^model-v1-(.+)\.json$/u.exec(file)?.[1] ?? []);
const models = names.filter((name) => name !== 'predictions');

/** As JSON keeps it: NaN is null. */
const throughJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as unknown;

describe('a model file of version 1', () => {
  test('is kept of every family, with what was predicted by it', () => {
    expect(models).toEqual(expect.arrayContaining(Object.keys(predictions)));
    expect(models).toHaveLength(7);
  });

  test.each(models)('%s: opens, and answers the typical case as the program that wrote it did', (name) => {
    const model = openModel('m', read(`model-v1-${name}.json`));
    expect(model.calibration).not.toBeNull();
    const { value, interval, probability } = predictCases(model, [model.description.typical], 40)[0]!;
    const before = predictions[name] as { value: number; interval: unknown } | undefined;
    if (!before) return;
    expect(value).toBe(before.value);
    // Names were only added.
    expect(throughJson(interval)).toMatchObject(before.interval as object);
    // That program took the probability of a class of seven from all outages; it now rests on those the levels do.
    expect(probability).toMatchObject({ basis: 'class', n: 7 });
  });

  test.each(models)('%s: written again it is of this version, and the same model', (name) => {
    const opened = openModelFile(read(`model-v1-${name}.json`));
    const { features } = opened.model.encoder;
    const noRows: Table = {
      nRows: 0,
      columns: features.map(({ name: column, type }) =>
        type === 'category'
          ? { type, name: column, codes: new Int32Array(0), categories: [] }
          : { type: 'number', name: column, values: new Float64Array(0) },
      ),
    };
    const { text } = writeModelFile(opened.model, opened.description, noRows);
    expect((JSON.parse(text) as { version: number }).version).toBe(MODEL_FILE_VERSION);
    const again = openModelFile(text);
    expect(again.model.spec).toEqual(opened.model.spec);
    expect(again.model.state).toEqual(opened.model.state);
    expect(again.description).toEqual(opened.description);
  });

  test('tells a blend’s members, which it kept in its state alone, with their settings', () => {
    const { spec } = openModelFile(read('model-v1-blend.json')).model;
    expect(spec.settings).toMatchObject({
      family: 'blend',
      members: [
        { spec: { name: 'median-per-unit', settings: { classFeature: 'Tranche' } } },
        { spec: { name: 'gradient-boosting-linear-init-log', settings: { init: 'linear' } } },
      ],
    });
  });
});
