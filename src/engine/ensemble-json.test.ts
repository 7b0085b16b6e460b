import { describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createRng } from '#base/random.ts';
import { fitBoostingToEnd } from './boosting.ts';
import { readEnsemble, ensembleToJson, type EnsembleJson } from './ensemble-json.ts';
import { predictRaw } from './predictor.ts';
import { defaultSettings } from './settings.ts';
import { createProblem } from './testing/random-problem.ts';

const { features, target } = createProblem({ nSamples: 300, seed: 31 });
const ensemble = fitBoostingToEnd({ features, target, init: 'mean' }, { ...defaultSettings, nIterations: 8 });
const text = JSON.stringify(ensembleToJson(ensemble));
/** With what may be left out, too. */
const parse = () =>
  ({
    ...(JSON.parse(text) as EnsembleJson),
    categorySet: Array.from(ensemble.categorySet),
    cover: Array.from(ensemble.cover),
  }) as { -readonly [K in keyof EnsembleJson]-?: NonNullable<EnsembleJson[K]> | (null & EnsembleJson[K]) };

describe('ensemble JSON', () => {
  it('comes back as the same bytes and the same predictions', () => {
    for (const json of [JSON.parse(text), parse()]) expect(readEnsemble(json)).toEqual(ensemble);
    expect(JSON.parse(text)).not.toHaveProperty('categorySet');
    const back = readEnsemble(parse());
    expect(JSON.stringify(ensembleToJson(back))).toBe(text);
    expect(predictRaw(back, features)).toEqual(predictRaw(ensemble, features));
  });

  it.each<[string, (json: Record<string, unknown>) => unknown, string]>([
    [
      'a child before its parent',
      (json) => ({
        ...json,
        leftChild: [
          2,
          ...parse()
            .leftChild.slice(1)
            .map(() => 1),
        ],
      }),
      'leftChild',
    ],
    [
      'a node without a parent',
      (json) => ({
        ...json,
        leftChild: parse().leftChild.map(() => 0),
        feature: parse().feature.map(() => -1),
        categorySet: parse().categorySet.map(() => -1),
      }),
      'no parent',
    ],
    [
      'a missing value among numbers',
      (json) => ({ ...json, value: [null, ...parse().value.slice(1)] }),
      'value',
    ],
    [
      'a feature out of range',
      (json) => ({ ...json, feature: parse().feature.map((f) => (f >= 0 ? 99 : f)) }),
      'no feature',
    ],
    ['a set out of range', (json) => ({ ...json, categorySets: [] }), 'categorySet'],
    ['too short an array', (json) => ({ ...json, gain: parse().gain.slice(1) }), 'gain'],
    [
      'trees that do not end',
      (json) => ({ ...json, treeStarts: parse().treeStarts.slice(0, -1) }),
      'treeStarts',
    ],
    ['an unknown loss', (json) => ({ ...json, loss: 'hinge' }), 'loss'],
    ['no object', () => [1], 'not an object'],
  ])('refuses %s', (_, change, words) => {
    expect(() => readEnsemble(change(parse() as unknown as Record<string, unknown>))).toThrow(
      expect.objectContaining({
        code: 'model-file-invalid',
        message: expect.stringContaining(words) as string,
      }),
    );
  });

  it('either refuses a mutated file or predicts finite numbers with it, and never hangs', () => {
    const rng = createRng(1);
    const names = [
      'leftChild',
      'feature',
      'treeStarts',
      'categorySet',
      'missingLeft',
      'cardinalities',
    ] as const;
    const values = [-1, 0, 1, 2, 7, 1e9, 0.5];
    let nRefused = 0;
    for (let round = 0; round < 400; round++) {
      const json = parse();
      const name = names[rng.nextBelow(names.length)]!;
      const mutated = [...json[name]];
      mutated[rng.nextBelow(mutated.length)] = values[rng.nextBelow(values.length)]!;
      try {
        const read = readEnsemble({ ...json, [name]: mutated });
        expect(
          predictRaw(read, { ...features, cardinalities: read.cardinalities }).every(Number.isFinite),
        ).toBe(true);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        nRefused += 1;
      }
    }
    expect(nRefused).toBeGreaterThan(200);
  });
});
