import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { measureLoss, measureFlattery, tuneWorld } from './testing/tune-world.ts';

const context = createSilentContext(() => 0);
const small = { n: 80, method: 'random', nTrials: 12, folds: 2 } as const;

// The whole studies: npm run study:tuning.
describe('a search does not fool anyone', () => {
  it('where nothing can be learnt the default stays, and the corrected error is not below the truth', async () => {
    const results = [];
    for (const seed of [1, 2, 3]) {
      results.push(await tuneWorld({ ...small, name: 'multiplicative', seed, isPermuted: true }, context));
    }
    expect(results.filter(({ chosen }) => chosen === 'default').length).toBeGreaterThanOrEqual(2);
    expect(mean(results.map(measureFlattery))).toBeLessThan(0.03);
    for (const { outer } of results) expect(outer).toMatchObject({ n: 2000, nEarlierLooks: 0 });
  });

  it('what it chooses is not worse than the default on outages that no trial saw', async () => {
    for (const name of ['multiplicative', 'interaction'] as const) {
      const result = await tuneWorld({ ...small, name, seed: 1, isPermuted: false }, context);
      expect(measureLoss(result)).toBeLessThan(0.02);
    }
  });
});
