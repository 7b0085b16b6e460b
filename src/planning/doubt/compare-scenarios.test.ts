import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import type { FittedModel } from '#models/regressor.ts';
import { studyDifferences } from '../testing/difference-study.ts';
import { drawWorldCase, type PlantedWorld, plantWorld } from '../testing/planted-worlds.ts';
import { compareScenarios } from './compare-scenarios.ts';
import { spreadCurve } from './case-curves.ts';
import { differOutage } from './outage-difference.ts';
import { growWorlds } from './worlds.ts';

describe('scenarios side by side', () => {
  let planted: PlantedWorld;
  let worlds: readonly FittedModel[];
  beforeAll(async () => {
    planted = await plantWorld('interaction', 120, 1);
    worlds = await growWorlds(planted.model, createSilentContext(), 8);
  }, 30_000);

  const compare = (cases: readonly (readonly (number | null)[])[], link = 1) =>
    compareScenarios(planted.model, worlds, { cases, from: 'file', link });

  it('finds no difference between a scenario and itself, of width 0', () => {
    const cells = drawWorldCase(createRng(3));
    const { differences } = compare([cells, [...cells]]);
    const nothing = { value: 0, low: 0, high: 0, band: { low: 0, high: 0 } };
    expect(differences[0]).toMatchObject({ expected: nothing, isUnseen: true, isIndiscernible: true });
    expect(differences[0]?.outage).toMatchObject({ mean: 0, low: 0, high: 0, shorter: 0 });
  });

  it('says the contrary of two scenarios that are swapped, whatever the link', () => {
    const rng = createRng(4);
    for (const link of [0, 0.4, 1]) {
      const pair = [drawWorldCase(rng), drawWorldCase(rng)];
      const [ab] = compare(pair, link).differences;
      const [ba] = compare(pair.toReversed(), link).differences;
      expect(ba?.expected?.low).toBeCloseTo(-(ab?.expected?.high ?? NaN), 10);
      expect(ba?.expected?.band.high).toBeCloseTo(-(ab?.expected?.band.low ?? NaN), 10);
      expect(ba?.outage?.mean).toBeCloseTo(-(ab?.outage?.mean ?? NaN), 10);
      expect(ba?.outage?.low).toBeCloseTo(-(ab?.outage?.high ?? NaN), 10);
      expect(ba?.outage?.shorterAtMost).toBeLessThanOrEqual(1 - (ab?.outage?.shorterAtLeast ?? NaN) + 1e-12);
    }
  });

  it('holds all differences together by a band no narrower than any interval', () => {
    const rng = createRng(5);
    const { differences, scenarios } = compare(Array.from({ length: 5 }, () => drawWorldCase(rng)));
    expect(differences).toHaveLength(10);
    for (const { expected } of differences) {
      expect(expected?.band.low).toBeLessThanOrEqual(expected?.low ?? NaN);
      expect(expected?.band.high).toBeGreaterThanOrEqual(expected?.high ?? NaN);
    }
    expect(scenarios.reduce((sum, { isBest }) => sum + (isBest ?? NaN), 0)).toBeCloseTo(1, 10);
  });

  it('claims nothing where nothing was learnt, and says no difference there', () => {
    const [known, far] = [drawWorldCase(createRng(6)), [900, 900, 900, 900, 900]];
    const { scenarios, differences } = compare([known, far]);
    expect(scenarios[1]?.isBest).toBeNull();
    expect(differences[0]).toMatchObject({ expected: null, outage: null, isIndiscernible: false });
  });

  it('grows the same worlds from the same model, and none where its file keeps no outages', async () => {
    const again = await growWorlds(planted.model, createSilentContext(), 8);
    const cases = [1, 2, 3].map((seed) => drawWorldCase(createRng(seed)));
    const asked = { cases, from: 'file', link: 1 } as const;
    expect(compareScenarios(planted.model, again, asked)).toEqual(compare(cases));
    const { pastRows: _, ...description } = planted.model.description;
    expect(await growWorlds({ ...planted.model, description }, createSilentContext(), 8)).toEqual([]);
    expect(compareScenarios(planted.model, [], asked).differences[0]?.expected).toBeNull();
  });

  it.each([
    ['scenarios-none', [], 1],
    ['scenarios-many', Array.from({ length: 13 }, () => drawWorldCase(createRng(1))), 1],
    ['invalid-setting', [drawWorldCase(createRng(1))], 1.2],
  ] as const)('refuses %s before any work', (code, cases, link) => {
    expect(() => compare(cases, link)).toThrow(expect.objectContaining({ code }));
  });
});

describe('the difference on one outage', () => {
  const sorted = fc
    .array(fc.integer({ min: 0, max: 30 }), { minLength: 12, maxLength: 12 })
    .map((values) => Float64Array.from(values).sort());

  it('is bounded by Makarov’s bounds whatever goes with what', () => {
    fc.assert(
      fc.property(sorted, sorted, fc.integer(), (from, to, seed) => {
        const { shorterAtLeast, shorterAtMost } = differOutage(from, to, 1);
        const rng = createRng(seed);
        for (let i = 0; i < 20; i++) {
          const order = Array.from(from.keys()).sort(() => rng.nextFloat() - 0.5);
          const share = order.filter((j, k) => (to[j] ?? 0) < (from[k] ?? 0)).length / from.length;
          expect(share).toBeGreaterThanOrEqual(shorterAtLeast - 1e-12);
          expect(share).toBeLessThanOrEqual(shorterAtMost + 1e-12);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is that of the same luck where the link is 1, and as wide as both together where it is 0', () => {
    const from = Float64Array.from({ length: 200 }, (_, i) => i / 10);
    const to = from.map((value) => value + 3);
    expect(differOutage(from, to, 1)).toMatchObject({ shorter: 0 });
    expect(differOutage(from, to, 1).low).toBeCloseTo(3, 10);
    const free = differOutage(from, to, 0);
    expect(free.mean).toBeCloseTo(3, 10);
    expect(free.high - free.low).toBeGreaterThan(10);
    expect(free.shorter).toBeGreaterThan(0.2);
  });

  it('rests on the curve, constant beyond what the past outages carry', () => {
    const points = [1, 2, 3].map((i) => ({ duration: 10 * i, probability: i / 4 }));
    const spread = spreadCurve({ points, basis: 'overall', n: 3 });
    expect([spread[0], spread[99], spread.at(-1)]).toEqual([10, expect.closeTo(19.9, 10), 30]);
  });
});

it('holds the planted differences about as often as it says', async () => {
  const study = await studyDifferences('linear', 200, 1, 6);
  const other = await studyDifferences('log', 200, 2, 6);
  const held = (study.held + other.held) / (study.nPairs + other.nPairs);
  expect(held).toBeGreaterThan(0.62);
  expect(held).toBeLessThan(0.95);
}, 30_000);
