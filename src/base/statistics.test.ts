import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  findRange,
  mean,
  median,
  quantileOfSorted,
  rankByFrequency,
  sampleDeviation,
  sortedFinite,
} from './statistics.ts';

const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('quantileOfSorted', () => {
  it('agrees with numpy.quantile on a known case', () => {
    const sorted = [1, 2, 4, 8, 16];
    expect(quantileOfSorted(sorted, 0.1)).toBeCloseTo(1.4, 12);
    expect(quantileOfSorted(sorted, 0.8)).toBeCloseTo(9.6, 12);
    expect(quantileOfSorted(sorted, 1)).toBe(16);
  });

  it('is monotone in the share and stays within the values', () => {
    fc.assert(
      fc.property(
        fc.array(finite, { minLength: 1 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, p, q) => {
          const sorted = sortedFinite(values);
          const low = quantileOfSorted(sorted, Math.min(p, q));
          const high = quantileOfSorted(sorted, Math.max(p, q));
          expect(low).toBeLessThanOrEqual(high + 1e-9);
          expect(low).toBeGreaterThanOrEqual(sorted[0]!);
          expect(high).toBeLessThanOrEqual(sorted.at(-1)! + 1e-9);
        },
      ),
    );
  });

  it('refuses a share outside 0–1 and has no answer for no value', () => {
    expect(() => quantileOfSorted([1], 1.1)).toThrow('share must be in [0, 1], got 1.1');
    expect(() => quantileOfSorted([1], NaN)).toThrow('share');
    expect(quantileOfSorted([], 0.5)).toBeNaN();
  });
});

describe('median, mean, sampleDeviation', () => {
  it('ignores missing values in the median', () => {
    expect(median([5, NaN, 1, 3])).toBe(3);
    expect(median([1, 2])).toBe(1.5);
    expect(median([NaN])).toBeNaN();
  });

  it('moves with the values', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 2 }), finite, (values, shift) => {
        const moved = values.map((value) => value + shift);
        expect(mean(moved)).toBeCloseTo(mean(values) + shift, 4);
        expect(sampleDeviation(moved)).toBeCloseTo(sampleDeviation(values), 4);
      }),
    );
  });

  it('has no spread for one value', () => expect(sampleDeviation([3])).toBe(0));
});

describe('what a chart asks of its numbers', () => {
  it('the range of none is empty, of some from the least to the greatest', () => {
    expect(findRange([])).toEqual([Infinity, -Infinity]);
    expect(findRange([3, -2, 5])).toEqual([-2, 5]);
  });

  it('codes come most frequent first, of equals the lower', () => {
    expect(rankByFrequency([2, -1, 2, 0, -1, 7])).toEqual([-1, 2, 0, 7]);
  });
});
