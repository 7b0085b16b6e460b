import type { TuneResult } from '#jobs/tuning/contract.ts';
import { writeTuning } from '#report/tuning-text.ts';
import { methods } from '#tuning/proposer.ts';
import type { TrialEvent } from '#tuning/trial-log.ts';
import { requireTarget } from './choose-roles.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { readJson } from './settings-file.ts';
import type { Terminal } from './streams.ts';
import { withThreads } from './thread-pool.ts';
import { readTrainingSettings, readWorkers, settingsOptionNames } from './training-options.ts';
import { openTrialLogFile } from './trial-log-file.ts';
import { toTuningJson } from './tuning-json.ts';
import { UsageError } from './usage-error.ts';

const DEFAULT_TRIALS = 60;

/** `tune FILE --target COLUMN …`: searches settings; README.md has the contract of what it prints. */
export async function runTune(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      ...trainingFileOptionNames,
      ...settingsOptionNames,
      'method',
      'preset',
      'space',
      'trials',
      'minutes',
      'resume',
      'settings-out',
    ],
    flags: ['json', 'no-past', 'holidays'],
    nPositionals: 1,
  });
  requireTarget(options);
  const method = options.choice('method', methods) ?? 'bayes';
  const preset = options.choice('preset', ['default', 'reference']);
  if (preset === 'reference' && method !== 'grid')
    throw new UsageError('--preset reference goes with --method grid');
  const settings = readTrainingSettings(options);
  const nWorkers = readWorkers(options, terminal);
  const [path = ''] = options.positionals;
  const spacePath = options.text('space');
  const space = spacePath === undefined ? null : readSpace(await readJson(spacePath, 'space'), spacePath);
  const outPath = options.text('settings-out');
  const settingsFile = outPath === undefined ? null : await openOutputFile('settings-out', outPath, [path]);
  const resumePath = options.text('resume');
  const log = resumePath === undefined ? null : await openTrialLogFile(resumePath);
  try {
    const { workbench, context, request } = await openTrainingFile(options, terminal);
    const hasMinutes = options.text('minutes') !== undefined;
    const asked = {
      ...request,
      settings,
      method,
      preset: preset === 'reference' ? preset : null,
      space,
      // A grid is looked through to its end, unless a budget is named.
      nTrials: options.number('trials', method === 'grid' ? Number.MAX_SAFE_INTEGER : DEFAULT_TRIALS),
      minutes: hasMinutes ? options.number('minutes', 0) : null,
      events: (await log?.read()) ?? [],
    };
    const record = log ? { record: (event: object) => log.append(event as TrialEvent) } : {};
    const result = await withThreads(nWorkers - 1, (pool) =>
      workbench.run('tune', asked, { ...context, ...record, pool }),
    );
    await settingsFile?.write(`${JSON.stringify(chosenSettings(result), null, 2)}\n`);
    terminal.out(
      options.flag('json')
        ? `${JSON.stringify(toTuningJson(result), null, 2)}\n`
        : writeTuning(result, terminal.words),
    );
  } finally {
    await log?.close();
  }
}

/** What `train --settings` takes. */
function chosenSettings({ chosen, best, default: usual }: TuneResult) {
  return (chosen === 'tuned' ? best : usual).settings;
}

function readSpace(value: unknown, path: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  throw new UsageError(`--space ${path}: an object of ranges by name is needed`);
}
