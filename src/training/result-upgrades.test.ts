import { applyUpgrades } from '#base/upgrades.ts';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { TRAINING_RESULT_VERSION } from './contract.ts';
import { readTrainingResult } from './result-schema.ts';
import { type JsonObject, resultUpgrades } from './result-upgrades.ts';

const folder = new URL('fixtures/', import.meta.url);

/** Every result that some version wrote and that is kept for ever, by that version. */
const fixtures = new Map(
  readdirSync(folder).flatMap((name) => {
    const version = /^training-result-v(\d+)\.json$/u.exec(name)?.[1];
    if (version === undefined) return [];
    const json = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as JsonObject;
    return [[Number(version), json] as const];
  }),
);

function freeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const part of Object.values(value)) freeze(part);
    Object.freeze(value);
  }
  return value;
}

describe('the upgraders of a training result', () => {
  it('L1: have the numbers from 2 to the current one, without a gap', () => {
    const wanted = Array.from({ length: TRAINING_RESULT_VERSION - 1 }, (_, i) => i + 2);
    expect(resultUpgrades.map(({ to }) => to)).toEqual(wanted);
  });

  it.each(resultUpgrades)(
    'L2: to $to starts from a fixture, gives its number and leaves it alone',
    ({ to, up }) => {
      const before = fixtures.get(to - 1);
      expect(before, `src/training/fixtures/training-result-v${to - 1}.json is missing`).toBeDefined();
      expect(up(freeze(structuredClone(before) as JsonObject))['version']).toBe(to);
    },
  );

  it('give a null, an empty list or the one choice there was for what a result of the first version lacks', () => {
    const { bestErrors: _1, againstAnnounced: _2, cleaning: _3, ...oldest } = fixtures.get(1) as JsonObject;
    const { intervals: _4, ...test } = oldest['test'] as JsonObject;
    const { repeats: _5, ...settings } = oldest['settings'] as JsonObject;
    const models = (oldest['models'] as readonly JsonObject[]).map(
      ({ details: _details, toBest: _toBest, ...score }) => score,
    );
    expect(readTrainingResult({ ...oldest, test, settings, models })).toMatchObject({
      bestErrors: null,
      againstAnnounced: null,
      cleaning: [],
      test: { intervals: null },
      settings: { repeats: 1 },
    });
    const [first] = applyUpgrades(resultUpgrades, { ...oldest, models }, 1)[
      'models'
    ] as readonly JsonObject[];
    expect(first).toMatchObject({ name: 'median', details: null, toBest: null });
  });
});

describe('a training result that was kept', () => {
  it.each([...fixtures])('opens for ever: version %i', (_version, json) => {
    const result = readTrainingResult(json);
    expect(result).toMatchObject({ version: TRAINING_RESULT_VERSION, chosen: 'quantile-forest' });
    expect(result.inputs).toContain("Type d'arrêt");
    expect(result.models).toHaveLength(11);
    expect(readTrainingResult(result)).toEqual(result);
  });

  it('has NaN where a number could not be told, whether it went through JSON or not', () => {
    const { test, coverage } = readTrainingResult(fixtures.get(1));
    expect(test.intervals?.p10.some(Number.isNaN)).toBe(true);
    expect(coverage?.classes[0]?.meanWidth).toBeNaN();
    const cloned = structuredClone({ ...fixtures.get(1), test }) as JsonObject;
    expect(readTrainingResult(cloned).test).toEqual(test);
  });

  it.each([
    [null, 'value'],
    ['text', 'value'],
    [{ version: 'two' }, 'version'],
    [{}, 'modelId'],
    [{ ...fixtures.get(1), models: 3 }, 'models'],
    [{ ...fixtures.get(1), chosen: 'oracle' }, 'chosen'],
  ])('is refused with the place of its first fault: %#', (value, place) => {
    expect(() => readTrainingResult(value)).toThrow(
      expect.objectContaining({ code: 'result-invalid', details: expect.objectContaining({ place }) }),
    );
  });

  it('is refused by its own name where a later version wrote it', () => {
    const version = TRAINING_RESULT_VERSION + 1;
    expect(() => readTrainingResult({ version })).toThrow(
      expect.objectContaining({
        code: 'result-too-new',
        details: { version, supported: TRAINING_RESULT_VERSION },
      }),
    );
  });
});
