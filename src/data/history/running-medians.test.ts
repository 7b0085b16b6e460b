import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { median } from '#base/statistics.ts';
import { computeRunningMedians } from './running-medians.ts';

describe('computeRunningMedians', () => {
  it('is the median of each beginning, ties included', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 60 }), (values) => {
        const medians = computeRunningMedians(Float64Array.from(values));
        expect(medians).toHaveLength(values.length + 1);
        for (let k = 0; k <= values.length; k++) expect(medians[k]).toBe(median(values.slice(0, k)));
      }),
    );
  });
});
