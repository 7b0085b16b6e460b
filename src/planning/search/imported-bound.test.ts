import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { type ImportedTreesState, predictImportedTrees } from '#models/imported-trees.ts';
import { createSpec } from '#models/model-spec.ts';
import { fitModel } from '#models/regressor.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { boundState } from './state-bound.ts';

let state: ImportedTreesState;
beforeAll(async () => {
  const { features, target } = plantOutages(300, 1, 1);
  const spec = createSpec('gradient-boosting', { boosting: { nIterations: 30, maxLeafNodes: 8 } });
  const { state: fitted } = await fitModel(spec, features, target, {}, createSilentContext());
  if (fitted.family !== 'gradient-boosting') throw new Error('another family');
  const { trees } = fitted;
  const value = trees.value.map(Math.fround);
  state = {
    family: 'imported-trees',
    trees: { ...trees, value, baseline: Math.fround(trees.baseline ?? 0) },
  };
});

it('bounds imported trees by sums in single precision: never past a point of a box, and exact on one', () => {
  const axes = [
    { nCells: 9, features: [{ index: 2, values: Float64Array.from({ length: 9 }, (_, i) => 1 + i) }] },
    { nCells: 6, features: [{ index: 3, values: Float64Array.from({ length: 6 }, (_, i) => 5 + 9 * i) }] },
  ];
  const present = Float64Array.of(1, 3, 4, 20);
  const { cardinalities } = state.trees;
  const lattice = { axes, present, cardinalities } as unknown as Parameters<typeof boundState>[1];
  const predict = (a: number, b: number): number => {
    const row = [1, 3, 1 + a, 5 + 9 * b];
    const matrix: FeatureMatrix = { nSamples: 1, columns: row.map((x) => Float64Array.of(x)), cardinalities };
    return predictImportedTrees(state, matrix)[0] ?? NaN;
  };
  const bound = boundState(state, lattice);
  const range = (size: number) =>
    fc
      .tuple(fc.nat(size - 1), fc.nat(size - 1))
      .map(([x, y]) => [Math.min(x, y), Math.max(x, y) + 1] as const);
  fc.assert(
    fc.property(range(9), range(6), ([a0, a1], [b0, b1]) => {
      bound?.open(Int32Array.of(a0, a1, b0, b1));
      const whole = { axis: -1, from: 0, to: 0 };
      const least = bound?.centre('least', whole) ?? NaN;
      const most = bound?.centre('most', whole) ?? NaN;
      for (let a = a0; a < a1; a++) {
        for (let b = b0; b < b1; b++) {
          const value = predict(a, b);
          expect(least).toBeLessThanOrEqual(value);
          expect(most).toBeGreaterThanOrEqual(value);
          const isPoint = a1 - a0 === 1 && b1 - b0 === 1;
          expect(isPoint ? [least, most] : []).toEqual(isPoint ? [value, value] : []);
        }
      }
    }),
    { numRuns: 60 },
  );
});
