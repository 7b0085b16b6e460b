import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { createSpec } from '#models/model-spec.ts';
import { measureOptimism } from './optimism.ts';
import { plantModel } from './testing/planted-model.ts';
import { createPlanRequest } from './testing/planted-request.ts';

const small = { nIterations: 30, maxLeafNodes: 8, minSamplesLeaf: 3, nIterNoChange: 0, learningRate: 0.2 };

describe('the optimism of a plan', () => {
  it('is what other models say beyond the one that chose it, and nothing where all are the same', async () => {
    const spec = createSpec('gradient-boosting', { boosting: small });
    const planted = await Promise.all(
      [1, 2, 3].map((seed) => plantModel(spec, 'residual', { nRows: 80, seed })),
    );
    const models = planted.map(({ model }) => model);
    const request = createPlanRequest(planted[0]?.cases.find((cells) => !cells.includes(null)) ?? [], {
      timeCost: 0,
    });
    const context = createSilentContext();
    const among = await measureOptimism(models, request, context);
    expect(among?.nModels).toBe(3);
    expect(among?.value).toBeGreaterThan(0);
    const [one] = models;
    const same = await measureOptimism(one ? [one, one, one] : [], request, context);
    expect(same?.value).toBe(0);
    expect(await measureOptimism(models.slice(0, 1), request, context)).toBeNull();
  }, 60_000);
});
