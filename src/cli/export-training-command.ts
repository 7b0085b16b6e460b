import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultTrainingSettings } from '#training/training-settings.ts';
import { requireTarget } from './choose-roles.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile, toOutputError } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

const SCRIPT = 'train_xgboost_dask.py';

/** `export-training FILE --out DIR`: the outages as parts for XGBoost on Dask, with the script that trains on them. */
export async function runExportTraining(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: ['out', 'rows-per-part', 'scale', 'rounds', 'seed', ...trainingFileOptionNames],
    nPositionals: 1,
  });
  requireTarget(options);
  const folder = options.text('out');
  if (folder === undefined) throw new UsageError('--out names the folder to write');
  const rowsPerPart = readCount(options, 'rows-per-part', 250_000);
  const boosting = defaultTrainingSettings.hyperparameters;
  const hyperparameters = { ...boosting, nIterations: readCount(options, 'rounds', boosting.nIterations) };
  const scale = options.choice('scale', ['identity', 'log1p']) ?? 'identity';
  const seed = options.number('seed', 1);
  await mkdir(join(folder, 'parts'), { recursive: true }).catch((thrown: unknown) => {
    throw toOutputError(folder, thrown);
  });
  const { workbench, context, request } = await openTrainingFile(options, terminal);
  const asked = { ...request, scale, hyperparameters, seed, rowsPerPart };
  const { files, nRows, nFeatures } = await workbench.run('export-training', asked, context);
  const script = await readFile(new URL(`hand-over/${SCRIPT}`, import.meta.url), 'utf8');
  for (const { path, bytes } of files) await (await openOutputFile('out', join(folder, path))).write(bytes);
  await (await openOutputFile('out', join(folder, SCRIPT))).write(script);
  const { t, format } = terminal.words;
  const written = {
    n: format.number(nRows),
    parts: format.number(files.length - 1),
    features: format.number(nFeatures),
  };
  tell(terminal, [
    t('exchange.handedOver', { ...written, command: `python3 ${join(folder, SCRIPT)} ${folder} --local 2` }),
  ]);
}

function readCount(options: Options, name: string, standard: number): number {
  const count = options.number(name, standard);
  if (Number.isInteger(count) && count >= 1) return count;
  throw new UsageError(`--${name} must be a whole number from 1, got "${options.text(name)}"`);
}
