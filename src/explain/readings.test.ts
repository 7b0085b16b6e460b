import { describe, expect, it } from 'vitest';
import { readEffect } from './effect-reading.ts';
import { readContributions } from './contribution-reading.ts';

describe('the reading of an effect', () => {
  it('goes from one end of the usual values to the other, not to the extremes', () => {
    const grid = { type: 'number' as const, values: Float64Array.of(0, 10, 20, 30, 400) };
    expect(readEffect(grid, [5, 1, 2, 4, 99], { p5: 9, p95: 31 })).toEqual({
      kind: 'number',
      from: 10,
      to: 30,
      change: 3,
    });
    expect(readEffect({ type: 'number', values: Float64Array.of(1) }, [3], { p5: 1, p95: 1 })).toBeNull();
  });

  it('compares the extreme labels of a category', () => {
    const grid = { type: 'category' as const, labels: ['VP', 'ASR', 'VD'] };
    expect(readEffect(grid, [80, 30, 150], null)).toEqual({
      kind: 'category',
      longest: 'VD',
      shortest: 'ASR',
      change: 120,
    });
    expect(readEffect({ type: 'category', labels: ['VP'] }, [1], null)).toBeNull();
  });
});

describe('the reading of SHAP values', () => {
  const number = (values: number[]) =>
    ({ type: 'number', name: 'x', values: Float64Array.from(values) }) as const;

  it('compares the third of low values with that of high ones', () => {
    const cells = number([1, 2, 3, 4, 5, 6, NaN]);
    const reading = readContributions(cells, Float64Array.of(-2, -2, 0, 0, 3, 5, 100));
    expect(reading).toEqual({
      low: { from: 1, to: 2, mean: -2, n: 2 },
      high: { from: 5, to: 6, mean: 4, n: 2 },
    });
  });

  it('tells a rare value from a common one, and a constant from nothing', () => {
    const rare = readContributions(number([0, 0, 0, 0, 0, 7]), Float64Array.of(1, 1, 1, 1, 1, 9));
    expect(rare).toMatchObject({ low: { to: 0, n: 5, mean: 1 }, high: { from: 7, n: 1, mean: 9 } });
    expect(readContributions(number([4, 4, 4]), Float64Array.of(1, 2, 3))).toBeNull();
    expect(readContributions(number([1, NaN]), Float64Array.of(1, 2))).toBeNull();
  });

  it('compares the labels that shorten and lengthen most, among those with some outages', () => {
    const codes = Int32Array.from({ length: 13 }, (_, i) => (i < 6 ? 0 : i < 12 ? 1 : 2));
    const cells = { type: 'category', name: 'c', codes, categories: ['ASR', 'VD', 'rare'] } as const;
    const values = Float64Array.from(codes, (code) => [-3, 8, 50][code] ?? NaN);
    expect(readContributions(cells, values)).toMatchObject({
      low: { from: 'ASR', mean: -3, n: 6 },
      high: { from: 'VD', mean: 8, n: 6 },
    });
  });
});
