import { join } from 'node:path';
import { stat } from 'node:fs/promises';
import { createWorkbench, type Workbench } from '#jobs/workbench.ts';
import { tellImported } from '#report/exchange-sentences.ts';
import { requireTarget } from './choose-roles.ts';
import { readWholeFile, readText } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `import FILE|DIR --out M.json`: a model of XGBoost as one of Tranche's own, calibrated on a hold-out where one is named. */
export async function runImport(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: ['out', 'holdout', ...trainingFileOptionNames],
    nPositionals: 1,
  });
  const path = options.text('out');
  if (path === undefined) throw new UsageError('--out names the model file to write');
  const [given = ''] = options.positionals;
  const holdoutPath = options.text('holdout');
  if (holdoutPath !== undefined) requireTarget(options);
  const isFolder = (await stat(given).catch(() => null))?.isDirectory() ?? false;
  const modelPath = isFolder ? join(given, 'model.json') : given;
  const inputs = [modelPath, ...(holdoutPath === undefined ? [] : [holdoutPath])];
  const output = await openOutputFile('out', path, inputs);
  const bytes = await readWholeFile(modelPath);
  const handOver = isFolder
    ? { spec: await readText(join(given, 'spec.json')), report: await readText(join(given, 'report.json')) }
    : null;
  const { workbench, holdout, context } = await openHoldoutFile(holdoutPath, options, terminal);
  const target = { name: options.text('target') ?? '', unit: 'unknown' } as const;
  const request = { modelId: 'model', bytes, holdout, target, ...(handOver && { handOver }) };
  const imported = await workbench.run('import-model', request, context);
  await output.write(imported.modelText);
  tell(terminal, tellImported(imported, terminal.words));
}

async function openHoldoutFile(path: string | undefined, options: Options, terminal: Terminal) {
  if (path === undefined) {
    const workbench: Workbench = createWorkbench();
    return { workbench, holdout: null, context: createCommandContext() };
  }
  const { workbench, context, request } = await openTrainingFile(
    { ...options, positionals: [path] },
    terminal,
  );
  return { workbench, holdout: request, context };
}
