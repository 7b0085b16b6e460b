import { parseDate } from '#data/dates.ts';
import { writePlanJson } from '#jobs/planning/plan-json.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { levelOfRequest, planObjectives, type PlanTarget } from '#planning/contract.ts';
import { writePlan } from '#report/plan-text.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { readText } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { readCaseFile, readLeverFile } from './lever-file.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { type Options, readOptions } from './options.ts';
import type { Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

const MAX_SECONDS = 60;

/** `optimise M.json (--row N --data F | --case F.json) --levers F.json`: the best plan by what the model announces, with proof. */
export async function runOptimise(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      'row',
      'data',
      'case',
      'levers',
      'objective',
      'day-cost',
      'cost-at',
      'target-days',
      'target-date',
      'least',
      'seconds',
      ...dialectOptionNames,
    ],
    flags: ['front', 'json'],
    nPositionals: 1,
  });
  const objective = options.choice('objective', planObjectives) ?? 'p80';
  const costLevel = options.choice('cost-at', ['p50', 'p80']) ?? 'p50';
  const target = readTarget(options, objective === 'cost' ? 'cost' : 'change');
  const timeCost = options.number('day-cost', 0);
  const maxSeconds = options.number('seconds', MAX_SECONDS);
  const leverPath = options.text('levers');
  if (leverPath === undefined) throw new UsageError('--levers names the file of what can be chosen');
  const workbench = createWorkbench();
  const { model, subject, datasetId, context } = await openCase(workbench, options, terminal);
  const levers = readLeverFile(leverPath, await readText(leverPath), model.features);
  const answer = await workbench.run(
    'optimise',
    {
      modelId: 'model',
      ...(datasetId !== undefined && { datasetId }),
      subject,
      from: 'file',
      levers,
      objective,
      timeCost,
      costLevel,
      target,
      wantsFront: options.flag('front'),
      maxSeconds,
      today: Date.now(),
      wantsDoubt: true,
    },
    context,
  );
  if (options.flag('json')) {
    terminal.out(`${JSON.stringify(writePlanJson(answer, model, target ? 'target' : objective), null, 2)}\n`);
    return;
  }
  const names = levers.map(({ column }) => column);
  const level = levelOfRequest({ objective, costLevel, target });
  const asked = { objective, level, hasTarget: target !== null };
  terminal.out(writePlan(answer, asked, names, model, terminal.words));
}

/** The model with the case that was asked about: a row of a file, or a file of its own. */
async function openCase(workbench: ReturnType<typeof createWorkbench>, options: Options, terminal: Terminal) {
  const [modelPath = ''] = options.positionals;
  const [row, data, path] = [options.text('row'), options.text('data'), options.text('case')];
  if ((row === undefined) === (path === undefined)) {
    throw new UsageError('one of --row N with --data FILE and --case FILE.json says which outage');
  }
  if (row !== undefined && data === undefined) throw new UsageError('--row needs --data FILE');
  if (data !== undefined) {
    const opened = await openModelAndData(
      workbench,
      { ...options, positionals: [modelPath, data] },
      terminal,
    );
    const subject =
      path === undefined
        ? { row: readRowNumber(options) - 1 }
        : { cells: readCaseFile(path, await readText(path), opened.model.features) };
    return { ...opened, subject, datasetId: opened.ids.datasetId };
  }
  const context = createCommandContext();
  const request = { modelId: 'model', text: await readText(modelPath) };
  const model = await workbench.run('open-model', request, context);
  const name = path ?? '';
  return {
    model,
    context,
    datasetId: undefined,
    subject: { cells: readCaseFile(name, await readText(name), model.features) },
  };
}

function readRowNumber(options: Options): number {
  const row = options.number('row', 1);
  if (Number.isInteger(row) && row >= 1) return row;
  throw new UsageError(`--row counts from 1, got "${options.text('row')}"`);
}

function readTarget(options: Options, least: PlanTarget['least']): PlanTarget | null {
  const date = options.text('target-date');
  const asked = options.choice('least', ['change', 'cost']) ?? least;
  if (options.text('target-days') !== undefined) {
    if (date !== undefined) throw new UsageError('--target-days and --target-date exclude one another');
    return { atMost: { duration: options.number('target-days', 0) }, least: asked };
  }
  if (date === undefined) return null;
  const end = parseDate(date, 'dmy');
  if (Number.isNaN(end)) {
    throw new UsageError(`--target-date must be a date, as 2026-11-28 or 28/11/2026, got "${date}"`);
  }
  return { atMost: { end }, least: asked };
}
