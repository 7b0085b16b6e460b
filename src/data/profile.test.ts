import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { profileColumn } from './profile.ts';

describe('profileColumn', () => {
  it('counts missing and distinct values, and gives quantiles and examples', () => {
    const values = Float64Array.of(3, NaN, 1, 2, 3, 4, 5);
    expect(profileColumn({ type: 'number', name: 'x', values }, 2)).toMatchObject({
      nRows: 7,
      nMissing: 1,
      nDistinct: 5,
      nUnread: 2,
      examples: ['3', '1', '2', '4', '5'],
      isInteger: true,
      min: 1,
      max: 5,
      mean: 3,
      quantiles: { p50: 3 },
      histogram: { edges: [0.5, 1.5, 2.5, 3.5, 4.5, 5.5], counts: [1, 1, 2, 1, 1] },
    });
  });

  it('ranks labels by frequency and skips those that no row has', () => {
    const codes = Int32Array.of(1, 0, 1, -1, 3);
    const profile = profileColumn({ type: 'category', name: 'k', codes, categories: ['a', 'b', 'c', 'd'] });
    expect(profile).toMatchObject({ nMissing: 1, nDistinct: 3, examples: ['a', 'b', 'd'] });
    expect(profile.topCategories?.[0]).toEqual({ label: 'b', count: 2 });
  });

  it('says nothing of a column without values', () => {
    const profile = profileColumn({ type: 'number', name: 'x', values: Float64Array.of(NaN, NaN) });
    expect(profile).toMatchObject({ nMissing: 2, nDistinct: 0, examples: [] });
    expect(profile.quantiles).toBeUndefined();
  });

  it('puts each value into one bin between its edges', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (list) => {
          const { histogram, min, max } = profileColumn({
            type: 'number',
            name: 'x',
            values: Float64Array.from(list),
          });
          const { edges, counts } = histogram as NonNullable<typeof histogram>;
          expect(counts.reduce((sum, count) => sum + count, 0)).toBe(list.length);
          expect(edges).toHaveLength(counts.length + 1);
          expect(edges[0]).toBeLessThanOrEqual(min as number);
          expect(edges.at(-1) as number).toBeGreaterThanOrEqual(
            (max as number) - 1e-6 * Math.abs(max as number) - 1e-9,
          );
        },
      ),
      { examples: [[[0, -5e-324]], [[1e6, 1e6 - 1e-10]]] },
    );
  });
});
