import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findWeightedQuantile } from './weighted-quantile.ts';

describe('findWeightedQuantile', () => {
  it('interpolates as numpy does without weights', () => {
    expect(findWeightedQuantile(Float64Array.of(16, 1, 4, 2, 8), null, 0.8)).toBeCloseTo(9.6, 12);
    expect(findWeightedQuantile(new Float64Array(0), null, 0.5)).toBe(0);
  });

  it('minimises the weighted pinball loss', () => {
    const sample = fc.record({
      value: fc.integer({ min: -50, max: 50 }),
      weight: fc.integer({ min: 0, max: 4 }),
    });
    fc.assert(
      fc.property(fc.array(sample, { minLength: 1 }), fc.constantFrom(0.1, 0.5, 0.8), (samples, share) => {
        fc.pre(samples.some(({ weight }) => weight > 0));
        const values = Float64Array.from(samples, ({ value }) => value);
        const weights = Float64Array.from(samples, ({ weight }) => weight);
        const lossAt = (q: number) =>
          samples.reduce(
            (sum, { value, weight }) =>
              sum + weight * (value >= q ? share * (value - q) : (1 - share) * (q - value)),
            0,
          );
        const best = lossAt(findWeightedQuantile(values, weights, share));
        for (const { value } of samples) expect(best).toBeLessThanOrEqual(lossAt(value) + 1e-9);
      }),
    );
  });
});
