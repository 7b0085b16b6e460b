import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rehash } from '../../scripts/model-fuzz/mutate-model.ts';
import { predictCases } from './forecast-cases.ts';
import { openSoundModel } from './open-sound-model.ts';

/** Files as versions 3 and 4 wrote them on 28 November 2026, never to be written again: they open for ever. */
const folder = new URL('../models/fixtures/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8');
const names = readdirSync(folder).flatMap((file) => /^model-v4-(.+)\.json$/u.exec(file)?.[1] ?? []);

interface File {
  readonly version: number;
  readonly content: {
    readonly answers: { p80: number | null }[];
    readonly description: {
      readonly calibration: { readonly intervals: object };
    };
  };
}

test('of versions 3 and 4, a forest, a blend and boosted hazards are kept', () => {
  expect(names).toEqual(['blend', 'forest', 'hazard']);
});

test.each(names)('%s: version 4 is the same model as version 3, its trees in no more characters', (name) => {
  const [three, four] = [read(`model-v3-${name}.json`), read(`model-v4-${name}.json`)];
  const [before, after] = [openSoundModel('m', three), openSoundModel('m', four)];
  expect(after.model.state).toEqual(before.model.state);
  const state = (text: string) =>
    JSON.stringify((JSON.parse(text) as { content: { state: unknown } }).content.state);
  expect(state(four).length).toBeLessThanOrEqual(state(three).length * (name === 'forest' ? 0.85 : 1));
  const cases = after.answers?.map(({ cells }) => cells) ?? [];
  expect(cases).toHaveLength(5);
  expect(predictCases(after, cases)).toEqual(predictCases(before, cases));
});

test('a file whose levels were changed, and hashed again, is told by its answers: its predictions are as they were', () => {
  const file = JSON.parse(read('model-v4-forest.json')) as File;
  const { intervals } = file.content.description.calibration;
  const widen = (key: string, value: unknown) =>
    key === 'values' ? (value as number[]).map((each) => each * 2) : value;
  Object.assign(intervals, JSON.parse(JSON.stringify(intervals, widen)));
  expect(() => openSoundModel('m', rehash(file))).toThrow(
    expect.objectContaining({ code: 'model-file-altered', details: { what: 'reference answers' } }),
  );
});

test('a file whose answers were changed is refused', () => {
  const file = JSON.parse(read('model-v4-blend.json')) as File;
  for (const answer of file.content.answers) if (answer.p80 !== null) answer.p80 += 1;
  expect(() => openSoundModel('m', rehash(file))).toThrow(
    expect.objectContaining({ code: 'model-file-altered' }),
  );
});
