import { createWorkbench } from '#jobs/workbench.ts';
import { tellRefusedRows } from '#report/interval-sentences.ts';
import { tellLearntRows } from '#report/learnt-sentences.ts';
import { tellKnownAtStart } from '#report/model-sentences.ts';
import { tellWideRows } from '#report/open-cell-sentences.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { tell, type Terminal } from './streams.ts';

/** `predict M.json FILE [--out F.csv]`: the file's table with columns of predictions, and which rows the model has learnt. */
export async function runPredict(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, { named: ['out', 'dialect', ...dialectOptionNames], nPositionals: 2 });
  const dialect = options.choice('dialect', ['excel-french', 'international']) ?? 'international';
  const path = options.text('out');
  const output = path === undefined ? null : await openOutputFile('out', path, options.positionals);
  const workbench = createWorkbench();
  const { ids, context, model, columns } = await openModelAndData(workbench, options, terminal);
  const { words } = terminal;
  const takenForKnown = tellKnownAtStart(
    model.features.filter(({ name }) => columns.includes(name)),
    '--horizon plan',
    words,
  );
  if (takenForKnown !== null) tell(terminal, [words.pair(words.t('report.warning'), takenForKnown)]);
  const request = { ...ids, dialect, today: Date.now() };
  const { text, nOpen, nRefused, nLearnt } = await workbench.run('export-predictions', request, context);
  const remarks = [
    tellRefusedRows(nRefused, words),
    tellWideRows(nOpen.wide, words),
    tellLearntRows(nLearnt, words),
  ];
  for (const remark of remarks) {
    if (remark !== null) tell(terminal, [words.pair(words.t('report.warning'), remark)]);
  }
  if (output) await output.write(text);
  else terminal.out(text);
}
