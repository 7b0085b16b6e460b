import type { Horizon } from '#data/known-when.ts';
import type { Preparation } from '#jobs/dataset/contract.ts';
import { foreseeBasis } from '#training/default-basis.ts';
import { foreseeMemory } from '#training/foresee-memory.ts';
import { tellFactorsWhenPlanning } from '#report/factor-sentences.ts';
import { tellFinding } from '#report/finding-sentences.ts';
import { tellWarnings } from '#report/model-sentences.ts';
import { tellPreparation } from '#report/preparation-sentences.ts';
import { writeTraining } from '#report/training-text.ts';
import { requireDirected, requireTarget } from './choose-roles.ts';
import { openTrainingFile, trainingFileOptionNames } from './open-training-file.ts';
import { readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';
import { readChosenSettings } from './settings-file.ts';
import { offerHandOver, tellMemory } from './tell-memory.ts';
import { withThreads } from './thread-pool.ts';
import { toTrainingJson } from './training-json.ts';
import { readTrainingSettings, readWorkers, settingsOptionNames } from './training-options.ts';

/** `train FILE --target COLUMN …`: README.md has the contract of what it prints. */
export async function runTrain(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [...trainingFileOptionNames, 'model-out', ...settingsOptionNames, 'preset', 'settings'],
    flags: ['json', 'no-past', 'holidays', 'exportable', 'also-random'],
    nPositionals: 1,
  });
  requireTarget(options);
  const settings = await readChosenSettings(options, readTrainingSettings(options));
  const nWorkers = readWorkers(options, terminal);
  const [path = ''] = options.positionals;
  const modelPath = options.text('model-out');
  const modelFile = modelPath === undefined ? null : await openOutputFile('model-out', modelPath, [path]);
  const { words } = terminal;
  const { workbench, context, request, inspection } = await openTrainingFile(options, terminal);
  const { summary, cleaning, preparation, findings } = inspection;
  requireDirected(preparation.roles, cleaning.columns);
  tell(
    terminal,
    findings
      .filter(({ code }) => code === 'many-merged')
      .map((finding) =>
        words.pair(words.t('report.warning'), tellFinding(finding, summary.columns, words).seen),
      ),
  );
  const { horizon } = foreseeBasis(settings, preparation.defaults);
  if (inspection.joining && horizon === 'plan')
    tell(terminal, [tellFactorsWhenPlanning(inspection.joining, words)]);
  tell(terminal, tellPreparation(listUsed(preparation, horizon), '--keep', words));

  const { nRows, columns } = summary;
  const foreseen = foreseeMemory(nRows, columns.length, nWorkers);
  tellMemory(foreseen, process.availableMemory(), terminal);
  offerHandOver(foreseen, process.availableMemory(), terminal);

  const alsoRandom = options.flag('also-random');
  const training = { ...request, modelId: 'model', settings, alsoRandom };
  const { result, modelText } = await withThreads(nWorkers - 1, (pool) =>
    workbench.run('train', training, { ...context, pool }),
  );
  await modelFile?.write(modelText);
  tell(
    terminal,
    tellWarnings(result, words).map(({ text }) => words.pair(words.t('report.warning'), text)),
  );
  terminal.out(
    options.flag('json')
      ? `${JSON.stringify(toTrainingJson(result, inspection), null, 2)}\n`
      : writeTraining(result, words),
  );
}

/** The preparation without what is known too late for the horizon: nobody need be told that it is used. */
function listUsed(preparation: Preparation, horizon: Horizon['kind']): Preparation {
  const later = new Set(horizon === 'plan' ? preparation.planning?.knownLater : []);
  return { ...preparation, roles: preparation.roles.filter(({ column }) => !later.has(column)) };
}
