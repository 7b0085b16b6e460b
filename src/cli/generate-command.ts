import type { SampleRequest } from '#jobs/dataset/contract.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { createCommandContext } from './job-context.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import type { Streams } from './streams.ts';

/** `generate`: made-up outages as a CSV file. The same seed gives the same bytes. */
export async function runGenerate(args: readonly string[], { out }: Streams): Promise<void> {
  const options = readOptions(args, {
    named: ['out', 'kind', 'rows', 'noise', 'seed', 'units', 'years', 'dialect'],
    nPositionals: 0,
  });
  const dialect = options.choice('dialect', ['excel-french', 'international']) ?? 'international';
  const request = { sample: readSample(options), dialect };
  const path = options.text('out');
  const output = path === undefined ? null : await openOutputFile('out', path);
  const { text } = await createWorkbench().run('generate-sample', request, createCommandContext());
  if (output) await output.write(text);
  else out(text);
}

function readSample(options: Options): SampleRequest {
  const seed = options.number('seed', 42);
  const kind = options.choice('kind', ['simple', 'fleet']) ?? 'simple';
  return kind === 'simple'
    ? { kind, seed, rows: options.number('rows', 1000), noise: options.number('noise', 2) }
    : { kind, seed, units: options.number('units', 20), years: options.number('years', 10) };
}
