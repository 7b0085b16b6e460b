import { describe, expect, it } from 'vitest';
import { createRng } from './random.ts';
import { runAtOnce, runInSlices, SLICE_ROWS, sortFinite } from './slices.ts';
import { sortedFinite } from './statistics.ts';

describe('sortFinite', () => {
  it.each([0, 1, 100, SLICE_ROWS, SLICE_ROWS + 1, 5 * SLICE_ROWS + 17])(
    'orders %i values as the platform does',
    (n) => {
      const rng = createRng(n);
      const values = Float64Array.from({ length: n }, (_, i) =>
        i % 7 === 3 ? NaN : rng.nextBelow(50_000) - 10,
      );
      expect(runAtOnce(sortFinite(values))).toEqual(sortedFinite(values));
    },
  );

  it('pauses, and ends where the pause throws', async () => {
    const values = new Float64Array(20 * SLICE_ROWS).fill(1);
    let nPauses = 0;
    await runInSlices(sortFinite(values), async () => void nPauses++);
    expect(nPauses).toBeGreaterThan(20);
    const stop = new Error('stop');
    await expect(runInSlices(sortFinite(values), () => Promise.reject(stop))).rejects.toBe(stop);
  });
});
