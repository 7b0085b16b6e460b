import { availableParallelism } from 'node:os';
import type { TrainingSettings } from '#training/contract.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { countPartWorkers } from '#worker/part-pool.ts';
import type { Options } from './options.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** How outages are split, and for when they are answered: `train` and `tune` are told alike. */
export const settingsOptionNames = [
  'seed',
  'folds',
  'split',
  'test-share',
  'horizon',
  'lead',
  'workers',
] as const;

/** Threads in all: as many as there are cores, unless told, and no more than there are parts for. */
export function readWorkers(options: Options, terminal: Terminal): number {
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

export function readTrainingSettings(options: Options): TrainingSettings {
  const horizon = readHorizon(options);
  const kind = options.choice('split', ['random', 'time']) ?? 'auto';
  return {
    ...defaultTrainingSettings,
    seed: options.number('seed', 1),
    folds: options.number('folds', 5),
    horizon,
    usesPast: !options.flag('no-past'),
    ...(options.flag('holidays') && { usesHolidays: true }),
    ...(options.flag('exportable') && { isExportable: true }),
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
