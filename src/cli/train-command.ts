import { availableParallelism } from 'node:os';
import type { Horizon } from '#data/known-when.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import { foreseeBasis } from '#training/default-basis.ts';
import { foreseeMemory } from '#training/foresee-memory.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import type { TrainingSettings } from '#training/contract.ts';
import { tellFactorsWhenPlanning } from '#report/factor-sentences.ts';
import { tellFinding } from '#report/finding-sentences.ts';
import { tellWarnings } from '#report/model-sentences.ts';
import { tellPreparation } from '#report/preparation-sentences.ts';
import { writeTraining } from '#report/training-text.ts';
import { requireTarget } from './choose-roles.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';
import { tellMemory } from './tell-memory.ts';
import { countPartWorkers } from '#worker/part-pool.ts';
import { withThreads } from './thread-pool.ts';
import { toTrainingJson } from './training-json.ts';
import { UsageError } from './usage-error.ts';

/** `train FILE --target COLUMN …`: README.md has the contract of what it prints. */
export async function runTrain(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      ...trainingFileOptionNames,
      'model-out',
      'seed',
      'folds',
      'split',
      'test-share',
      'preset',
      'horizon',
      'lead',
      'workers',
    ],
    flags: ['json', 'no-past', 'holidays', 'also-random'],
    nPositionals: 1,
  });
  requireTarget(options);
  const settings = readSettings(options);
  const nWorkers = readWorkers(options, terminal);
  const [path = ''] = options.positionals;
  const modelPath = options.text('model-out');
  const modelFile = modelPath === undefined ? null : await openOutputFile('model-out', modelPath, [path]);
  const { words } = terminal;
  const { workbench, context, request, inspection } = await openTrainingFile(options, terminal);
  const { summary, preparation, findings } = inspection;
  tell(
    terminal,
    findings
      .filter(({ code }) => code === 'many-merged')
      .map((finding) =>
        words.pair(words.t('report.warning'), tellFinding(finding, summary.columns, words).seen),
      ),
  );
  const { horizon } = foreseeBasis(settings, preparation.defaults);
  if (inspection.joining && horizon === 'plan')
    tell(terminal, [tellFactorsWhenPlanning(inspection.joining, words)]);
  tell(terminal, tellPreparation(listUsed(preparation, horizon), '--keep', words));

  const { nRows, columns } = summary;
  tellMemory(foreseeMemory(nRows, columns.length, nWorkers), process.availableMemory(), terminal);

  const alsoRandom = options.flag('also-random');
  const training = { ...request, modelId: 'model', settings, alsoRandom };
  const { result, modelText } = await withThreads(nWorkers - 1, (pool) =>
    workbench.run('train', training, { ...context, pool }),
  );
  await modelFile?.write(modelText);
  tell(
    terminal,
    tellWarnings(result, words).map(({ text }) => words.pair(words.t('report.warning'), text)),
  );
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(toTrainingJson(result, inspection), null, 2)}\n`
      : writeTraining(result, words),
  );
}

/** The preparation without what is known too late for the horizon: nobody need be told that it is used. */
function listUsed(preparation: Preparation, horizon: Horizon['kind']): Preparation {
  const later = new Set(horizon === 'plan' ? preparation.planning?.knownLater : []);
  return { ...preparation, roles: preparation.roles.filter(({ column }) => !later.has(column)) };
}

/** Threads in all: as many as there are cores, unless told, and no more than there are parts for. */
function readWorkers(options: Options, terminal: Terminal): number {
  const nWorkers = options.number('workers', countPartWorkers(availableParallelism()) + 1);
  if (!Number.isInteger(nWorkers) || nWorkers < 1) {
    throw new UsageError(`--workers must be a whole number from 1, got "${options.text('workers')}"`);
  }
  const most = countPartWorkers(Infinity) + 1;
  if (nWorkers <= most) return nWorkers;
  const { words } = terminal;
  const sentence = words.t('report.workersCapped', { most: words.format.plain(most) });
  tell(terminal, [words.pair(words.t('report.warning'), sentence)]);
  return most;
}

function readSettings(options: Options): TrainingSettings {
  const preset = options.choice('preset', ['default', 'reference']) ?? 'default';
  const horizon = readHorizon(options);
  const kind = options.choice('split', ['random', 'time']) ?? 'auto';
  return {
    ...withPreset(defaultTrainingSettings, preset),
    seed: options.number('seed', 1),
    folds: options.number('folds', 5),
    horizon,
    usesPast: !options.flag('no-past'),
    ...(options.flag('holidays') && { usesHolidays: true }),
    split: { kind, testShare: options.number('test-share', 0.2) },
  };
}

function readHorizon(options: Options): TrainingSettings['horizon'] {
  const kind = options.choice('horizon', ['plan', 'start']);
  const hasLead = options.text('lead') !== undefined;
  if (hasLead && kind === 'start') throw new UsageError('--lead goes with --horizon plan');
  // Who names a lead plans.
  if (hasLead || kind === 'plan') {
    return { kind: 'plan', leadDays: hasLead ? options.number('lead', 0) : null };
  }
  return { kind: kind ?? 'auto' };
}
