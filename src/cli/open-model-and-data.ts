import type { Workbench } from '#jobs/workbench.ts';
import type { ToldMarks } from '#data/csv/dialect.ts';
import type { DatasetSummary } from '#jobs/dataset/contract.ts';
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
  // What was said of the columns when the model was trained holds here too, unless the call says otherwise.
  const { marks, ...columns } = model.reading ?? {};
  const overrides = { ...columns, ...readDialectOptions(options) };
  const file = await openDatasetFile(dataPath);
  const read = (more: ToldMarks) =>
    workbench.run(
      'read-dataset',
      { datasetId: ids.datasetId, file, overrides: { ...more, ...overrides } },
      context,
    );
  let summary = await read({});
  // What the file leaves open is read as the file that the model was trained with.
  const answers = answerQuestions(summary, marks ?? {});
  if (Object.keys(answers).length > 0) {
    summary = await read(answers);
    tell(terminal, [terminal.words.t('report.readAsLearnt')]);
  }
  reportReading(summary, terminal);
  await openFactorsForModel(workbench, ids.datasetId, model, options, terminal);
  return { ids, context, model, columns: summary.columns.map(({ name }) => name) };
}

/** Those of the marks that a file asks about; a decimal mark brings that of thousands with it. */
function answerQuestions({ questions }: DatasetSummary, marks: ToldMarks): ToldMarks {
  const asked = new Set<string>(questions.map(({ field }) => field));
  if (asked.has('decimalMark')) asked.add('thousandsMark');
  return Object.fromEntries(Object.entries(marks).filter(([field]) => asked.has(field)));
}
