import { createWorkbench } from '#jobs/workbench.ts';
import { tellFactorAnswers } from '#report/factor-sentences.ts';
import { writeEvaluation } from '#report/training-text.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { factorOptionNames } from './factor-options.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { readOptions } from './options.ts';
import { tell, type Terminal } from './streams.ts';

/** `evaluate M.json FILE [--json]`: the model's errors on outages whose duration the file knows. */
export async function runEvaluate(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [...dialectOptionNames, ...factorOptionNames],
    flags: ['json'],
    nPositionals: 2,
  });
  const workbench = createWorkbench();
  const { ids, context } = await openModelAndData(workbench, options, terminal);
  const evaluation = await workbench.run('evaluate', { ...ids, today: Date.now() }, context);
  const { rows, target, ...scores } = evaluation;
  if (evaluation.factors) tell(terminal, tellFactorAnswers(evaluation.factors, terminal.words));
  if (options.flag('json')) {
    terminal.out(`${JSON.stringify({ rows, target: target.name, unit: target.unit, ...scores }, null, 2)}\n`);
    return;
  }
  terminal.out(writeEvaluation(evaluation, terminal.words));
}
