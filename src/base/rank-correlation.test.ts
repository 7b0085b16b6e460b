import { expect, test } from 'vitest';
import { correlateRanks } from './rank-correlation.ts';

test('only the order counts', () => {
  const a = Float64Array.of(1, 2, 3, 4, 5);
  expect(
    correlateRanks(
      a,
      a.map((value) => value ** 5),
    ),
  ).toBeCloseTo(1, 12);
  expect(
    correlateRanks(
      a,
      a.map((value) => -value),
    ),
  ).toBeCloseTo(-1, 12);
});

test('ties share their mean rank: the value scipy.stats.spearmanr gives', () => {
  const a = Float64Array.of(1, 2, 2, 3, 4, 4, 4);
  const b = Float64Array.of(2, 1, 3, 3, 5, 9, 4);
  expect(correlateRanks(a, b)).toBeCloseTo(0.8779838352573822, 12);
});

test('what never varies has no rank correlation', () => {
  expect(correlateRanks(Float64Array.of(1, 1, 1), Float64Array.of(1, 2, 3))).toBeNaN();
});
