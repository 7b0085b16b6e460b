import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { collectOrderStatistics, findAtLevel, findLevel, neededFor } from './order-statistic.ts';

const ladder = (n: number) => collectOrderStatistics(Array.from({ length: n }, (_, i) => i));

describe('the rank of a level', () => {
  test('how many outages each takes: 4 for P80, 9 for P90 and P10, 19 for 90 % on both sides', () => {
    expect([0.5, 0.8, 0.9, 0.95, 0.99, 0.1, 0.05].map(neededFor)).toEqual([1, 4, 9, 19, 99, 9, 19]);
  });

  test('lies between its neighbours: planted ladders', () => {
    const levels = [0.1, 0.5, 0.8, 0.9];
    const at = (n: number) => levels.map((level) => findAtLevel(ladder(n), level));
    at(10).forEach((value, i) => expect(value).toBeCloseTo([0.1, 4.5, 7.8, 8.9][i] as number, 12));
    expect(at(9)).toEqual([0, 4, 7, 8]);
    expect(findAtLevel(ladder(7), 0.8)).toBeCloseTo(5.4, 12);
    expect(findAtLevel(ladder(7), 0.9)).toBeNull();
    expect(findAtLevel(ladder(4), 0.8)).toBe(3);
  });

  test('a level is claimable from exactly the n it takes', () => {
    for (const level of [0.1, 0.5, 0.8, 0.9, 0.95]) {
      const needed = neededFor(level);
      expect(findAtLevel(ladder(needed - 1), level)).toBeNull();
      expect(findAtLevel(ladder(needed), level)).not.toBeNull();
    }
  });

  test('a level outside (0, 1) is refused with its name and value', () => {
    expect(() => findAtLevel(ladder(9), 1)).toThrow(expect.objectContaining({ code: 'invalid-setting' }));
    expect(() => findAtLevel(ladder(9), 0)).toThrow(/got 0/);
  });
});

describe('order statistics of a sample', () => {
  test('whole ranks are the sample sorted and counted, those between lie between, for any sample and level', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { maxLength: 60 }),
        fc.integer({ min: 1, max: 99 }),
        (sample, percent) => {
          const sorted = sample.toSorted((a, b) => a - b);
          const n = sorted.length;
          const kept = collectOrderStatistics(sample);
          const rank = (percent * (n + 1)) / 100;
          const find = (rule?: 'up' | 'down') => findAtLevel(kept, percent / 100, rule);
          expect(find('up')).toBe(sorted[Math.ceil(rank) - 1] ?? null);
          expect(find('down')).toBe(sorted[Math.floor(rank) - 1] ?? null);
          const between = find();
          const [low, high] = [find('down'), find('up')];
          const isBetween =
            between !== null && low !== null && high !== null && low <= between && between <= high;
          expect(isBetween || between === null).toBe(true);
          expect(between === null).toBe(rank < 1 || rank > n);
        },
      ),
    );
  });

  test('uniform scores are covered as promised at every n, which whole ranks overshoot', () => {
    for (const n of [5, 6, 7, 8, 10, 13]) {
      const rng = createRng(n);
      const mean = (rule: 'between' | 'up') => {
        const bounds = Array.from({ length: 3000 }, () =>
          findAtLevel(collectOrderStatistics(Array.from({ length: n }, () => rng.nextFloat())), 0.8, rule),
        );
        return bounds.reduce<number>((sum, bound) => sum + (bound ?? NaN), 0) / bounds.length;
      };
      expect(Math.abs(mean('between') - 0.8)).toBeLessThan(0.012);
      expect(Math.abs(mean('up') - Math.ceil(0.8 * (n + 1) - 1e-9) / (n + 1))).toBeLessThan(0.012);
    }
  });

  test('a large sample is thinned by less than one part in 4,000', () => {
    const rng = createRng(5);
    const values = Float64Array.from({ length: 50_123 }, () => rng.nextNormal());
    const kept = collectOrderStatistics(values);
    const sorted = values.toSorted();
    expect(kept.values).toHaveLength(4096);
    for (let percent = 1; percent < 100; percent += 7) {
      const bound = findAtLevel(kept, percent / 100) as number;
      const share = sorted.filter((value) => value <= bound).length / sorted.length;
      expect(Math.abs(share - percent / 100)).toBeLessThan(1 / 4000);
    }
  });

  test('the level of a bound is the share at or below it among n + 1', () => {
    const kept = collectOrderStatistics([3, 1, 2, NaN, 2]);
    expect(kept.n).toBe(4);
    const levels = (bounds: readonly number[], rule?: 'up') =>
      bounds.map((bound) => findLevel(kept, (value) => value <= bound, rule));
    expect(levels([0, 1, 2, 3, 99])).toEqual([0, 0.2, 0.6, 0.8, 0.8]);
    levels([1.5, 2.25]).forEach((level, i) => expect(level).toBeCloseTo([0.3, 0.65][i] as number, 12));
    expect(levels([1.5, 2.25], 'up')).toEqual([0.2, 0.6]);
  });
});
