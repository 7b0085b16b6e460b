import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { openSoundModel } from '#inference/open-sound-model.ts';
import type { DatasetFile } from '#jobs/dataset/contract.ts';
import type { OpenDataset } from '#jobs/dataset/open-dataset.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import { readDataset } from '#jobs/dataset/read-dataset.ts';
import { compareModels } from '#jobs/gate/compare-models.ts';
import type { JudgeModels } from './decide.ts';

/** The gate: each model reads the outages as it learnt to; those that either was trained on are left out, and counted. */
export function createJudge(now: () => Instant, seed = 1): JudgeModels {
  return async (old, next, file, context) =>
    compareModels(
      await openFor(old, file, context),
      await openFor(next, file, context),
      {
        datasetId: 'old',
        oldModelId: 'old',
        newModelId: 'new',
        today: now(),
        seed,
        dropsLearnt: true,
      },
      context,
    );
}

async function openFor(bytes: Uint8Array, file: DatasetFile, context: JobContext) {
  const model = openSoundModel('model', new TextDecoder().decode(bytes));
  const opened: OpenDataset[] = [];
  await readAsLearnt(model.summary, {}, async (overrides) => {
    opened.push(await readDataset({ datasetId: 'data', file, overrides }, context));
    return (opened.at(-1) as OpenDataset).summary;
  });
  return { model, dataset: opened.at(-1) as OpenDataset };
}
