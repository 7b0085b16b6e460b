import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proposeByModel } from './bayesian-proposer.ts';
import { logExpectedImprovement } from './expected-improvement.ts';
import { proposeFromGrid } from './grid-proposer.ts';
import type { Propose, SeenTrial } from './proposer.ts';
import { proposeAtRandom } from './random-proposer.ts';
import {
  type Configuration,
  countConfigurations,
  countValues,
  fromPoint,
  drawNeighbour,
  toPoint,
  isActive,
  keyOf,
  listConfigurations,
  type SearchSpace,
} from './search-space.ts';
import { createRng } from '#base/random.ts';
import { sobolPoint } from './sobol.ts';

const conditional: SearchSpace = {
  dimensions: [
    { kind: 'list', name: 'model', values: ['trees', 'line'] },
    {
      kind: 'number',
      name: 'rate',
      min: 0.01,
      max: 0.3,
      step: 0.01,
      scale: 'log',
      when: { name: 'model', value: 'trees' },
    },
    {
      kind: 'number',
      name: 'l2',
      min: 0,
      max: 10,
      step: 0.5,
      scale: 'log',
      shift: 0.1,
      when: { name: 'model', value: 'line' },
    },
    { kind: 'list', name: 'depth', values: [1, 3, 9] },
  ],
};
const plane: SearchSpace = {
  dimensions: ['x', 'y'].map((name) => ({
    kind: 'number',
    name,
    min: 0,
    max: 1,
    step: 1e-4,
    scale: 'linear',
  })),
};

describe('a space of settings', () => {
  it('lists as many configurations as it counts, all different', () => {
    const all = [...listConfigurations(conditional)];
    expect(all).toHaveLength(countConfigurations(conditional));
    expect(new Set(all.map((each) => keyOf(conditional, each))).size).toBe(all.length);
    expect(all).toHaveLength(3 * (30 + 21));
  });

  it('decodes what it encodes, and only what applies', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
        (point) => {
          const configuration = fromPoint(conditional, point);
          for (const dimension of conditional.dimensions) {
            expect(dimension.name in configuration).toBe(isActive(dimension, configuration));
          }
          const filled = toPoint(conditional, configuration).map((each) => (Number.isNaN(each) ? 0.5 : each));
          expect(fromPoint(conditional, filled)).toEqual(configuration);
        },
      ),
    );
  });

  it('has neighbours that differ, on its steps', () => {
    const keys = new Set([...listConfigurations(conditional)].map((each) => keyOf(conditional, each)));
    fc.assert(
      fc.property(fc.integer(), fc.nat({ max: 152 }), (seed, position) => {
        const from = [...listConfigurations(conditional)][position] as Configuration;
        const to = drawNeighbour(conditional, from, createRng(seed)) as Configuration;
        expect(keyOf(conditional, to)).not.toBe(keyOf(conditional, from));
        expect(keys.has(keyOf(conditional, to))).toBe(true);
      }),
    );
  });
});

it('a Sobol sequence falls evenly into every part of every dimension, whatever the seed', () => {
  for (const seed of [1, 2, 77]) {
    const points = Array.from({ length: 64 }, (_, i) => sobolPoint(i, 20, seed));
    for (let d = 0; d < 20; d++) {
      const parts = points.map((point) => Math.floor(64 * (point[d] ?? NaN))).sort((a, b) => a - b);
      expect(parts).toEqual(Array.from({ length: 64 }, (_, i) => i));
    }
  }
  expect(sobolPoint(5, 3, 1)).not.toEqual(sobolPoint(5, 3, 2));
});

it('log expected improvement is that of the integral, and ranks where there is none to see', () => {
  const integral = (mean: number, deviation: number, incumbent: number) => {
    let sum = 0;
    const step = deviation / 2000;
    for (let y = mean - 9 * deviation; y < incumbent; y += step) {
      const z = (y + step / 2 - mean) / deviation;
      sum +=
        ((incumbent - y - step / 2) * Math.exp((-z * z) / 2) * step) / (deviation * Math.sqrt(2 * Math.PI));
    }
    return sum;
  };
  for (const [mean, deviation] of [
    [0, 1],
    [1, 0.5],
    [3, 1],
    [-1, 2],
  ] as const) {
    expect(logExpectedImprovement(mean, deviation ** 2, 0)).toBeCloseTo(
      Math.log(integral(mean, deviation, 0)),
      4,
    );
  }
  const far = [5, 5.9, 6.1, 8, 20, 60].map((mean) => logExpectedImprovement(mean, 1, 0));
  expect(far).toEqual(far.toSorted((a, b) => b - a));
  expect(far.every(Number.isFinite)).toBe(true);
});

const proposers: readonly (readonly [string, Propose])[] = [
  ['grid', proposeFromGrid],
  ['random', proposeAtRandom],
  ['bayes', proposeByModel],
];
describe.each(proposers)('%s', (_name, propose) => {
  const run = (space: SearchSpace, seed: number, n: number): SeenTrial[] => {
    const seen: SeenTrial[] = [];
    for (let t = 0; t < n; t++) {
      const configuration = propose(space, seed, t, seen);
      if (!configuration) break;
      const depth = Number(configuration['depth'] ?? 1);
      seen.push({ configuration, value: 1 + depth + Number(configuration['rate'] ?? 0.5) });
    }
    return seen;
  };

  it('L1, L2, L3: the same for the same, within the space, never twice', () => {
    const [one, two] = [run(conditional, 3, 24), run(conditional, 3, 24)];
    expect(two).toEqual(one);
    const keys = new Set([...listConfigurations(conditional)].map((each) => keyOf(conditional, each)));
    const tried = one.map(({ configuration }) => keyOf(conditional, configuration));
    expect(tried.every((key) => keys.has(key))).toBe(true);
    expect(new Set(tried).size).toBe(tried.length);
  });

  it('L3: ends when all is tried', () => {
    const small: SearchSpace = { dimensions: conditional.dimensions.filter(({ name }) => name === 'depth') };
    expect(run(small, 1, 10)).toHaveLength(3);
  });
});

it('Bayesian search finds the bottom of a valley that chance does not', () => {
  const branin = (u: number, v: number) => {
    const [x, y] = [15 * u - 5, 15 * v];
    const valley = y - (5.1 / (4 * Math.PI ** 2)) * x * x + (5 / Math.PI) * x - 6;
    return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  };
  const least = (propose: Propose, seed: number) => {
    const seen: SeenTrial[] = [];
    for (let t = 0; t < 40; t++) {
      const configuration = propose(plane, seed, t, seen) as Configuration;
      seen.push({ configuration, value: branin(Number(configuration['x']), Number(configuration['y'])) });
    }
    return Math.min(...seen.map(({ value }) => value));
  };
  const found = [1, 2, 3].map((seed) => least(proposeByModel, seed)).sort((a, b) => a - b);
  expect(found[1]).toBeLessThan(0.45);
  expect(Math.min(...[1, 2, 3].map((seed) => least(proposeAtRandom, seed)))).toBeGreaterThan(
    found[1] as number,
  );
});

it('counts the steps of a range with its ends', () => {
  expect(countValues({ kind: 'number', name: 'x', min: 0.05, max: 0.2, step: 0.05, scale: 'linear' })).toBe(
    4,
  );
});
