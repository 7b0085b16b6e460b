import { describe, expect, it } from 'vitest';
import { exactExp } from '#base/exact-math.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { findLongThreshold } from './long-threshold.ts';

/** Log-normal durations around each centre, with the given spread of the logarithm. */
function draw(seed: number, ...parts: readonly { n: number; centre: number; spread: number }[]): number[] {
  const rng = createRng(seed);
  return parts.flatMap(({ n, centre, spread }) =>
    Array.from({ length: n }, () => centre * exactExp(spread * rng.nextNormal())),
  );
}

const short = { n: 1400, centre: 2, spread: 0.8 };
const long = { n: 600, centre: 60, spread: 0.6 };

describe('findLongThreshold', () => {
  it('finds the gap between short stops and refuellings', () => {
    for (let seed = 0; seed < 20; seed++) {
      const threshold = findLongThreshold(draw(seed, short, long));
      expect(threshold).toBeGreaterThan(8);
      expect(threshold).toBeLessThan(30);
    }
  });

  it('scales with the unit of the durations', () => {
    const days = draw(1, short, long);
    const hours = findLongThreshold(days.map((duration) => duration * 24)) as number;
    expect(hours / (findLongThreshold(days) as number)).toBeCloseTo(24, 6);
  });

  it('gives the same bits whatever the order of the outages', () => {
    const durations = draw(2, short, long);
    const threshold = findLongThreshold(durations);
    shuffleInPlace(durations, createRng(9));
    expect(findLongThreshold(durations)).toBe(threshold);
  });

  it('sees no threshold in one heap of durations, nor in few, equal or impossible ones', () => {
    for (let seed = 0; seed < 20; seed++) {
      expect(findLongThreshold(draw(seed, { n: 2000, centre: 10, spread: 1 }))).toBeNull();
    }
    expect(findLongThreshold(draw(3, { ...short, n: 20 }, { ...long, n: 20 }))).toBeNull();
    expect(findLongThreshold(Array.from({ length: 100 }, () => 5))).toBeNull();
    expect(findLongThreshold(Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? NaN : -i)))).toBeNull();
  });

  it('does not take a handful of extreme outages for a class of their own', () => {
    expect(
      findLongThreshold(draw(4, { n: 1000, centre: 5, spread: 0.5 }, { n: 10, centre: 900, spread: 0.2 })),
    ).toBeNull();
  });
});
