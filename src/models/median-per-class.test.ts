import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import { fitMedianPerClass, predictMedianPerClass } from './median-per-class.ts';

describe('fitMedianPerClass', () => {
  const rng = createRng(1);
  const n = 300;
  const noise = new Float64Array(n).map(() => rng.nextBelow(4));
  const type = new Float64Array(n).map(() => rng.nextBelow(2));
  const crew = new Float64Array(n).map(() => rng.nextFloat());
  const target = type.map((code) => 10 + 20 * code + rng.nextNormal());
  const matrix = { nSamples: n, columns: [crew, noise, type], cardinalities: [0, 4, 2] };

  test('finds the category that separates the durations', () => {
    const state = fitMedianPerClass(matrix, target, [0, 4, 2]);
    expect(state.featureIndex).toBe(2);
    const predicted = predictMedianPerClass(state, matrix);
    predicted.forEach((value, i) =>
      expect(Math.abs(value - 10 - 20 * (type[i] as number))).toBeLessThan(1.5),
    );
  });

  test('is the overall median when no category says anything', () => {
    const flat = new Float64Array(n).map(() => rng.nextNormal());
    const only = { nSamples: n, columns: [crew], cardinalities: [0] };
    const state = fitMedianPerClass(only, flat, [0]);
    expect(state.featureIndex).toBe(-1);
    expect(predictMedianPerClass(state, only)[0]).toBe(state.overall);
  });

  test('a class seen once stays near the overall median, an unknown one is there', () => {
    const codes = new Float64Array(101).map((_, i) => (i === 100 ? 1 : 0));
    const durations = codes.map((code, i) => (code === 1 ? 600 : i % 3));
    const state = fitMedianPerClass(
      { nSamples: 101, columns: [codes], cardinalities: [2] },
      durations,
      [2],
      0,
    );
    expect(state.medians[1]).toBeCloseTo((600 + 5 * state.overall) / 6, 9);
    const unknown = { nSamples: 1, columns: [Float64Array.of(NaN)], cardinalities: [2] };
    expect(predictMedianPerClass(state, unknown)[0]).toBe(state.overall);
  });
});
