import type { Workbench } from '#jobs/workbench.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import { readDialectOptions } from './dialect-options.ts';
import { requireFactors } from './factor-options.ts';
import { openDatasetFile, readText, STANDARD_INPUT } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { openFactorsForModel } from './open-factors.ts';
import type { Options } from './options.ts';
import { reportReading } from './report-reading.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

const ids = { modelId: 'model', datasetId: 'data' } as const;

/** Opens the model and the file that a command names, in this order, and says how the file was read. */
export async function openModelAndData(workbench: Workbench, options: Options, terminal: Terminal) {
  requireFactors(options);
  const [modelPath = '', dataPath = ''] = options.positionals;
  if (modelPath === STANDARD_INPUT && dataPath === STANDARD_INPUT) {
    throw new UsageError('only one of the model and the data can come from standard input');
  }
  const context = createCommandContext();
  const model = await workbench.run(
    'open-model',
    { modelId: ids.modelId, text: await readText(modelPath) },
    context,
  );
  const file = await openDatasetFile(dataPath);
  const { summary, isAsLearnt } = await readAsLearnt(model, readDialectOptions(options), (overrides) =>
    workbench.run('read-dataset', { datasetId: ids.datasetId, file, overrides }, context),
  );
  if (isAsLearnt) tell(terminal, [terminal.words.t('report.readAsLearnt')]);
  reportReading(summary, terminal);
  await openFactorsForModel(workbench, ids.datasetId, model, options, terminal);
  return { ids, context, model, columns: summary.columns.map(({ name }) => name) };
}
