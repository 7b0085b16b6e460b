import { availableParallelism } from 'node:os';
import type { Preparation } from '#jobs/dataset/preparation.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { chooseRoles, requireTarget, roleOptionNames } from './choose-roles.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { openDatasetFile, writeText } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readOptions } from './options.ts';
import { reportReading } from './report-reading.ts';
import type { Streams } from './streams.ts';
import { countPartWorkers } from '#worker/part-pool.ts';
import { withThreads } from './thread-pool.ts';
import { formatTraining, toTrainingJson } from './training-report.ts';
import { UsageError } from './usage-error.ts';

/** `train FILE --target COLUMN …`: README.md has the contract of what it prints. */
export async function runTrain(args: readonly string[], streams: Streams): Promise<void> {
  const options = readOptions(args, {
    named: [
      ...roleOptionNames,
      ...dialectOptionNames,
      'model-out',
      'seed',
      'folds',
      'split',
      'test-share',
      'preset',
      'workers',
    ],
    flags: ['json'],
    nPositionals: 1,
  });
  requireTarget(options);
  const settings = readSettings(options);
  const nWorkers = readWorkers(options);
  const overrides = readDialectOptions(options);
  const [path = ''] = options.positionals;
  const workbench = createWorkbench();
  const context = createCommandContext();
  const datasetId = 'data';

  const file = await openDatasetFile(path);
  const summary = await workbench.run('read-dataset', { datasetId, file, overrides }, context);
  reportReading(summary, streams);
  const roles = chooseRoles(summary.roles, options);
  const recipe = await workbench.run('propose-recipe', { datasetId, roles }, context);
  await workbench.run('apply-recipe', { datasetId, recipe }, context);
  const today = Date.now();
  const preparation = await workbench.run('prepare', { datasetId, roles, today }, context);
  reportPreparation(preparation, streams);

  const request = { datasetId, modelId: 'model', roles, settings, today, compareOn: 'all-rows' } as const;
  const { result, modelText } = await withThreads(nWorkers - 1, (pool) =>
    workbench.run('train', request, { ...context, pool }),
  );
  const modelPath = options.text('model-out');
  if (modelPath !== undefined) await writeText(modelPath, modelText);
  reportWarnings(result, streams);
  streams.out(
    options.flag('json')
      ? `${JSON.stringify(toTrainingJson(result, preparation, summary.seconds), null, 2)}\n`
      : formatTraining(result),
  );
}

/** Threads in all: as many as there are cores, unless told. */
function readWorkers(options: Options): number {
  const nWorkers = options.number('workers', countPartWorkers(availableParallelism()) + 1);
  if (!Number.isInteger(nWorkers) || nWorkers < 1) {
    throw new UsageError(`--workers must be a whole number from 1, got "${options.text('workers')}"`);
  }
  return nWorkers;
}

function readSettings(options: Options): TrainingSettings {
  const preset = options.choice('preset', ['default', 'reference']) ?? 'default';
  const kind = options.choice('split', ['random', 'time']) ?? 'random';
  return {
    ...withPreset(defaultTrainingSettings, preset),
    seed: options.number('seed', 1),
    folds: options.number('folds', 5),
    split: { kind, testShare: options.number('test-share', 0.2) },
  };
}

/** What is not used, on the error stream: never in silence. */
function reportPreparation({ setAside, roles }: Preparation, { error }: Streams): void {
  for (const { reason, count } of setAside) error(`${count} rows set aside: ${reason}\n`);
  for (const { column, role, leak } of roles) {
    if (leak && (role === 'ignore' || role === 'end')) {
      error(`left out "${column}": it gives the target away (${leak.kind}); --keep uses it\n`);
    } else if (leak) {
      error(`warning: "${column}" is used although it seems to give the target away (${leak.kind})\n`);
    }
  }
}

function reportWarnings({ warnings }: TrainingResult, { error }: Streams): void {
  for (const { code, details } of warnings) {
    const facts = Object.entries(details).map(([name, value]) => `${name} ${String(value)}`);
    error(`warning: ${code}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}\n`);
  }
}
