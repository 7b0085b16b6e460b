import { openRegistry } from '#registry/indexeddb-registry.ts';
import { describeSubmission } from '#store/describe-submission.ts';
import type { TrainedWork } from './trained-work.ts';

// Runs in an empty page of the app's origin: the product's own registry makes the database and writes the records.

async function keepInPage({ settings, dataset, model }: TrainedWork): Promise<void> {
  const registry = await openRegistry();
  if (settings) await registry.saveSettings(settings);
  await registry.saveDataset({ ...dataset, bytes: new Blob([new Uint8Array(dataset.bytes)]) });
  if (model?.scenario) {
    const { model: record, scenario } = model;
    const { result, text, savedAt } = record;
    const submission = describeSubmission({ summary: record, result, text }, 'fr', savedAt ?? 0);
    await registry.saveModel(record, scenario, submission);
  }
  registry.close();
}

export type PageThatKeeps = typeof globalThis & { keepTrainedWork: typeof keepInPage };

(globalThis as PageThatKeeps).keepTrainedWork = keepInPage;
