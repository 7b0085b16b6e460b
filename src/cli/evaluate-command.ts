import { createWorkbench } from '#jobs/workbench.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { readOptions } from './options.ts';
import type { Streams } from './streams.ts';

/** `evaluate M.json FILE [--json]`: the model's errors on outages whose duration the file knows. */
export async function runEvaluate(args: readonly string[], streams: Streams): Promise<void> {
  const options = readOptions(args, { named: dialectOptionNames, flags: ['json'], nPositionals: 2 });
  const workbench = createWorkbench();
  const { ids, context } = await openModelAndData(workbench, options, streams);
  const evaluation = await workbench.run('evaluate', { ...ids, today: Date.now() }, context);
  const { rows, target, ...scores } = evaluation;
  if (options.flag('json')) {
    streams.out(`${JSON.stringify({ rows, target: target.name, unit: target.unit, ...scores }, null, 2)}\n`);
    return;
  }
  const lines = Object.entries(scores).map(([name, value]) => `${name.padEnd(20)} ${value.toFixed(3)}`);
  streams.out(`${target.name}: ${rows.kept} outages of ${rows.read} rows\n${lines.join('\n')}\n`);
}
