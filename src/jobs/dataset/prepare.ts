import { applyHorizon, atStart, findKnownWhen } from '#data/known-when.ts';
import { resolveHorizon } from '#data/history/resolve-horizon.ts';
import type { Table } from '#data/table.ts';
import { toAppError } from '#base/errors.ts';
import { mean, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { planPast } from '#data/history/add-history.ts';
import { type OutageSet, prepareOutages } from '#data/outages.ts';
import type { RoleAssignment } from '#data/roles.ts';
import type { FileRow } from '#data/row-index.ts';
import { findCleanedRoles } from './clean-dataset.ts';
import { listRowsLeftOut } from './left-out-rows.ts';
import type { LeftOutReason, Preparation, PrepareRequest, TargetSummary } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';
import { findRowProblem, findTrainingProblem } from '#training/training-problem.ts';

/** Row numbers listed for each reason: enough to look at, few enough to send. */
const MAX_LISTED_ROWS = 100;

/** What the roles give to learn from. Roles that give nothing are no error here but a `problem`, worded by its code. */
export function prepareDataset(dataset: OpenDataset, { roles, today, unit }: PrepareRequest): Preparation {
  const { read, cleaned } = dataset;
  const { table, rowOrigins } = cleaned;
  const { roles: used, leaks } = findCleanedRoles(dataset, roles);
  const known = findKnownWhen(table, used);
  const knownWhen = used.map(({ column }) => known.get(column) ?? 'long-before');
  const shared = { nRead: read.table.nRows, roles: used, knownWhen, leaks };
  const leftOut = listRowsLeftOut(dataset);
  let set: OutageSet;
  try {
    set = prepareOutages(table, applyHorizon(table, used, atStart), { now: today, ...(unit && { unit }) });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'internal') throw thrown;
    const { code, details } = findRowProblem(table.nRows) ?? error;
    const problem = { code, details };
    return {
      ...shared,
      nKept: 0,
      setAside: countByReason(leftOut),
      target: null,
      features: [],
      problem,
      canSplitByTime: false,
      planning: null,
    };
  }
  return {
    ...shared,
    nKept: set.rows.length,
    setAside: countByReason([
      ...leftOut,
      ...set.setAside.map(({ row, reason }) => ({ row: rowOrigins[row] ?? -1, reason })),
    ]),
    target: summariseTarget(set),
    features: [...set.featureOrigins, ...(planPast(table, used, set)?.features ?? [])].map(
      ({ feature, column }) => ({ feature, column }),
    ),
    problem: findRowProblem(table.nRows) ?? findTrainingProblem(set),
    canSplitByTime: canSplitByTime(set, used),
    planning: canSplitByTime(set, used) ? describePlanning(table, used) : null,
  };
}

function countByReason(
  left: readonly { readonly row: FileRow; readonly reason: LeftOutReason }[],
): Preparation['setAside'] {
  const rowsOf = new Map<LeftOutReason, FileRow[]>();
  for (const { row, reason } of left) {
    const rows = rowsOf.get(reason);
    if (rows) rows.push(row);
    else rowsOf.set(reason, [row]);
  }
  return [...rowsOf].map(([reason, rows]) => ({
    reason,
    count: rows.length,
    rows: rows.slice(0, MAX_LISTED_ROWS),
  }));
}

function summariseTarget({ target, targetName, unit }: OutageSet): TargetSummary | null {
  const sorted = sortedFinite(target);
  if (sorted.length === 0) return null;
  const at = (share: number) => quantileOfSorted(sorted, share);
  return {
    name: targetName,
    unit,
    min: at(0),
    p5: at(0.05),
    median: at(0.5),
    p95: at(0.95),
    max: at(1),
    mean: mean(sorted),
    nNotPositive: sorted.filter((value) => value <= 0).length,
  };
}

function canSplitByTime({ start }: OutageSet, roles: readonly RoleAssignment[]): boolean {
  return (
    roles.some(({ role }) => role === 'start') &&
    start !== null &&
    start.some((value) => !Number.isNaN(value))
  );
}

function describePlanning(table: Table, roles: readonly RoleAssignment[]): Preparation['planning'] {
  const horizon = resolveHorizon(table, roles, { kind: 'plan', leadDays: null });
  if (horizon.kind !== 'plan') return null;
  const knownLater = applyHorizon(table, roles, horizon).flatMap(({ column, reason }) =>
    reason === 'known-later' ? [column] : [],
  );
  return { leadDays: horizon.leadDays, knownLater };
}
