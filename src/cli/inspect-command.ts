import { writeInspection } from '#report/inspection-text.ts';
import { toInspectionJson } from './inspection-json.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { readOptions } from './options.ts';
import type { Terminal } from './streams.ts';

/** `inspect FILE …`: what `train` would learn from, without training. README.md has the contract of what it prints. */
export async function runInspect(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, { named: trainingFileOptionNames, flags: ['json'], nPositionals: 1 });
  const { inspection } = await openTrainingFile(options, terminal);
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(toInspectionJson(inspection), null, 2)}\n`
      : writeInspection(inspection, terminal.words),
  );
}
