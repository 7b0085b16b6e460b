import { describe, expect, it } from 'vitest';
import { averageIntervals, findRobustRange, findSliceMedians } from './residual-profile.ts';

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

describe('medians along x', () => {
  it('are the middle of each tenth, and none where points are too few', () => {
    const x = count(100);
    const y = x.map((i) => (i % 2 === 0 ? -1 : 3));
    const medians = findSliceMedians(x.toReversed(), y.toReversed());
    expect(medians).toHaveLength(10);
    expect(medians[0]).toEqual({ x: 4.5, y: 1, n: 10 });
    expect(findSliceMedians([1, 2, 3, 4], [1, 2, 3, 4])).toEqual([]);
  });

  it('leave out what is not known', () => {
    const medians = findSliceMedians([...count(10), NaN, 4], [...count(10), 1, NaN]);
    expect(medians.map(({ n }) => n)).toEqual([5, 5]);
  });
});

describe('the mean range along the prediction', () => {
  it('follows it, without the outages whose range cannot be claimed', () => {
    const predicted = count(40).map((i) => i + 1);
    const low = predicted.map((value) => value - 1);
    const high = predicted.map((value, i) => (i === 39 ? NaN : value + 2));
    const slices = averageIntervals(predicted, low, high);
    expect(slices).toHaveLength(9);
    for (const slice of slices) expect([slice.x - slice.low, slice.high - slice.x]).toEqual([1, 2]);
    expect(Math.max(...slices.map(({ x }) => x))).toBeLessThan(39);
  });
});

describe('the range to draw', () => {
  it('holds all values where none is far', () => {
    expect(findRobustRange([...count(100), NaN])).toEqual([0, 99]);
  });

  it('leaves out a far value on either side', () => {
    const [low, high] = findRobustRange([...count(200), 5000]);
    expect(low).toBe(0);
    expect(high).toBeGreaterThan(198);
    expect(high).toBeLessThan(260);
    expect(findRobustRange([...count(200), -5000])[1]).toBe(199);
    expect(findRobustRange([...count(200), -5000])[0]).toBeGreaterThan(-100);
  });
});
