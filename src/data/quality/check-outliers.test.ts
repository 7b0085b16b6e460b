import { describe, expect, it } from 'vitest';
import { exactExp } from '#base/exact-math.ts';
import { createRng } from '#base/random.ts';
import { sortedFinite } from '#base/statistics.ts';
import { findFences } from './check-outliers.ts';

const fencesOf = (values: Float64Array) => findFences(sortedFinite(values));

const draw = (n: number, seed: number) => {
  const rng = createRng(seed);
  return Float64Array.from({ length: n }, () => rng.nextNormal());
};

describe('findFences', () => {
  it('stands 3 interquartile ranges off the quartiles', () => {
    const values = Float64Array.from({ length: 101 }, (_, i) => i - 50); // quartiles −25 and 25
    expect(fencesOf(values)).toEqual({ min: -175, max: 175, isLogScale: false });
  });

  it('encloses all of a normal sample, but for 2 in 100 at most', () => {
    let nCrossed = 0;
    for (let seed = 0; seed < 200; seed++) {
      const values = draw(500, seed);
      const { min, max } = fencesOf(values)!;
      if (values.some((value) => value < min || value > max)) nCrossed += 1;
    }
    expect(nCrossed).toBeLessThanOrEqual(4);
  });

  it('follows the logarithm where that is the even scale, zeros inside', () => {
    const heavy = draw(500, 1).map((z) => 5 * exactExp(1.5 * z));
    const fences = fencesOf(heavy)!;
    expect(fences.isLogScale).toBe(true);
    expect(Math.max(...heavy)).toBeLessThan(fences.max);
    expect(fencesOf(heavy.with(0, 0))!.min).toBe(0);
  });

  it('has none to set with few values, or where half are equal', () => {
    expect(fencesOf(draw(19, 1))).toBeNull();
    expect(fencesOf(Float64Array.from({ length: 100 }, (_, i) => (i < 80 ? 7 : i)))).toBeNull();
  });
});
