import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRng } from '#base/random.ts';
import { binFeatures } from './binning.ts';

const find = (values: number[], maxBins: number) =>
  Array.from(binFeatures(numeric(values), maxBins, 0).thresholds[0]!);

const numeric = (values: number[]) => ({
  nSamples: values.length,
  columns: [Float64Array.from(values)],
  cardinalities: [0],
});

describe('thresholds', () => {
  it('gives each distinct value its own bin when there is room', () => {
    expect(find([3, 1, 2, 2, 1, NaN], 255)).toEqual([1.5, 2.5]);
    expect(find([7, 7, NaN], 255)).toEqual([]);
    expect(find([NaN, NaN], 255)).toEqual([]);
    expect(find([0, -0, 1], 255)).toEqual([0.5]);
  });

  it('cuts a uniform feature into bins of nearly equal count', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i * 7919) % 1000);
    for (const maxBins of [2, 10, 64]) {
      const thresholds = find(values, maxBins);
      expect(thresholds).toHaveLength(maxBins - 1);
      const { columns } = binFeatures(numeric(values), maxBins, 0);
      const counts = new Float64Array(maxBins);
      columns[0]!.forEach((bin) => (counts[bin]! += 1));
      for (const count of counts) expect(Math.abs(count - 1000 / maxBins)).toBeLessThanOrEqual(2);
    }
  });

  it('never cuts a value in two and never leaves a bin empty, however skewed the counts', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double()), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 2, max: 40 }),
        (values, maxBins) => {
          const thresholds = find(values, maxBins);
          expect(thresholds.length).toBeLessThan(maxBins);
          expect(thresholds.every(Number.isFinite)).toBe(true);
          const { columns } = binFeatures(numeric(values), maxBins, 0);
          const used = new Set<number>();
          values.forEach((value, i) => {
            const bin = columns[0]![i]!;
            // The definition, by counting: as many thresholds lie below x.
            const want = Number.isNaN(value)
              ? thresholds.length + 1
              : thresholds.filter((threshold) => value > threshold).length;
            expect(bin).toBe(want);
            if (!Number.isNaN(value)) used.add(bin);
          });
          expect(Math.max(used.size, 1)).toBe(thresholds.length + 1);
        },
      ),
    );
  });

  it('uses all bins it is given when values abound', () => {
    const rng = createRng(1);
    const values = Array.from({ length: 5000 }, () => (rng.nextFloat() < 0.5 ? 0 : rng.nextNormal()));
    expect(find(values, 64).length).toBeGreaterThan(40);
  });

  it('does not depend on the order of the values', () => {
    fc.assert(
      fc.property(fc.array(fc.double()), fc.integer({ min: 2, max: 9 }), (values, maxBins) => {
        expect(find(values.toReversed(), maxBins)).toEqual(find(values, maxBins));
      }),
    );
  });

  it('draws a sample of a very long feature, whose quantiles are those of the whole', () => {
    const n = 400_000;
    const values = Float64Array.from({ length: n }, (_, i) => (i * 7919) % n);
    const thresholds = find(Array.from(values), 4);
    [0.25, 0.5, 0.75].forEach((share, i) => expect(thresholds[i]! / n).toBeCloseTo(share, 2));
  });
});

describe('binFeatures', () => {
  it('keeps codes as bins and puts unseen ones and missing values in the last', () => {
    const features = { nSamples: 5, columns: [Float64Array.of(0, 2, NaN, 3, 0.5)], cardinalities: [3] };
    expect(Array.from(binFeatures(features, 255, 0).columns[0]!)).toEqual([0, 2, 3, 3, 3]);
  });

  it('takes two bytes a bin when a feature has more than 255', () => {
    const values = Array.from({ length: 300 }, (_, i) => i);
    const { columns } = binFeatures(numeric(values), 65_535, 0);
    expect(columns[0]).toBeInstanceOf(Uint16Array);
    expect(Array.from(columns[0]!)).toEqual(values);
  });
});
