import { expect, test } from 'vitest';
import { computeMetrics } from './metrics.ts';

test('scores of a case worked by hand', () => {
  // Errors actual − predicted: +1, −2, +4, 0; actual mean 4.
  const metrics = computeMetrics([3, 2, 7, 4], [2, 4, 3, 4]);
  expect(metrics).toEqual({
    nSamples: 4,
    meanAbsoluteError: 7 / 4,
    rootMeanSquaredError: Math.sqrt(21 / 4),
    medianAbsoluteError: 1.5,
    r2Score: 1 - 21 / 14,
    bias: 3 / 4,
    shareLate: 2 / 4,
  });
});

test('a pair with a missing value counts nowhere', () => {
  const whole = computeMetrics([3, 2, 7], [2, 4, 3]);
  expect(computeMetrics([3, NaN, 2, 7, 5], [2, 100, 4, 3, NaN])).toEqual(whole);
});

test('R² has no value when every outage took the same time', () => {
  expect(computeMetrics([4, 4], [3, 4]).r2Score).toBeNaN();
});
