import { spreadEvenly } from '#base/arrays.ts';
import type { Instant } from '#base/instant.ts';
import type { JobContext } from '#base/job-context.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { findCalendarColumns } from '#data/calendar-columns.ts';
import { findColumn, type Table } from '#data/table.ts';
import { findRoleName } from '#data/role-columns.ts';
import type { ColumnRole } from '#data/roles.ts';
import { toCaseTable } from '#inference/case-table.ts';
import { explainPredictions } from '#explain/model-shap.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { listPastCases } from '#models/past-rows.ts';
import type { FollowedColumn, LedgerModel } from '#monitoring/contract.ts';

/** Outages explained to find how much the model looks at each column. */
const MAX_EXPLAINED = 60;
/** Outages of the training that a ledger keeps. */
const MAX_REFERENCE = 1_000;

/** The columns that announcements of a model keep, and how a row of a table holds them. */
export interface FollowedTable {
  readonly columns: readonly FollowedColumn[];
  readonly keys: LedgerModel['keys'];
}

/** A column that is followed beside the model's inputs has one of these roles. */
const followedRoles: ReadonlySet<ColumnRole> = new Set(['lever', 'context', 'group', 'date']);

/** Inputs of the model; where the table of its training is at hand, what else that tells of outages before they begin. */
export function listFollowed(
  { description, summary }: ModelAtWork,
  identifier: string | null,
  training: Table | null,
): FollowedTable {
  const { inputs, roles, calendar, elapsed = [] } = description;
  const repeated = training ? findCalendarColumns(training) : [];
  const byCalendar = new Set([...calendar, ...elapsed, ...repeated].map(({ column }) => column));
  const start = findRoleName(roles, 'start') ?? null;
  const own = inputs.map(({ name, type }): FollowedColumn => ({
    name,
    type,
    isInput: true,
    isCalendar: byCalendar.has(name),
  }));
  const named = new Set(inputs.map(({ name }) => name));
  const others = roles.flatMap(({ column: name, role }): FollowedColumn[] => {
    const column = training && findColumn(training, name);
    if (!column || named.has(name) || !(followedRoles.has(role) || role === 'start')) return [];
    return [{ name, type: column.type, isInput: false, isCalendar: byCalendar.has(name) }];
  });
  const unit = summary.features.find(({ role }) => role === 'group')?.name;
  return {
    columns: [...own, ...others],
    keys: {
      identifier,
      unit: unit ?? roles.find(({ role }) => role === 'group')?.column ?? null,
      start,
    },
  };
}

/** The cells of a row by the columns that are followed. */
export function readFollowed({ columns }: FollowedTable, table: Table, row: number): CellRow {
  return columns.map(({ name, type }) => {
    const column = findColumn(table, name);
    return column?.type === type ? readCell(column, row) : null;
  });
}

/** The entry of a model in a ledger. The reference are rows of its training where these are at hand, else those its file keeps. */
export async function describeLedgerModel(
  model: ModelAtWork,
  followed: FollowedTable,
  at: Instant,
  training: Table | null,
  context: JobContext,
): Promise<LedgerModel> {
  const { description, summary } = model;
  const past = description.pastRows ? listPastCases(description.pastRows, description.inputs) : [];
  const reference = training
    ? Array.from(spreadEvenly(training.nRows, MAX_REFERENCE), (row) => readFollowed(followed, training, row))
    : past.map((cells) => followed.columns.map((_, i) => cells[i] ?? null));
  const importance = await measureImportance(model, past, context);
  return {
    hash: summary.hash,
    name: summary.name,
    at,
    target: summary.target,
    keys: followed.keys,
    columns: followed.columns,
    reference,
    importance: followed.columns.map(({ name }) => importance.get(name) ?? 0),
    nTrainingRows: description.nTrainingRows,
    expectedError: description.scores.find(({ id }) => id === model.model.spec.id)?.mae ?? null,
  };
}

/** Mean |SHAP| by column of the file, of some past outages. */
async function measureImportance(
  model: ModelAtWork,
  past: readonly CellRow[],
  context: JobContext,
): Promise<ReadonlyMap<string, number>> {
  const { calibration, description, history } = model;
  if (calibration === null || past.length === 0) return new Map();
  const some = Array.from(spreadEvenly(past.length, MAX_EXPLAINED), (i) => past[i] ?? []);
  const features = buildModelFeatures(model, toCaseTable(description.inputs, some));
  const origins = [...description.origins, ...(history?.plan.features ?? [])];
  const shap = await explainPredictions(model.model, calibration.background, features, origins, context);
  return new Map(
    shap.columns.map(({ column, values }) => [
      column,
      values.reduce((sum, value) => sum + Math.abs(value), 0) / Math.max(1, values.length),
    ]),
  );
}
