import { AppError } from '#base/errors.ts';
import { MS_PER_DAY } from '../dates.ts';
import type { OutageSet, SetAsideReason } from '../outages.ts';
import type { RoleAssignment } from '../roles.ts';
import { findColumn, type CategoryColumn, type DateColumn, type NumberColumn, type Table } from '../table.ts';
import { computeHistoryColumns } from './history-features.ts';
import { indexHistory, type HistoryIndex } from './history-index.ts';
import { planHistory, type HistoryFeature, type HistoryPlan } from './history-plan.ts';
import { findLongThreshold } from './long-threshold.ts';
import { buildHistory, type OutageHistory, type PastOutages } from './outage-history.ts';

export interface HistoryOutcome {
  /** To be kept with the model: it answers for the outages to come. */
  readonly history: OutageHistory;
  /** The features of the set's rows, in the order of `origins`. */
  readonly columns: readonly NumberColumn[];
  readonly origins: readonly HistoryFeature[];
}

/** Rows that are not learnt from and yet were outages: they count as under way. */
const stillTell: ReadonlySet<SetAsideReason> = new Set(['ongoing', 'ends-in-future', 'target-missing']);

/**
 * The features from the past of a prepared set of outages, and the history behind them. `table` and
 * `roles` are those the set was made of. Null where the past cannot be told: no start column, or no end
 * and a target of unknown unit. The threshold of long outages is the one thing taken from all the rows;
 * for a strict replay, prepare the set from the rows known then. O(n log n).
 */
export function addHistory(
  table: Table,
  roles: readonly RoleAssignment[],
  set: OutageSet,
  leadDays = 0,
): HistoryOutcome | null {
  const plan = planPast(table, roles, set, leadDays);
  if (plan === null) return null;
  const past = collectPast(table, roles, set, plan);
  const history = buildHistory(plan, past);
  const rows = Array.from(set.rows);
  const { starts, columns: labelColumns } = readQueries(table, plan);
  const columns = computeHistoryColumns(
    indexHistory(history),
    Float64Array.from(rows, (row) => starts[row] as number),
    labelColumns.map((column) => ({
      ...column,
      codes: Int32Array.from(rows, (row) => column.codes[row] as number),
    })),
  );
  return { history, columns, origins: plan.features };
}

/** Which features from the past a training on these outages will have; null where the past cannot be told. O(n log n). */
export function planPast(
  table: Table,
  roles: readonly RoleAssignment[],
  set: OutageSet,
  leadDays = 0,
): HistoryPlan | null {
  const plan = planHistory(table, roles, findLongThreshold(set.target), leadDays);
  const hasEnds = findEnds(table, roles) !== null || set.unit !== 'unknown';
  return hasEnds ? plan : null;
}

/**
 * The same features for the rows of any table that has the plan's columns, as asked for at an instant in milliseconds.
 * Throws `model-columns-missing` with the names it lacks or holds as another type.
 */
export function buildHistoryColumns(index: HistoryIndex, table: Table, askedOn?: number): NumberColumn[] {
  const { starts, columns: labelColumns } = readQueries(table, index.plan);
  return computeHistoryColumns(index, starts, labelColumns, askedOn);
}

function readQueries(table: Table, plan: HistoryPlan): { starts: Float64Array; columns: CategoryColumn[] } {
  const start = findColumn(table, plan.start);
  const columns = plan.columns.map((name) => findColumn(table, name));
  const missing = plan.columns.filter((_, position) => columns[position]?.type !== 'category');
  if (start?.type !== 'date') missing.unshift(plan.start);
  if (missing.length > 0) {
    throw new AppError('model-columns-missing', `Columns missing: ${missing.join(', ')}`, {
      columns: missing,
    });
  }
  return { starts: (start as DateColumn).values, columns: columns as CategoryColumn[] };
}

function collectPast(
  table: Table,
  roles: readonly RoleAssignment[],
  set: OutageSet,
  plan: HistoryPlan,
): PastOutages {
  const end = findEnds(table, roles);
  const { starts, columns: labelColumns } = readQueries(table, plan);
  const msPerUnit = set.unit === 'hour' ? MS_PER_DAY / 24 : MS_PER_DAY;
  const setAside = set.setAside.filter(({ reason }) => stillTell.has(reason)).map(({ row }) => row);
  const rows = [...set.rows, ...setAside];
  const duration = new Float64Array(rows.length).fill(NaN);
  duration.set(set.target);
  const start = Float64Array.from(rows, (row) => starts[row] as number);
  return {
    start,
    end: Float64Array.from(rows, (row, i) =>
      end === null ? (start[i] as number) + (duration[i] as number) * msPerUnit : (end[row] as number),
    ),
    duration,
    columns: labelColumns.map(({ codes, categories }) => ({
      codes: Int32Array.from(rows, (row) => codes[row] as number),
      labels: categories,
    })),
  };
}

function findEnds(table: Table, roles: readonly RoleAssignment[]): Float64Array | null {
  const name = roles.find(({ role }) => role === 'end')?.column;
  const column = name === undefined ? undefined : findColumn(table, name);
  return column?.type === 'date' ? column.values : null;
}
