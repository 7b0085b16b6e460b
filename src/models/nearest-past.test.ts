import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { mean, median } from '#base/statistics.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { createSpec } from './model-spec.ts';
import { fitNearestPast, predictNearestPastQuantiles } from './nearest-past.ts';
import { fitModel } from './regressor.ts';
import { plantOutages } from './testing/planted-outages.ts';

function matrixOf(columns: readonly (readonly number[])[], nCategories: readonly number[]): FeatureMatrix {
  return {
    nSamples: columns[0]?.length ?? 0,
    columns: columns.map((column) => Float64Array.from(column)),
    cardinalities: nCategories,
  };
}

const predict = (state: Parameters<typeof predictNearestPastQuantiles>[0], matrix: FeatureMatrix) =>
  predictNearestPastQuantiles(state, matrix, [0.5])[0] as Float64Array;

describe('the nearest past', () => {
  test('two units of their own laws answer each with its own, a number between them with the nearer', () => {
    const unit = Array.from({ length: 200 }, (_, i) => i % 2);
    const age = unit.map((code, i) => 10 * code + (i % 5));
    const target = Float64Array.from(unit, (code) => (code === 0 ? 7 : 70));
    const state = fitNearestPast(matrixOf([unit, age], [2, 0]), target, [2, 0]);
    const cases = [
      [0, 1, NaN, NaN],
      [2, 12, 1, 13],
    ];
    expect(Array.from(predict(state, matrixOf(cases, [2, 0])))).toEqual([7, 70, 7, 70]);
  });

  test('beats the median by far where the features tell, and gives ordered quantiles', async () => {
    const learnt = plantOutages(800, 1, 3);
    const fresh = plantOutages(200, 1, 4);
    const model = await fitModel(
      createSpec('nearest-past'),
      learnt.features,
      learnt.target,
      {},
      createSilentContext(),
    );
    const middle = median(learnt.target);
    const errorOf = (predicted: Float64Array) =>
      mean(predicted.map((value, i) => Math.abs(value - fresh.target[i]!)));
    expect(errorOf(model.predict(fresh.features))).toBeLessThan(
      0.6 * errorOf(fresh.target.map(() => middle)),
    );
  });

  test.each([
    [400, 40],
    [200, 40],
    [100, 20],
    [30, 8],
    [6, 6],
  ])('of %d past outages the %d nearest answer', (n, k) => {
    const place = Array.from({ length: n }, (_, i) => i);
    const state = fitNearestPast(matrixOf([place], [0]), Float64Array.from(place), [0]);
    expect(state.nNeighbours).toBe(k);
    // From beyond the last all are ranked by their place, as long as they are within one span.
    const [least = NaN, greatest = NaN] = predictNearestPastQuantiles(
      state,
      matrixOf([[n - 1]], [0]),
      [0, 1],
    ).map(([value]) => value);
    expect(greatest).toBe(n - 1);
    expect(n - least).toBeGreaterThanOrEqual(k);
    expect(n - least).toBeLessThanOrEqual(k + Math.ceil(n / 20));
  });

  test('what is as near as the last neighbour counts too: of outages all alike, all', () => {
    const same = Array.from({ length: 100 }, (_, i) => i % 2);
    const target = Float64Array.from(same, (code, i) => 100 * code + i);
    const state = fitNearestPast(matrixOf([same], [2]), target, [2]);
    const own = target.filter((_, i) => same[i] === 1);
    expect(predict(state, matrixOf([[1]], [2]))[0]).toBe(median(own));
    expect(predict(state, matrixOf([[NaN]], [2]))[0]).toBe(median(target));
  });

  test('a field left open is no likeness to the outages where it was empty', () => {
    const age = Array.from({ length: 100 }, (_, i) => (i < 50 ? NaN : i));
    const type = Array.from({ length: 100 }, (_, i) => i % 2);
    const target = Float64Array.from(age, (value, i) => (Number.isNaN(value) ? 500 : 5) + (i % 2));
    const state = fitNearestPast(matrixOf([age, type], [0, 2]), target, [0, 2]);
    const withType = target.filter((_, i) => i % 2 === 1);
    expect(predict(state, matrixOf([[NaN], [1]], [0, 2]))[0]).toBe(median(withType));
  });

  const cell = fc.option(fc.integer({ min: -50, max: 50 }), { nil: NaN, freq: 5 });
  const outages = fc.array(
    fc.tuple(cell, cell, fc.option(fc.nat(2), { nil: NaN }), fc.integer({ min: 0, max: 99 })),
    {
      minLength: 5,
      maxLength: 70,
    },
  );

  test('no order of columns or rows, no column that says nothing, and no unit of a number changes an answer', () => {
    fc.assert(
      fc.property(outages, fc.nat(), (rows, seed) => {
        const columns = [0, 1, 2].map((c) => rows.map((row) => row[c] as number));
        const target = Float64Array.from(rows, (row) => row[3]);
        const matrix = matrixOf(columns, [0, 0, 3]);
        const plain = predict(fitNearestPast(matrix, target, [0, 0, 3]), matrix);
        const [a = [], b = [], c = []] = columns;
        const empty = rows.map(() => NaN);
        const moved = matrixOf(
          [c, empty, b, a.map((value) => 4 * value), rows.map(() => 3)],
          [3, 0, 0, 0, 0],
        );
        expect(predict(fitNearestPast(moved, target, [3, 0, 0, 0, 0]), moved)).toEqual(plain);
        const order = rows.map((_, i) => i);
        const rng = createRng(seed);
        order.sort(() => rng.nextFloat() - 0.5);
        const shuffled = matrixOf(
          columns.map((column) => order.map((i) => column[i] as number)),
          [0, 0, 3],
        );
        const state = fitNearestPast(
          shuffled,
          Float64Array.from(order, (i) => target[i] as number),
          [0, 0, 3],
        );
        expect(predict(state, matrix)).toEqual(plain);
      }),
      { numRuns: 80 },
    );
  });

  test('the answer is that of a naive twin', () => {
    fc.assert(
      fc.property(outages, (rows) => {
        const columns = [0, 1, 2].map((c) => rows.map((row) => row[c] as number));
        const target = Float64Array.from(rows, (row) => row[3]);
        const matrix = matrixOf(columns, [0, 0, 3]);
        const state = fitNearestPast(matrix, target, [0, 0, 3]);
        const predicted = predict(state, matrix);
        rows.forEach((row, i) => {
          const distances = rows.map((other) =>
            state.features.reduce((sum, feature, f) => {
              if (feature.kind === 'unused') return sum;
              const [x, y] = [row[f] as number, other[f] as number];
              if (Number.isNaN(x) || Number.isNaN(y)) return sum + 1000;
              if (feature.kind === 'category') return sum + (x === y ? 0 : 1000);
              const [from, to] = [x, y].map((value) => Math.round((value - feature.origin) / feature.step));
              return sum + Math.min(1000, Math.abs((from as number) - (to as number)));
            }, 0),
          );
          const limit = distances.toSorted((a, b) => a - b)[state.nNeighbours - 1] as number;
          const nearest = target.filter((_, j) => (distances[j] as number) <= limit);
          expect(predicted[i]).toBe(median(nearest));
        });
      }),
      { numRuns: 60 },
    );
  });
});
