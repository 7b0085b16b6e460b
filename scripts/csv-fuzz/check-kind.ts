import { createSilentContext } from '#base/job-context.ts';
import { encodeUtf8 } from '#data/csv/read-text.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import type { Inspection } from '#jobs/dataset/contract.ts';
import { createWorkbench } from '#jobs/workbench.ts';

export type KindVerdict =
  | { readonly kind: 'same' }
  | { readonly kind: 'told'; readonly how: string }
  | { readonly kind: 'silent'; readonly why: string };

const today = Date.UTC(2026, 10, 28);

/** What would be learnt from a text, as `inspect` says it. */
export async function inspectText(text: string): Promise<Inspection> {
  const workbench = createWorkbench();
  const context = createSilentContext();
  const datasetId = 'data';
  const file = { name: 'planted.csv', bytes: encodeUtf8(text) };
  const summary = await workbench.run('read-dataset', { datasetId, file, overrides: {} }, context);
  const { roles } = summary;
  const recipe = await workbench.run('propose-recipe', { datasetId, roles }, context);
  const cleaning = await workbench.run('apply-recipe', { datasetId, recipe }, context);
  const request = { datasetId, roles, today };
  const preparation = await workbench.run('prepare', request, context);
  const findings = await workbench.run('check-quality', request, context);
  return { summary, cleaning, preparation, findings, joining: null };
}

/** Whether a file with a kind planted is learnt from as the clean one is, or a person is told what differs. */
export function compareKinds(clean: Inspection, planted: Inspection): KindVerdict {
  const why = findDifference(clean, planted);
  if (why === null) return { kind: 'same' };
  const how = listSignals(planted).filter((signal) => !listSignals(clean).includes(signal));
  return how.length === 0 ? { kind: 'silent', why } : { kind: 'told', how: how.join(', ') };
}

function findDifference(clean: Inspection, planted: Inspection): string | null {
  const [before, after] = [describeTarget(clean), describeTarget(planted)];
  if (before.length !== after.length) return `target ${before.join(' ')} became ${after.join(' ')}`;
  const isOff = before.some(
    (value, i) => Math.abs(value - (after[i] ?? NaN)) > 1e-6 * Math.abs(value) + 60_001,
  );
  if (isOff) return `target ${before.join(' ')} became ${after.join(' ')}`;
  const features = new Map(planted.cleaning.columns.map((column) => [column.name, column]));
  for (const { column } of clean.preparation.features) {
    const own = clean.cleaning.columns.find(({ name }) => name === column);
    const other = features.get(column);
    if (own === undefined || own.type === 'date' || other === undefined) continue;
    const [a, b] = [own, other].map(({ type, nMissing, nDistinct, mean }) =>
      [type, nMissing, nDistinct, mean?.toPrecision(9)].join(' '),
    );
    if (a !== b) return `${column} ${a} became ${b}`;
  }
  return null;
}

/** In milliseconds: how many, the mean, and the ends of the durations learnt from. */
function describeTarget({ preparation: { target, nKept } }: Inspection): number[] {
  if (target === null) return [];
  const unit = msPerDurationUnit(target.unit);
  return [nKept * 1e9, ...[target.mean, target.min, target.median, target.max].map((value) => value * unit)];
}

function listSignals({ summary, preparation, findings }: Inspection): string[] {
  const { ledger, questions, notes, unread, doubtful } = summary;
  return [
    ...questions.map(({ field }) => `question ${field}`),
    ...(ledger.rejected > 0 ? ['rejected'] : []),
    ...(unread.count > 0 ? ['unread'] : []),
    ...notes.map(({ kind, column }) => `note ${kind} ${column}`),
    ...doubtful.map(({ column }) => `doubtful ${column}`),
    ...findings
      .filter(({ code, severity }) => severity !== 'info' || code !== 'outliers')
      .map(({ code, columns }) => `finding ${code} ${columns.join()}`),
    ...preparation.setAside.map(({ reason }) => `set aside ${reason}`),
    ...(preparation.problem === null ? [] : [`problem ${preparation.problem.code}`]),
  ];
}
