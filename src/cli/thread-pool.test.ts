import { expect, it } from 'vitest';
import type { PartWorker } from '#base/part-pool.ts';
import { createSilentContext } from '#base/job-context.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { createSpec } from '#models/model-spec.ts';
import { plantOutages } from '#models/testing/planted-outages.ts';
import { evaluateOnFold } from '#training/fold-parts.ts';
import { withThreads } from './thread-pool.ts';

it('a thread gives the bytes that this one gives, and ends with its task', async () => {
  const outages = { ...plantOutages(150, 2, 1), folds: splitRandomFolds(150, 3, 1) };
  const request = { specs: [createSpec('quantile-forest')], fold: 1 };
  const here = await evaluateOnFold.run(outages, request, createSilentContext());
  const shares: number[] = [];
  const { there, partWorker } = await withThreads(1, async (pool) => {
    const partWorker = await new Promise<PartWorker>((resolve) => void pool.lease(outages, resolve));
    return {
      there: await partWorker.run('evaluate-specs', request, (share) => shares.push(share)),
      partWorker,
    };
  });
  expect(there?.result).toEqual(here);
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(await partWorker.run('evaluate-specs', request, () => {})).toBeNull();
});
