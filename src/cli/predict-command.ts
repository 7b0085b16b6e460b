import { createWorkbench } from '#jobs/workbench.ts';
import { tellFactorAnswers } from '#report/factor-sentences.ts';
import { listAnnounced } from '#report/announcing-sentences.ts';
import { tellRefusedRows } from '#report/interval-sentences.ts';
import { tellRemainingRows } from '#report/remaining-sentences.ts';
import { tellLearntRows } from '#report/learnt-sentences.ts';
import { tellKnownAtStart } from '#report/model-sentences.ts';
import { tellWideRows } from '#report/open-cell-sentences.ts';
import { dialectOptionNames } from './dialect-options.ts';
import { factorOptionNames } from './factor-options.ts';
import { openLedger } from './ledger-option.ts';
import { openModelAndData } from './open-model-and-data.ts';
import { type Options, readOptions } from './options.ts';
import { openOutputFile } from './output-file.ts';
import { UsageError } from './usage-error.ts';
import { tell, type Terminal } from './streams.ts';

/**
 * `predict M.json FILE [--out F.csv] [--announce LEDGER.json]`: the file's table with columns of predictions, how much longer outages under way take,
 * and which rows the model has learnt.
 */
export async function runPredict(args: readonly string[], terminal: Terminal): Promise<void> {
  const options = readOptions(args, {
    named: [
      'out',
      'dialect',
      'elapsed',
      'elapsed-column',
      'announce',
      'announced-on',
      ...dialectOptionNames,
      ...factorOptionNames,
    ],
    nPositionals: 2,
  });
  const dialect = options.choice('dialect', ['excel-french', 'international']) ?? 'international';
  const path = options.text('out');
  const output = path === undefined ? null : await openOutputFile('out', path, options.positionals);
  const elapsed = readElapsed(options);
  const ledger = await openLedger(options);
  const workbench = createWorkbench();
  const { ids, context, model, columns } = await openModelAndData(workbench, options, terminal);
  const { words } = terminal;
  const takenForKnown = tellKnownAtStart(
    model.features.filter(({ name }) => columns.includes(name)),
    '--horizon plan',
    words,
  );
  if (takenForKnown !== null) tell(terminal, [words.pair(words.t('report.warning'), takenForKnown)]);
  const request = { ...ids, dialect, today: Date.now(), ...(elapsed !== undefined && { elapsed }) };
  const { text, nOpen, nRefused, remaining, nLearnt, factors } = await workbench.run(
    'export-predictions',
    request,
    context,
  );
  if (factors) tell(terminal, tellFactorAnswers(factors, words));
  const remarks = [
    tellRefusedRows(nRefused, words),
    tellWideRows(nOpen.wide, words),
    remaining && tellRemainingRows(remaining, words),
    tellLearntRows(nLearnt, words),
  ];
  for (const remark of remarks) {
    if (remark !== null) tell(terminal, [words.pair(words.t('report.warning'), remark)]);
  }
  if (ledger) {
    const asked = { ...ids, ledger: ledger.events, at: ledger.at, today: request.today };
    const announced = await workbench.run('announce', asked, context);
    if (announced.events.length > 0) await ledger.write([...ledger.events, ...announced.events]);
    tell(terminal, listAnnounced(announced, words));
  }
  if (output) await output.write(text);
  else terminal.out(text);
}

/** What the outages have lasted: all the same, or each by a column. Throws `UsageError` for both, or a time below 0. */
function readElapsed(options: Options): number | { readonly column: string } | undefined {
  const column = options.text('elapsed-column');
  if (options.text('elapsed') === undefined) return column === undefined ? undefined : { column };
  if (column !== undefined) throw new UsageError('--elapsed and --elapsed-column exclude one another');
  const elapsed = options.number('elapsed', 0);
  if (elapsed < 0) throw new UsageError(`--elapsed must not be below 0, got "${options.text('elapsed')}"`);
  return elapsed;
}
