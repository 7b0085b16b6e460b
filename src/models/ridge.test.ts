import { describe, expect, test } from 'vitest';
import { createRng } from '#base/random.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { fitRidge, predictRidge } from './ridge.ts';

function plantedData(nSamples: number, noise: number, seed: number) {
  const rng = createRng(seed);
  const crew = new Float64Array(nSamples).map(() => 5 + 45 * rng.nextFloat());
  const type = new Float64Array(nSamples).map(() => rng.nextBelow(3));
  const matrix: FeatureMatrix = { nSamples, columns: [crew, type], cardinalities: [0, 3] };
  const target = crew.map(
    (value, i) => 20 - 0.3 * value + 4 * (type[i] as number) + noise * rng.nextNormal(),
  );
  return { matrix, target };
}

describe('fitRidge', () => {
  test('finds a planted linear law, categories included', () => {
    const { matrix, target } = plantedData(2000, 0.01, 1);
    const state = fitRidge(matrix, target, [0, 3]);
    const predicted = predictRidge(state, matrix);
    const worst = Math.max(...predicted.map((value, i) => Math.abs(value - (target[i] as number))));
    expect(worst).toBeLessThan(0.06);
  });

  test('solves the penalised normal equations: the gradient of its objective is zero', () => {
    const { matrix, target } = plantedData(60, 2, 2);
    const state = fitRidge(matrix, target, [0, 3]);
    const predicted = predictRidge(state, matrix);
    const [crew, type] = matrix.columns as [Float64Array, Float64Array];
    const term = state.design.terms[0]!;
    const columns = [
      crew.map((value) => (value - term.mean) * term.inverseDeviation),
      ...[0, 1, 2].map((code) => type.map((value) => (value === code ? 1 : 0))),
    ];
    const residuals = target.map((value, i) => value - (predicted[i] as number));
    expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 8);
    columns.forEach((column, i) => {
      const correlation = residuals.reduce((sum, r, k) => sum + r * (column[k] as number), 0);
      expect(correlation).toBeCloseTo(state.strength * (state.coefficients[i] as number), 8);
    });
  });

  test('shrinks hard when there is nothing to find', () => {
    const rng = createRng(5);
    const columns = Array.from({ length: 20 }, () => new Float64Array(60).map(() => rng.nextNormal()));
    const target = new Float64Array(60).map(() => rng.nextNormal());
    const state = fitRidge(
      { nSamples: 60, columns, cardinalities: columns.map(() => 0) },
      target,
      columns.map(() => 0),
    );
    expect(state.strength).toBe(100);
  });

  test('learns what a missing value means, and ignores a constant column', () => {
    const rng = createRng(3);
    const crew = new Float64Array(400).map((_, i) => (i % 4 === 0 ? NaN : rng.nextNormal()));
    const constant = new Float64Array(400).fill(0.1);
    const target = crew.map((value) => (Number.isNaN(value) ? 12 : value));
    const matrix = { nSamples: 400, columns: [crew, constant], cardinalities: [0, 0] };
    const predicted = predictRidge(fitRidge(matrix, target, [0, 0]), matrix);
    expect(predicted[0]).toBeCloseTo(12, 0);
    expect(predicted[1]).toBeCloseTo(target[1] as number, 1);
  });

  test('on the log scale, answers stay in the range that was seen', () => {
    const { matrix, target } = plantedData(100, 1, 6);
    const state = fitRidge(matrix, target, [0, 3], { isBounded: true });
    const far: FeatureMatrix = {
      nSamples: 1,
      columns: [Float64Array.of(-1e6), Float64Array.of(0)],
      cardinalities: [0, 3],
    };
    expect(predictRidge(state, far)[0]).toBe(Math.max(...target));
  });

  test('beyond 100 categories the rarer ones count as the average', () => {
    const code = new Float64Array(1000).map((_, i) => (i < 900 ? i % 100 : 100 + (i % 50)));
    const target = code.map((value) => (value < 100 ? value : 500));
    const matrix = { nSamples: 1000, columns: [code], cardinalities: [0] };
    const state = fitRidge(matrix, target, [150]);
    expect(state.design.width).toBe(100);
    const predicted = predictRidge(state, matrix);
    expect(predicted[999]).toBe(predicted[998]);
    expect(predicted[0]).toBeLessThan(predicted[99] as number);
  });
});
