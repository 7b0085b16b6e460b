import { createWorkbench } from '#jobs/workbench.ts';
import { writeComparison } from '#report/comparison-text.ts';
import { writeComparisonJson } from './comparison-json.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { factorOptionNames } from './factor-options.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { readOptions } from './options.ts';
import type { Terminal } from './streams.ts';
import { UsageError } from './usage-error.ts';

/** `compare M.json --scenarios F.csv`: scenarios side by side, and the interval of the difference of any two. */
export async function runCompare(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: ['scenarios', 'target-days', 'link', ...dialectOptionNames, ...factorOptionNames],
    flags: ['json'],
    nPositionals: 1,
  });
  const path = options.text('scenarios');
  if (path === undefined) throw new UsageError('--scenarios names the file that has a scenario a row');
  const link = options.number('link', 1);
  if (link < 0 || link > 1) throw new UsageError(`--link must be in [0, 1], got ${link}`);
  const atMost = options.text('target-days') === undefined ? null : options.number('target-days', 0);
  if (atMost !== null && atMost <= 0) throw new UsageError(`--target-days must be above 0, got ${atMost}`);
  const workbench = createWorkbench();
  const positionals = [options.positionals[0] ?? '', path];
  const { ids, context, model } = await openModelAndData(workbench, { ...options, positionals }, terminal);
  const { modelId, datasetId } = ids;
  const answer = await workbench.run(
    'compare-scenarios',
    { modelId, cases: { datasetId }, from: 'file', link, ...(atMost !== null && { atMost }) },
    context,
  );
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(writeComparisonJson(answer, model), null, 2)}\n`
      : writeComparison(answer, model, terminal.words),
  );
}
