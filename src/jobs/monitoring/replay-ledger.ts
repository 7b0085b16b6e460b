import { gather } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { createStages } from '#base/stages.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import { findRoleColumn, findRoleName } from '#data/role-columns.ts';
import { selectRows, type Table } from '#data/table.ts';
import { completeInputs } from '#inference/input-rows.ts';
import type { LedgerEvent } from '#monitoring/contract.ts';
import { foldLedger, planAnnouncing } from '#monitoring/ledger.ts';
import { train } from '#training/train.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { openTrainingSource } from '../dataset/training-source.ts';
import { announceTable } from './announce-table.ts';
import type { ReplayedLedger, ReplayLedgerRequest } from './contract.ts';
import { describeLedgerModel, listFollowed } from './describe-ledger-model.ts';
import { readOutcomes } from './read-outcomes.ts';

/**
 * A past file as a ledger: a model learns what was over on a day, outages that began after it are announced as they begin,
 * each frozen, and the same file tells what became of them. No duration that was not known on the day has a say in any
 * announcement. Throws `replay-no-start`, `replay-nothing-after`, and what training throws.
 */
export async function replayLedger(
  dataset: OpenDataset,
  request: ReplayLedgerRequest,
  context: JobContext,
): Promise<ReplayedLedger> {
  const { trainTo, today } = request;
  const stage = createStages(context, { training: 6, announcing: 1 });
  const source = openTrainingSource(dataset, request);
  const { table, roles } = source;
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  if (!start)
    throw new AppError('replay-no-start', 'the file tells no starts', { name: dataset.summary.name });
  const { before, after } = splitRows(table, start.values, trainTo, request);
  if (after.length === 0) {
    throw new AppError('replay-nothing-after', `no outage begins after ${new Date(trainTo).toISOString()}`, {
      name: dataset.summary.name,
    });
  }
  const past = { ...source, table: selectRows(table, before), rowOrigins: gather(source.rowOrigins, before) };
  const then = { ...request, today: trainTo, asOf: trainTo };
  const { model, modelText, result } = await train(past, then, stage('training'));
  const identifier = findRoleName(roles, 'identifier') ?? null;
  const followed = listFollowed(model, identifier, past.table);
  const cleaned = {
    ...dataset.cleaned,
    table: selectRows(table, after),
    rowOrigins: gather(source.rowOrigins, after),
  };
  const { dataset: completed } = completeDataset(model, { ...dataset, cleaned });
  const asked = completeInputs(model.description, completed.cleaned.table);
  const announcing = stage('announcing');
  const learnt = Array.from(after, () => 'no' as const);
  const at = (begins: number | null) => begins ?? trainTo;
  const { announcements, nUntold } = await announceTable(model, asked, followed, learnt, at, announcing);
  const entry = await describeLedgerModel(model, followed, trainTo, past.table, announcing);
  const inOrder = announcements.toSorted((a, b) => a.at - b.at);
  const { events } = planAnnouncing(foldLedger([]), entry, inOrder);
  const outcomes = readOutcomes(dataset, entry, announcements, today, request.asOf);
  const observed: LedgerEvent = { kind: 'observed', at: outcomes.asOf, ...outcomes };
  return {
    events: [...events, observed],
    outcomes,
    nTraining: result.rows.kept,
    nAnnounced: announcements.length,
    nUntold,
    modelText,
  };
}

/** Rows that had begun by the day, but for those whose duration is told by nothing but a number not known by then; and the later ones. */
function splitRows(
  table: Table,
  starts: Float64Array,
  trainTo: number,
  { roles, unit }: Pick<ReplayLedgerRequest, 'roles' | 'unit'>,
): { readonly before: Int32Array; readonly after: Int32Array } {
  const duration = findRoleColumn({ table, roles }, 'target', 'number');
  const hasEnds = findRoleColumn({ table, roles }, 'end', 'date') !== undefined;
  const ms = msPerDurationUnit(unit ?? 'unknown');
  const all = Int32Array.from(starts, (_, row) => row);
  const isKnown = (row: number) => {
    const start = starts[row] ?? NaN;
    if (!(start <= trainTo)) return false;
    const took = duration?.values[row] ?? NaN;
    return hasEnds || !(start + took * ms > trainTo);
  };
  return {
    before: all.filter(isKnown),
    after: all.filter((row) => (starts[row] ?? NaN) > trainTo),
  };
}
