import { applyHorizon, atStart, findKnownWhen } from '#data/known-when.ts';
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
import { findPlanning, judgePlanning, type PlanningHorizon } from '#training/default-basis.ts';
import { canJudgeByTime } from '#training/judge-by-time.ts';
import { findRowProblem, findTrainingProblem } from '#training/training-problem.ts';
import { defaultTrainingSettings } from '#training/training-settings.ts';

/** Row numbers listed for each reason: enough to look at, few enough to send. */
const MAX_LISTED_ROWS = 100;

/** What the roles give to learn from. Roles that give nothing are no error here but a `problem`, worded by its code. */
export function prepareDataset(
  dataset: OpenDataset,
  { roles, today, unit, asOf }: PrepareRequest,
): Preparation {
  const { read, cleaned } = dataset;
  const { table, rowOrigins } = cleaned;
  const { roles: used, leaks } = findCleanedRoles(dataset, roles);
  const known = findKnownWhen(table, used);
  const knownWhen = used.map(({ column }) => known.get(column) ?? 'long-before');
  const shared = { nRead: read.table.nRows, roles: used, knownWhen, leaks };
  const leftOut = listRowsLeftOut(dataset);
  let set: OutageSet;
  try {
    set = prepareOutages(table, applyHorizon(table, used, atStart), {
      now: today,
      ...(unit && { unit }),
      ...(asOf !== undefined && { asOf }),
    });
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'internal') throw thrown;
    const { code, details } = findRowProblem(table.nRows) ?? error;
    const problem = { code, details };
    return {
      ...shared,
      nKept: 0,
      underWay: null,
      setAside: countByReason(leftOut),
      target: null,
      features: [],
      problem,
      canSplitByTime: false,
      planning: null,
      defaults: { horizon: { kind: 'start', reason: 'no-start' }, byTime: { start: false, plan: false } },
    };
  }
  const past = planPast(table, used, set);
  const planning = canSplitByTime(set, used) ? findPlanning({ table, roles: used }) : null;
  return {
    ...shared,
    nKept: set.rows.length,
    underWay: countUnderWay(set),
    setAside: countByReason([
      ...leftOut,
      ...set.setAside.map(({ row, reason }) => ({ row: rowOrigins[row] ?? -1, reason })),
    ]),
    target: summariseTarget(set),
    features: [...set.featureOrigins, ...(past?.features ?? [])].map(({ feature, column }) => ({
      feature,
      column,
    })),
    problem: findRowProblem(table.nRows) ?? findTrainingProblem(set),
    canSplitByTime: canSplitByTime(set, used),
    planning: planning?.kind === 'plan' ? describePlanning(table, used, planning) : null,
    defaults: describeDefaults(set, planning, table, used, past !== null),
  };
}

function countUnderWay({ underWay: { rows, asOf } }: OutageSet): Preparation['underWay'] {
  return rows.length === 0 ? null : { n: rows.length, asOf };
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

function describePlanning(
  table: Table,
  roles: readonly RoleAssignment[],
  horizon: PlanningHorizon,
): NonNullable<Preparation['planning']> {
  const knownLater = applyHorizon(table, roles, horizon).flatMap(({ column, reason }) =>
    reason === 'known-later' ? [column] : [],
  );
  return { leadDays: horizon.leadDays, knownLater };
}

/** With the shares and folds of the default settings; the training decides with those it has. */
function describeDefaults(
  set: OutageSet,
  planning: ReturnType<typeof findPlanning> | null,
  table: Table,
  roles: readonly RoleAssignment[],
  hasPast: boolean,
): Preparation['defaults'] {
  const settings = defaultTrainingSettings;
  const byStart = canJudgeByTime(set, settings, atStart);
  if (planning?.kind !== 'plan') {
    const reason = planning?.reason ?? 'no-start';
    return { horizon: { kind: 'start', reason }, byTime: { start: byStart, plan: false } };
  }
  const { knownLater } = describePlanning(table, roles, planning);
  const reason = judgePlanning({ horizon: planning, outages: set, knownLater, hasPast }, settings);
  return {
    horizon: { kind: reason === 'near' ? 'plan' : 'start', reason },
    byTime: { start: byStart, plan: canJudgeByTime(set, settings, planning) },
  };
}
