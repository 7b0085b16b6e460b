import { expect, it } from 'vitest';
import type { PartWorker } from '#base/part-pool.ts';
import { createSilentContext } from '#base/job-context.ts';
import { forecastUnseen } from '#evaluation/forecast-unseen.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { presets } from '#models/hyperparameters.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { withThreads } from './thread-pool.ts';

it('a thread gives the bytes that this one gives, and ends with its task', async () => {
  const outages = { ...plantOutages(150, 2, 1), folds: splitRandomFolds(150, 3, 1) };
  const { hyperparameters } = presets.default;
  const spec = { name: 'quantile-forest', scale: 'log1p', hyperparameters, seed: 1 } as const;
  const request = { spec, fold: 1 };
  const here = await forecastUnseen.run(outages, request, createSilentContext());
  const shares: number[] = [];
  const { there, partWorker } = await withThreads(1, async (pool) => {
    const partWorker = await new Promise<PartWorker>((resolve) => void pool.lease(outages, resolve));
    return {
      there: await partWorker.run('forecast-unseen', request, (share) => shares.push(share)),
      partWorker,
    };
  });
  expect(there?.result).toEqual(here);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(await partWorker.run('forecast-unseen', request, () => {})).toBeNull();
});
