import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import {
  collectOrderStatistics,
  findLevel,
  findLower,
  findUpper,
  lowerRank,
  neededForLower,
  neededForUpper,
  upperRank,
} from './order-statistic.ts';

describe('the exact rank', () => {
  test('how many outages each level takes: 4 for P80, 9 for P90, 19 for 90 % on both sides', () => {
    expect([0.5, 0.8, 0.9, 0.95, 0.99].map(neededForUpper)).toEqual([1, 4, 9, 19, 99]);
    expect([0.1, 0.05].map(neededForLower)).toEqual([9, 19]);
  });

  test('a level is claimable from exactly the n it takes', () => {
    for (const level of [0.5, 0.8, 0.9, 0.95]) {
      const needed = neededForUpper(level);
      const sample = (n: number) => collectOrderStatistics(Array.from({ length: n }, (_, i) => i));
      expect(findUpper(sample(needed - 1), level)).toBeNull();
      expect(findUpper(sample(needed), level)).toBe(needed - 1);
    }
  });

  test('counts the next outage too: ceil((n + 1) · level), not ceil(n · level)', () => {
    expect(upperRank(0.9, 10)).toBe(10);
    expect(upperRank(0.8, 5)).toBe(5);
    expect(lowerRank(0.1, 10)).toBe(1);
  });

  test('is not pushed one rank up by binary fractions', () => {
    // 0.07 · 100 is 7.000000000000001 and 0.29 · 100 is 28.999999999999996 in binary.
    expect(upperRank(0.07, 99)).toBe(7);
    expect(lowerRank(0.29, 99)).toBe(29);
  });

  test('a level outside (0, 1) is refused with its name and value', () => {
    expect(() => upperRank(1, 10)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
    expect(() => lowerRank(0, 10)).toThrow(/got 0/);
  });
});

describe('order statistics of a sample', () => {
  test('bounds are the sample sorted and counted, for any sample and level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 99 }),
        (sample, percent) => {
          const sorted = sample.toSorted((a, b) => a - b);
          const n = sorted.length;
          const kept = collectOrderStatistics(sample);
          expect(findUpper(kept, percent / 100)).toBe(
            sorted[Math.ceil((percent * (n + 1)) / 100) - 1] ?? null,
          );
          expect(findLower(kept, percent / 100)).toBe(
            sorted[Math.floor((percent * (n + 1)) / 100) - 1] ?? null,
          );
        },
      ),
    );
  });

  test('a large sample is thinned to the safe side, by less than one part in 4,000', () => {
    const rng = createRng(5);
    const values = Float64Array.from({ length: 50_123 }, () => rng.nextNormal());
    const kept = collectOrderStatistics(values);
    const sorted = values.toSorted();
    expect(kept.values).toHaveLength(4096);
    for (let percent = 1; percent < 100; percent += 7) {
      const upper = findUpper(kept, percent / 100) as number;
      const lower = findLower(kept, percent / 100) as number;
      const share = (bound: number) => sorted.filter((value) => value <= bound).length / sorted.length;
      expect(upper).toBeGreaterThanOrEqual(sorted[upperRank(percent / 100, values.length) - 1] as number);
      expect(lower).toBeLessThanOrEqual(sorted[lowerRank(percent / 100, values.length) - 1] as number);
      expect(share(upper) - share(lower)).toBeLessThan(2 / 4000);
    }
  });

  test('the level of a bound is the share at or below it among n + 1', () => {
    const kept = collectOrderStatistics([3, 1, 2, NaN, 2]);
    expect(kept.n).toBe(4);
    expect([0, 1, 2, 3, 99].map((bound) => findLevel(kept, (value) => value <= bound))).toEqual([
      0, 0.2, 0.6, 0.8, 0.8,
    ]);
  });
});
