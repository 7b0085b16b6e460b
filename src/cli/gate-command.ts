import { createWorkbench } from '#jobs/workbench.ts';
import { toGateJson } from '#jobs/gate/gate-json.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import { tellGate } from '#report/verdict-sentences.ts';
import { dialectOptionNames, readDialectOptions } from './dialect-options.ts';
import { factorOptionNames, requireFactors } from './factor-options.ts';
import { openDatasetFile, readText } from './files.ts';

import { createCommandContext } from './job-context.ts';
import { openFactorsForModel } from './open-factors.ts';
import { readOptions } from './options.ts';
import { reportReading } from './report-reading.ts';
import type { Terminal } from './streams.ts';

/** `gate OLD.json NEW.json FILE [--json]`: whether the new model may take the old one's place, on outages neither has learnt. */
export async function runGate(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: ['seed', ...dialectOptionNames, ...factorOptionNames],
    flags: ['json', 'without-learnt'],
    nPositionals: 3,
  });
  requireFactors(options);
  const [oldPath = '', newPath = '', dataPath = ''] = options.positionals;
  const workbench = createWorkbench();
  const context = createCommandContext();
  const said = readDialectOptions(options);
  const file = await openDatasetFile(dataPath);

  /** Each model reads the file as it learnt to. */
  const open = async (name: 'old' | 'new', path: string) => {
    const model = await workbench.run('open-model', { modelId: name, text: await readText(path) }, context);
    const { summary } = await readAsLearnt(model, said, (overrides) =>
      workbench.run('read-dataset', { datasetId: name, file, overrides }, context),
    );
    if (name === 'old') reportReading(summary, terminal);
    await openFactorsForModel(workbench, name, model, options, terminal);
  };
  await open('old', oldPath);
  await open('new', newPath);
  const request = {
    datasetId: 'old',
    newDatasetId: 'new',
    oldModelId: 'old',
    newModelId: 'new',
    today: Date.now(),
    seed: options.number('seed', 1),
    dropsLearnt: options.flag('without-learnt'),
  };
  const report = await workbench.run('compare-models', request, context);
  const sentences = tellGate(report, terminal.words);
  if (options.flag('json')) {
    for (const sentence of sentences) terminal.error(`${sentence}\n`);
    terminal.out(`${JSON.stringify(toGateJson(report), null, 2)}\n`);
    return;
  }
  terminal.out(`${sentences.join('\n')}\n`);
}
