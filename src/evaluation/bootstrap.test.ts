import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { computeMetrics } from './metrics.ts';
import { runAtOnce } from '#base/slices.ts';
import {
  bootstrapDifference,
  bootstrapErrors,
  bootstrapErrorsOfAll,
  bootstrapMean,
  bootstrapMeans,
} from './bootstrap.ts';

describe('bootstrapMean', () => {
  test('its 90 % interval of a mean holds the true mean about 90 times in 100', () => {
    const rng = createRng(4);
    let nHeld = 0;
    for (let trial = 0; trial < 300; trial++) {
      const values = new Float64Array(40).map(() => rng.nextNormal());
      const { low, high } = bootstrapMean(values, { seed: trial, nResamples: 300 });
      if (low <= 0 && high >= 0) nHeld++;
    }
    // Percentile intervals of 40 values fall a little short; three binomial deviations either way.
    expect(nHeld).toBeGreaterThan(250);
    expect(nHeld).toBeLessThan(287);
  });

  test('the same seed gives the same interval, none of nothing', () => {
    const values = Float64Array.of(3, 1, 4, 1, 5);
    expect(bootstrapMean(values, { seed: 1 })).toEqual(bootstrapMean(values, { seed: 1 }));
    expect(bootstrapMean(new Float64Array(0), { seed: 1 }).value).toBeNaN();
  });
});

test('bootstrapErrors gives the scores themselves with intervals around them', () => {
  const rng = createRng(8);
  const actual = new Float64Array(300).map(() => 30 + 5 * rng.nextNormal());
  const predicted = actual.map((value) => value - 1 + 2 * rng.nextNormal());
  const { bias, meanAbsoluteError, rootMeanSquaredError } = bootstrapErrors(actual, predicted, { seed: 2 });
  expect(bias.low).toBeLessThan(1);
  expect(bias.high).toBeGreaterThan(1);
  expect(bias.low).toBeGreaterThan(0.6);
  expect(meanAbsoluteError.low).toBeLessThan(meanAbsoluteError.value);
  expect(rootMeanSquaredError.value).toBeGreaterThan(meanAbsoluteError.value);
  for (const n of [1, 2, 299, 300]) {
    const own = [actual.subarray(0, n), predicted.subarray(0, n)] as const;
    const estimates = bootstrapErrors(...own, { seed: 2, nResamples: 50 });
    const metrics = computeMetrics(...own);
    for (const [name, { value, low, high }] of Object.entries(estimates)) {
      expect([n, name, value]).toEqual([
        n,
        name,
        expect.closeTo(metrics[name as keyof typeof estimates], 10),
      ]);
      expect(low).toBeLessThanOrEqual(high);
    }
  }
});

test('bootstrapDifference sees a small steady advantage that two separate intervals would hide', () => {
  const rng = createRng(6);
  const hard = new Float64Array(200).map(() => 50 * rng.nextFloat());
  const better = hard.map((error, row) => (row % 9 === 0 ? NaN : error - 1 + 0.5 * rng.nextNormal()));
  const { value, high, nSamples } = bootstrapDifference(better, hard, { seed: 1 });
  expect(value).toBeCloseTo(-1, 0);
  expect(high).toBeLessThan(-0.9);
  expect(nSamples).toBe(177);
});

test('several at once are what each is alone, whatever is missing of them', () => {
  const rng = createRng(3);
  const draw = () => new Float64Array(90).map(() => rng.nextNormal());
  const samples = [draw(), draw().with(4, NaN), draw(), new Float64Array(90).fill(NaN)];
  const options = { seed: 5, nResamples: 60 };
  expect(runAtOnce(bootstrapMeans(samples, options))).toEqual(
    samples.map((sample) => bootstrapMean(sample, options)),
  );
  const actual = draw();
  expect(runAtOnce(bootstrapErrorsOfAll(actual, samples, options))).toEqual(
    samples.map((predicted) => bootstrapErrors(actual, predicted, options)),
  );
});
