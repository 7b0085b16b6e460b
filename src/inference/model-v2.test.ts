import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { predictCases } from './forecast-cases.ts';
import { openSoundModel } from './open-sound-model.ts';

/** Files as version 2 wrote them on 28 November 2026, never to be written again: they open for ever. What is drawn for unknown cells is as it is now. */
const folder = new URL('../models/fixtures/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder).flatMap((file) => /^model-v2-(?!pred)(.+)\.json$/u.exec(file)?.[1] ?? []);
const before = JSON.parse(read('model-v2-predictions.json')) as Record<string, object>;

test('a model file of version 2 is kept, with what was predicted by it', () => {
  expect(names).toEqual(Object.keys(before));
});

test.each(names)(
  '%s: opens, and answers as it did, the typical case and the one nothing is known of',
  (name) => {
    const model = openSoundModel('m', read(`model-v2-${name}.json`));
    const { typical } = model.description;
    const answers = predictCases(model, [typical, typical.map(() => null)]);
    // What an answer says may grow; what it said stays.
    expect(JSON.parse(JSON.stringify(answers))).toMatchObject(before[name] ?? {});
  },
);
