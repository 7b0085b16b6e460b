import { msPerDurationUnit } from '../duration-unit.ts';
import { gather } from '#base/arrays.ts';
import type { OutageSet, SetAsideReason } from '../outages.ts';
import type { TableRows } from '../row-index.ts';
import { requireColumns } from '../require-columns.ts';
import { findRoleColumn } from '../role-columns.ts';
import type { RoleAssignment } from '../roles.ts';
import { selectColumnRows, type CategoryColumn, type NumberColumn, type Table } from '../table.ts';
import { computeHistoryColumns } from './history-features.ts';
import { indexHistory, type HistoryIndex } from './history-index.ts';
import { planHistory, type HistoryPlan } from './history-plan.ts';
import { findLongThreshold } from './long-threshold.ts';
import { buildHistory, type OutageHistory, type PastOutages } from './outage-history.ts';

export interface HistoryOutcome {
  /** To be kept with the model: it answers for the outages to come. */
  readonly history: OutageHistory;
  /** The features of the set's rows, in the order of the history's plan. */
  readonly columns: readonly NumberColumn[];
  /** Those of its outages under way. */
  readonly underWay: readonly NumberColumn[];
}

/** Rows that are not learnt from and yet were outages: they count as under way. */
const stillTell: ReadonlySet<SetAsideReason> = new Set([
  'ongoing',
  'ends-in-future',
  'end-missing',
  'target-missing',
]);

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
  const history = buildHistory(plan, collectPast(table, roles, set, plan));
  const queries = readQueries(table, plan);
  const index = indexHistory(history);
  const compute = (positions: TableRows) => {
    const { starts, columns: labels } = selectQueries(queries, positions);
    return computeHistoryColumns(index, starts, labels);
  };
  return { history, columns: compute(set.positions), underWay: compute(set.underWay.positions) };
}

/** Which features from the past a training on these outages will have; null where the past cannot be told. O(n log n). */
export function planPast(
  table: Table,
  roles: readonly RoleAssignment[],
  set: OutageSet,
  leadDays = 0,
): HistoryPlan | null {
  const plan = planHistory(table, roles, findLongThreshold(set.target), leadDays);
  const hasEnds = findRoleColumn({ table, roles }, 'end', 'date') !== undefined || set.unit !== 'unknown';
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

interface Queries {
  readonly starts: Float64Array;
  readonly columns: readonly CategoryColumn[];
}

function readQueries(table: Table, plan: HistoryPlan): Queries {
  const [start, ...columns] = requireColumns(table, [
    { name: plan.start, type: 'date' },
    ...plan.columns.map((name) => ({ name, type: 'category' as const })),
  ]);
  return { starts: start.values, columns };
}

function selectQueries({ starts, columns }: Queries, rows: ArrayLike<number>): Queries {
  return { starts: gather(starts, rows), columns: columns.map((column) => selectColumnRows(column, rows)) };
}

function collectPast(
  table: Table,
  roles: readonly RoleAssignment[],
  set: OutageSet,
  plan: HistoryPlan,
): PastOutages {
  const end = findRoleColumn({ table, roles }, 'end', 'date');
  const msPerUnit = msPerDurationUnit(set.unit);
  const apart = set.setAside.filter(({ reason }) => stillTell.has(reason)).map(({ row }) => row);
  // In the order of the table: where dates are equal it is theirs.
  const notOver = [...set.underWay.positions, ...apart].sort((a, b) => a - b);
  const rows = [...set.positions, ...notOver];
  const { starts, columns } = selectQueries(readQueries(table, plan), rows);
  const duration = new Float64Array(rows.length).fill(NaN);
  duration.set(set.target);
  return {
    start: starts,
    end: end ? gather(end.values, rows) : starts.map((start, i) => start + (duration[i] ?? NaN) * msPerUnit),
    duration,
    columns,
  };
}
