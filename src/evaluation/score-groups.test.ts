import { expect, test } from 'vitest';
import { measureErrorSizes, scoreByClass, scoreByYear } from './score-groups.ts';

test('measureErrorSizes: quantiles of the error, and percentages only where no duration is near zero', () => {
  const actual = Float64Array.from({ length: 11 }, () => 10);
  const predicted = actual.map((value, i) => value + i);
  const sizes = measureErrorSizes(actual, predicted);
  expect(sizes).toMatchObject({ p80: 8, p90: 9 });
  expect(sizes.meanAbsolutePercentageError).toBeCloseTo(0.5, 12);
  expect(measureErrorSizes(actual.with(0, 0.1), predicted).meanAbsolutePercentageError).toBeNull();
  expect(measureErrorSizes(actual.with(0, -3), predicted).meanAbsolutePercentageError).toBeNull();
});

test('scoreByClass: each class by its own outages, the largest first', () => {
  const scores = scoreByClass([1, 2, 3, 9, 5], [2, 2, NaN, 3, 5], [0, 1, 1, -1, 1], ['VP', 'VD', 'ASR']);
  expect(
    scores.map(({ label, nSamples, meanAbsoluteError }) => [label, nSamples, meanAbsoluteError]),
  ).toEqual([
    ['VD', 2, 0],
    ['VP', 1, 1],
  ]);
});

test('scoreByYear: in order of time, undated outages left out', () => {
  const start = Float64Array.of(Date.UTC(2021, 5, 1), Date.UTC(2020, 0, 1), NaN, Date.UTC(2021, 11, 31));
  const scores = scoreByYear([1, 2, 3, 4], [1, 3, 9, 6], start);
  expect(scores.map(({ label, meanAbsoluteError }) => [label, meanAbsoluteError])).toEqual([
    ['2020', 1],
    ['2021', 1],
  ]);
});
