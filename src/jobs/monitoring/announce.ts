import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { completeInputs } from '#inference/input-rows.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { foldLedger, planAnnouncing } from '#monitoring/ledger.ts';
import { findRoleName } from '#data/role-columns.ts';
import { toCaseTable } from '#inference/case-table.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { markLearntRows } from '../prediction/learnt-rows.ts';
import { announceCases, announceTable, createKeyReader, isTold } from './announce-table.ts';
import type { Announced, AnnounceCaseRequest, AnnounceRequest } from './contract.ts';
import {
  describeLedgerModel,
  type FollowedTable,
  listFollowed,
  readFollowed,
} from './describe-ledger-model.ts';

/**
 * Announces what a model says of the outages of a file: events for a ledger. Throws `model-columns-missing`, and
 * `ledger-no-key` where nothing could tell one outage from another.
 */
export async function announceFile(
  model: ModelAtWork,
  given: OpenDataset,
  { ledger: kept, at, today }: Omit<AnnounceRequest, 'datasetId' | 'modelId'>,
  context: JobContext,
): Promise<Announced> {
  const { dataset } = completeDataset(model, given);
  const { roles } = model.description;
  const identifier =
    findRoleName(dataset.summary.roles, 'identifier') ?? findRoleName(roles, 'identifier') ?? null;
  const followed = listFollowed(model, identifier, null);
  const asked = completeInputs(model.description, dataset.cleaned.table);
  const learnt = markLearntRows(model, asked, today, false);
  const { announcements, ...counts } = await announceTable(model, asked, followed, learnt, () => at, context);
  if (announcements.length === 0 && counts.nUntold > 0) refuseUntold(dataset.summary.name, followed);
  const entry = await describeLedgerModel(model, followed, at, null, context);
  const { events, nAlready } = planAnnouncing(foldLedger(kept), entry, announcements);
  return { events, nAlready, nAnnounced: announcements.length - nAlready, ...counts };
}

/** Announces a case of the form. Throws `ledger-no-key`. */
export async function announceCase(
  model: ModelAtWork,
  { ledger: kept, at, cells, identifier, scenario }: Omit<AnnounceCaseRequest, 'modelId'>,
  context: JobContext,
): Promise<Announced> {
  const followed = listFollowed(model, null, null);
  const table = toCaseTable(model.description.inputs, [cells]);
  const outage = { ...createKeyReader(table, followed)(0), identifier };
  if (!isTold(outage)) refuseUntold('', followed);
  const [announcement] = announceCases(
    model,
    [{ cells, followed: readFollowed(followed, table, 0), outage, planned: null, at, scenario }],
    'form',
  );
  const announcements = announcement ? [announcement] : [];
  const entry = await describeLedgerModel(model, followed, at, null, context);
  const { events, nAlready } = planAnnouncing(foldLedger(kept), entry, announcements);
  const isRefused = announcement?.levels.every((level) => level === null) ?? true;
  const nAnnounced = announcements.length - nAlready;
  return { events, nAlready, nAnnounced, nLearnt: 0, nUntold: 0, nRefused: isRefused ? 1 : 0 };
}

function refuseUntold(name: string, { keys }: FollowedTable): never {
  throw new AppError(
    'ledger-no-key',
    'no outage has an identifier or a start: its outcome could not be found',
    {
      name,
      start: keys.start,
    },
  );
}
