import { createSilentContext } from '#base/job-context.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { createWorkbench } from '../workbench.ts';

const context = createSilentContext();

/** 300 outages of the brief's sample as CSV. */
export async function writeSample(seed: number): Promise<string> {
  const sample = { kind: 'simple', seed, rows: 300, noise: 2 } as const;
  const request = { sample, dialect: 'international' } as const;
  return (await createWorkbench().run('generate-sample', request, context)).text;
}

/** Trained once for all who ask. */
const trained = new Map<number, Promise<string>>();

/** The text of a model of the brief's sample, quickly trained. Another seed is another model. */
export function trainSampleModel(seed = 42): Promise<string> {
  const known = trained.get(seed) ?? train(seed);
  trained.set(seed, known);
  return known;
}

async function train(seed: number): Promise<string> {
  const workbench = createWorkbench();
  const file = { name: 'sample.csv', bytes: encodeUtf8(await writeSample(seed)) };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, context);
  const settings = { ...atStartSettings, folds: 2 };
  const request = { datasetId: 'd', modelId: 'm', roles, settings, today: Date.UTC(2026, 10, 28) };
  const { modelText } = await workbench.run('train', request, context);
  return modelText;
}
