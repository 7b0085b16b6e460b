import { describe, expect, it } from 'vitest';
import type { TestPredictions } from '#training/contract.ts';
import { groupErrors } from './class-coverage.view.ts';

const test: TestPredictions = {
  rows: [0, 1, 2, 3],
  actual: [10, 20, 30, 5],
  predicted: [12, 16, 31, 5],
  classes: { column: 'Type', labels: ['VP', 'VD'], codes: [0, 1, 0, 0] },
  starts: [2019, 2019, 2020, NaN].map((year) => Date.UTC(year, 5)),
  intervals: { p10: [9, 12, 25, 4], p80: null, p90: [15, NaN, 40, 7] },
};

describe('errors by group', () => {
  it('are means with standard errors, by class and by year of start', () => {
    const [first, second] = groupErrors(test, 'class');
    expect(first).toMatchObject({ label: 'VP', nSamples: 3, meanAbsoluteError: 1 });
    expect(first?.standardError).toBeCloseTo(1 / Math.sqrt(3), 9);
    expect(second).toMatchObject({ label: 'VD', nSamples: 1, meanAbsoluteError: 4, standardError: 0 });
    expect(groupErrors(test, 'year').map(({ label, nSamples }) => [label, nSamples])).toEqual([
      ['2019', 2],
      ['2020', 1],
    ]);
  });
});
