import { describe, expect, it } from 'vitest';
import { fitBoostingToEnd } from './boosting.ts';
import { computeImpurityImportances } from './importance.ts';
import { defaultSettings } from './settings.ts';
import { createProblem } from './testing/random-problem.ts';

describe('computeImpurityImportances', () => {
  const { features, target } = createProblem({ nSamples: 500, seed: 41, nExtra: 3 });

  it('sums to 1 and gives a feature without influence next to nothing', () => {
    const importances = computeImpurityImportances(
      fitBoostingToEnd({ features, target, init: 'mean' }, { ...defaultSettings, nIterations: 20 }),
    );
    expect(importances.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    expect(importances[4]).toBeLessThan(0.02); // the third extra feature is noise
    expect(importances[0]).toBeGreaterThan(0.2);
  });

  it("is the variance that a single tree's splits take away", () => {
    const ensemble = fitBoostingToEnd(
      { features, target, init: 'mean' },
      { ...defaultSettings, nIterations: 1, learningRate: 1 },
    );
    const mean = target.reduce((sum, value) => sum + value, 0) / 500;
    const before = target.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const after = 500 * ensemble.trainScores[0]!;
    expect(ensemble.gain.reduce((sum, value) => sum + value, 0) / (before - after)).toBeCloseTo(1, 6);
  });

  it('is all zero for a constant target', () => {
    const constant = new Float64Array(500).fill(3);
    const ensemble = fitBoostingToEnd({ features, target: constant, init: 'mean' }, defaultSettings);
    expect(Array.from(computeImpurityImportances(ensemble))).toEqual([0, 0, 0, 0, 0, 0]);
  });
});
