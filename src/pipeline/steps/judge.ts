import type { Instant } from '#base/instant.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import type { JudgeModels } from './decide.ts';

/** The gate: each model reads the outages as it learnt to; those that either was trained on are left out, and counted. */
export function createJudge(now: () => Instant, seed = 1): JudgeModels {
  return async (old, next, file, context) => {
    const workbench = createWorkbench();
    const open = async (modelId: 'old' | 'new', bytes: Uint8Array) => {
      const text = new TextDecoder().decode(bytes);
      const model = await workbench.run('open-model', { modelId, text }, context);
      await readAsLearnt(model, {}, (overrides) =>
        workbench.run('read-dataset', { datasetId: modelId, file, overrides }, context),
      );
    };
    await open('old', old);
    await open('new', next);
    const ids = { datasetId: 'old', newDatasetId: 'new', oldModelId: 'old', newModelId: 'new' };
    const request = { ...ids, today: now(), seed, dropsLearnt: true };
    return workbench.run('compare-models', request, context);
  };
}
