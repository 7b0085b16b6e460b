import type { Instant } from '#base/instant.ts';
import { lastInstantOf } from '#data/dates.ts';
import { createWorkbench, type Workbench } from '#jobs/workbench.ts';
import type { LedgerEvent, OutcomeFile } from '#monitoring/contract.ts';
import { readLedger, writeLedger } from '#monitoring/ledger-file.ts';
import { defaultMatching, type MatchOptions } from '#monitoring/outcome-match.ts';
import { tellUnit } from '#report/announcing-sentences.ts';
import { writeMonitoring } from '#report/monitoring-text.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { openDatasetFile, readText } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { toMonitoringJson } from './monitoring-json.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { type Options, readAsOf, readOptions } from './options.ts';
import { openOutputFile, type OutputFile } from './output-file.ts';
import { reportReading } from './report-reading.ts';
import { tell, type Terminal } from './streams.ts';
import { withThreads } from './thread-pool.ts';
import { readTrainingSettings, readWorkers, settingsOptionNames } from './training-options.ts';
import { UsageError } from './usage-error.ts';

const matchingOptionNames = ['tolerance', 'silent', 'for-model'] as const;

/** What is followed, and by what it is read. */
interface Followed {
  readonly workbench: Workbench;
  readonly events: readonly LedgerEvent[];
  readonly outcomes: OutcomeFile;
}

/** `monitor LEDGER OUTCOMES` and `monitor --replay FILE --train-to DATE`: README.md has the contract of what it prints. */
export async function runMonitor(args: readonly string[], terminal: Terminal): Promise<void> {
  const isReplay = args.some((arg) => /^--replay(?:=|$)/u.test(arg));
  const options = readOptions(args, {
    named: isReplay
      ? [
          ...matchingOptionNames,
          ...trainingFileOptionNames,
          ...settingsOptionNames,
          'replay',
          'train-to',
          'ledger-out',
          'model-out',
        ]
      : [...matchingOptionNames, ...dialectOptionNames, 'as-of'],
    flags: isReplay ? ['json', 'no-past', 'holidays'] : ['json'],
    nPositionals: isReplay ? 0 : 2,
  });
  const matching = readMatching(options);
  const model = options.text('for-model');
  const { workbench, events } = isReplay ? await replay(options, terminal) : await open(options, terminal);
  const monitoring = await workbench.run(
    'follow',
    { ledger: events, matching, ...(model !== undefined && { model }) },
    createCommandContext(),
  );
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(toMonitoringJson(monitoring, terminal.words), null, 2)}\n`
      : writeMonitoring(monitoring, terminal.words),
  );
}

async function open(options: Options, terminal: Terminal): Promise<Followed> {
  const [ledgerPath = '', path = ''] = options.positionals;
  const today = Date.now();
  const asOf = readAsOf(options, today);
  const ledger = readLedger(await readText(ledgerPath));
  const workbench = createWorkbench();
  const context = createCommandContext();
  const file = await openDatasetFile(path);
  const request = { datasetId: 'data', file, overrides: readDialectOptions(options) };
  const summary = await workbench.run('read-dataset', request, context);
  reportReading(summary, terminal);
  const outcomes = await workbench.run(
    'read-outcomes',
    { datasetId: 'data', ledger, today, ...(asOf !== undefined && { asOf }) },
    context,
  );
  if (outcomes.isUnitAssumed) tell(terminal, [tellUnit(outcomes.unit, terminal.words)]);
  return { workbench, events: [...ledger, { kind: 'observed', at: today, ...outcomes }], outcomes };
}

async function replay(options: Options, terminal: Terminal): Promise<Followed> {
  const path = options.text('replay') ?? '';
  const trainTo = readTrainTo(options);
  const settings = readTrainingSettings(options);
  const nWorkers = readWorkers(options, terminal);
  const openOut = async (name: 'ledger-out' | 'model-out'): Promise<OutputFile | null> => {
    const out = options.text(name);
    return out === undefined ? null : openOutputFile(name, out, [path]);
  };
  const [ledgerFile, modelFile] = [await openOut('ledger-out'), await openOut('model-out')];
  const { workbench, context, request } = await openTrainingFile(
    { ...options, positionals: [path] },
    terminal,
  );
  const asked = { ...request, modelId: 'model', settings, trainTo };
  const { events, outcomes, modelText } = await withThreads(nWorkers - 1, (pool) =>
    workbench.run('replay-ledger', asked, { ...context, pool }),
  );
  await modelFile?.write(modelText);
  // What became of them is in the file, and read again from there.
  await ledgerFile?.write(writeLedger(events.filter(({ kind }) => kind !== 'observed')));
  return { workbench, events, outcomes };
}

/** The last moment of a year, a month or a day. */
function readTrainTo(options: Options): Instant {
  const text = options.text('train-to');
  if (text === undefined) throw new UsageError('--replay needs --train-to, a year or a date');
  const instant = lastInstantOf(text);
  if (instant === null) {
    throw new UsageError(
      `--train-to must be a year, a month or a date, as 2015 or 2015-12-31, got "${text}"`,
    );
  }
  return instant;
}

function readMatching(options: Options): MatchOptions {
  const toleranceDays = options.number('tolerance', defaultMatching.toleranceDays);
  if (toleranceDays < 0) throw new UsageError('--tolerance is a number of days from 0');
  const silent = options.choice('silent', ['running', 'unknown']) ?? 'running';
  return { toleranceDays, isSilenceRunning: silent === 'running' };
}
