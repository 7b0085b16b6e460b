import { exportFormats } from '#interop/contract.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { tellLimits, wordExport } from '#report/exchange-sentences.ts';
import { readText } from './files.ts';
import { createCommandContext } from './job-context.ts';
import { readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `export M.json --format F --out PATH`: the model for another tool, rows to check it by, and what it does not carry. */
export async function runExport(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, { named: ['format', 'out'], nPositionals: 1 });
  const format = options.choice('format', exportFormats);
  const path = options.text('out');
  if (format === undefined) throw new UsageError(`--format is one of ${exportFormats.join(', ')}`);
  if (path === undefined) throw new UsageError('--out names the file to write');
  const [modelPath = ''] = options.positionals;
  const output = await openOutputFile('out', path, [modelPath]);
  const parityOutput = await openOutputFile('out', `${path}.parity.json`, [modelPath]);
  const { words } = terminal;
  const workbench = createWorkbench();
  const context = createCommandContext();
  const opening = { modelId: 'model', text: await readText(modelPath) };
  const model = await workbench.run('open-model', opening, context);
  const request = { modelId: 'model', format, words: wordExport(model, words) };
  const { bytes, limits, parity } = await workbench.run('export-model', request, context);
  await output.write(bytes);
  await parityOutput.write(parity);
  tell(
    terminal,
    tellLimits(limits, words).map((limit) => words.pair(words.t('report.warning'), limit)),
  );
}
