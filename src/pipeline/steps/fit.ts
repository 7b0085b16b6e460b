import { createHash } from 'node:crypto';
import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import type { TrainingResult } from '#training/contract.ts';
import type { VersionFacts } from '#versions/contract.ts';
import { nameVersion } from '#versions/model-version.ts';
import type { DataRecipe, RetrainFacts } from './recipe.ts';
import type { Snapshot } from './take-data.ts';

/** A model that was trained, and what is known of it. */
export interface Challenger {
  readonly id: string;
  readonly bytes: Uint8Array;
  readonly facts: VersionFacts;
  /** Mean squared and absolute errors on the test of its training, and those of the median: what a first model must beat. */
  readonly ownTest: { readonly new: TestErrors; readonly median: TestErrors; readonly n: number };
}

interface TestErrors {
  readonly mae: number;
  readonly mse: number;
}

/**
 * Trains on a snapshot as the recipe says: the same snapshot and recipe give the same bytes, in however many threads.
 * `today` is the present; what ends later is under way. Throws what training throws.
 */
export async function fitChallenger(
  { id: snapshot, trainText, manifest }: Snapshot,
  { roles, settings }: DataRecipe,
  today: Instant,
  context: JobContext,
): Promise<Challenger> {
  const datasetId = 'data';
  const workbench = createWorkbench();
  const file = { name: 'train.csv', bytes: new TextEncoder().encode(trainText) };
  await workbench.run('read-dataset', { datasetId, file, overrides: {} }, context);
  const recipe = await workbench.run('propose-recipe', { datasetId, roles }, context);
  await workbench.run('apply-recipe', { datasetId, recipe }, context);
  const request = { datasetId, roles, today, settings, modelId: 'model' };
  const { result, modelText, summary } = await workbench.run('train', request, context);
  const bytes = new TextEncoder().encode(modelText);
  const ownTest = compareToMedian(result);
  const made: RetrainFacts = { pipeline: 1, data: manifest.data, snapshot, roles, settings };
  return {
    id: nameVersion(bytes),
    bytes,
    ownTest,
    facts: {
      model: summary.hash,
      name: summary.name,
      target: summary.target,
      nTrainingRows: summary.nTrainingRows,
      data: createHash('sha256').update(manifest.train.join('\n')).digest('hex'),
      nBytes: bytes.length,
      seed: settings.seed,
      app: null,
      settings: made,
      figures: { n: ownTest.n, mae: ownTest.new.mae, rmse: Math.sqrt(ownTest.new.mse) },
    },
  };
}

function compareToMedian({ models, test }: TrainingResult): Challenger['ownTest'] {
  const errors = test.actual.map((actual, i) => actual - (test.predicted[i] ?? NaN));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const medians = models.filter(({ isReference, name }) => isReference && name.startsWith('median'));
  return {
    n: errors.length,
    new: { mae: mean(errors.map(Math.abs)), mse: mean(errors.map((error) => error ** 2)) },
    median: {
      mae: Math.min(...medians.map((each) => each.test.mae)),
      mse: Math.min(...medians.map((each) => each.test.rmse ** 2)),
    },
  };
}
