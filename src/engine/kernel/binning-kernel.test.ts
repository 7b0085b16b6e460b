import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBinner } from './binning-kernel.ts';

const numbers = fc.array(fc.oneof(fc.double(), fc.double({ min: -1, max: 1 }), fc.constantFrom(0, -0, NaN)));

function bin(values: Float64Array, thresholds: Float64Array, out: Uint8Array | Uint16Array): void {
  const { binNumbers, release } = createBinner(values.length);
  binNumbers(values, thresholds, out);
  release();
}

describe('createBinner', () => {
  it('sorts any floats, without NaN, −0 as 0', () => {
    fc.assert(
      fc.property(numbers, (values) => {
        const { sortNumbers, release } = createBinner(values.length);
        const sorted = sortNumbers(Float64Array.from(values), null);
        const want = Float64Array.from(
          values.filter((value) => !Number.isNaN(value)).map((value) => value + 0),
        );
        expect(Array.from(sorted)).toEqual(Array.from(want.sort()));
        release();
      }),
    );
  });

  it('sorts the samples that are named', () => {
    const binner = createBinner(5);
    const sorted = binner.sortNumbers(Float64Array.of(5, 4, NaN, 2, 1), Uint32Array.of(0, 2, 4));
    expect(Array.from(sorted)).toEqual([1, 5]);
  });

  it.each([1, 2])('counts the thresholds below each value, in %s bytes', (width) => {
    fc.assert(
      fc.property(
        numbers,
        fc.uniqueArray(fc.double({ noNaN: true }), { maxLength: 254 }),
        (values, bounds) => {
          const thresholds = Float64Array.from(bounds).filter(Number.isFinite).sort();
          const bins = width === 1 ? new Uint8Array(values.length) : new Uint16Array(values.length);
          bin(Float64Array.from(values), thresholds, bins);
          const want = values.map((value) =>
            Number.isNaN(value) ? thresholds.length + 1 : thresholds.filter((bound) => bound < value).length,
          );
          expect(Array.from(bins)).toEqual(want);
        },
      ),
    );
  });

  it('bins where the range of the thresholds overflows or most of them crowd in one place', () => {
    for (const bounds of [
      [-1e308, 0, 1e308],
      [-1e-300, 0, 1e-300, 1e300],
      [0, 5e-324],
      [1, 1.0000000000000002, 1.0000000000000004],
    ]) {
      const values = Float64Array.from([...bounds, -Infinity, Infinity, NaN, -1e308, 1e308, 0.5]);
      const bins = new Uint8Array(values.length);
      bin(values, Float64Array.from(bounds), bins);
      const want = Array.from(values, (value) =>
        Number.isNaN(value) ? bounds.length + 1 : bounds.filter((bound) => bound < value).length,
      );
      expect(Array.from(bins)).toEqual(want);
    }
  });
});
