import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testByDistance, testByRanks } from './unlikeness.ts';

/** n scores spread evenly over 0 … 1, beside a class's own. */
function beside(n: number, own: readonly number[]) {
  const others = Array.from({ length: n }, (_, i) => (i + 0.5) / n);
  return { own, all: [...others, ...own].sort((a, b) => a - b) };
}

describe('the tests by ranks, against 240 even scores', () => {
  test.each([
    [[2, 3, 4], 'up', 1.18e-5],
    [[0.95, 0.97, 0.99], 'up', 0.0016],
    [[0.85, 0.9, 0.95], 'up', 0.0289],
    [[0.8, 0.85, 0.9, 0.95, 0.99], 'up', 0.00386],
    [[0.1, 0.3, 0.5, 0.7, 0.9], 'up', 0.511],
    [[0.01, 0.02, 0.98, 0.99], 'up', 0.0403],
    [[0.01, 0.02, 0.98, 0.99], 'spread', 8.2e-4],
    [[-3, -2, -1], 'up', 1],
    [[-3, -2, -1], 'spread', 7.2e-5],
  ] as const)('%j, %s: %f', (own, side, expected) => {
    expect(testByRanks(beside(240, own))[side] / expected).toBeCloseTo(1, 1.5);
  });

  test('the fewer the others, the less three above them all tell', () => {
    expect(testByRanks(beside(30, [2, 3, 4])).up).toBeCloseTo(0.00286, 5);
    expect(testByRanks(beside(16, [2, 3, 4])).up).toBeCloseTo(0.0133, 4);
  });
});

test('the test by distance: 20 over the upper half, over .3 … 1, over all', () => {
  const spread = (from: number) =>
    beside(
      240,
      Array.from({ length: 20 }, (_, i) => from + ((1 - from) * (i + 0.5)) / 20),
    );
  expect(testByDistance(spread(0.5)) / 6.3e-5).toBeCloseTo(1, 1.5);
  expect(testByDistance(spread(0.3))).toBeCloseTo(0.038, 3);
  expect(testByDistance(spread(0))).toBe(1);
});

test('look at ranks alone: no rising function of the scores changes them', () => {
  const scores = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 3, maxLength: 30 });
  fc.assert(
    fc.property(scores, scores, (a, others) => {
      const own = a.toSorted((x, y) => x - y);
      const all = [...own, ...others].sort((x, y) => x - y);
      const cube = (values: readonly number[]) => values.map((x) => x ** 3 + x);
      const samples = { own, all };
      const changed = { own: cube(own), all: cube(all) };
      expect(testByRanks(changed)).toEqual(testByRanks(samples));
      expect(testByDistance(changed)).toBe(testByDistance(samples));
    }),
  );
});
