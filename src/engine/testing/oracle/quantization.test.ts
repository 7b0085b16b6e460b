import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findScale } from './quantization.ts';

describe('findScale', () => {
  it('is the largest power of two that keeps values below 2^30 and sums below 2^51 with their count in 64 bits', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1 }),
        fc.integer({ min: 0, max: 1e7 }),
        (values, more) => {
          const n = values.length + more;
          const countBits = 32 - Math.clz32(n);
          const largest = Math.max(...values);
          fc.pre(largest > 1e-300);
          const sum = values.reduce((total, value) => total + value, 0) + more * largest;
          const scale = findScale(sum, largest, n, countBits);
          const fits = (s: number) =>
            largest * s <= 2 ** 30 && sum * s + n <= 2 ** Math.min(51, 63 - countBits);
          expect(fits(scale)).toBe(true);
          expect(fits(2 * scale)).toBe(false);
        },
      ),
    );
  });

  it('has an answer for nothing but zeros', () => expect(findScale(0, 0, 10, 4)).toBe(1));
});
