import { AppError } from '#base/errors.ts';
import { guessUnit, type DurationUnit } from './duration-unit.ts';
import { buildFeatures, planFeatures, type FeatureOrigin } from './feature-plan.ts';
import { applyHorizon, atStart, type Horizon } from './known-when.ts';
import { chooseRows, type SetAside } from './choose-rows.ts';
import type { ColumnRole, RoleAssignment } from './roles.ts';
import {
  findColumn,
  selectRows,
  type Column,
  type DateColumn,
  type NumberColumn,
  type Table,
} from './table.ts';

export type { DurationUnit } from './duration-unit.ts';
export type { SetAsideReason } from './choose-rows.ts';

/** Outages ready to be learnt from: one kept row each, in the file's order. */
export interface OutageSet {
  /** Feature columns only. */
  readonly features: Table;
  readonly featureOrigins: readonly FeatureOrigin[];
  /** Actual duration in `unit`; finite. May be ≤ 0 where the file says so: the quality checks tell. */
  readonly target: Float64Array;
  /** The target column, or `end − start` by the names of the two. */
  readonly targetName: string;
  readonly unit: DurationUnit;
  /** Start in milliseconds, NaN missing; null without such a column. */
  readonly start: Float64Array | null;
  readonly groups: readonly {
    readonly column: string;
    readonly codes: Int32Array;
    readonly labels: readonly string[];
  }[];
  /** The planner's announced duration in the target's unit, NaN missing; null without such a column. */
  readonly announced: Float64Array | null;
  /** Row in the file's table of each kept row. */
  readonly rows: Int32Array;
  readonly setAside: readonly SetAside[];
}

export interface PrepareOptions {
  /** The present instant, in milliseconds: an outage that ends later is not over. */
  readonly now: number;
  /** Unit of a duration derived from start and end (days where absent), or of the target where its name is silent. */
  readonly unit?: 'day' | 'hour';
  /** What the features may rest on. Default: all that is known at the start. */
  readonly horizon?: Horizon;
  /** Rows of the table a person excluded. */
  readonly excludedRows?: Iterable<number>;
}

const msPer = { day: 86_400_000, hour: 3_600_000 } as const;

/**
 * Makes features and target of a table and its roles; every row is either kept or set aside with a reason.
 *
 * The target is the column of that role, else end − start. Errors: `no-target` (no such column, or it
 * holds no number; `details.columns` names the number columns there are), `no-numeric-column`,
 * `no-feature`. O(cells).
 */
export function prepareOutages(
  table: Table,
  asked: readonly RoleAssignment[],
  options: PrepareOptions,
): OutageSet {
  const { horizon = atStart } = options;
  const roles = applyHorizon(table, asked, horizon);
  const start = findByRole(table, roles, 'start', 'date');
  const end = findByRole(table, roles, 'end', 'date');
  const column = findByRole(table, roles, 'target', 'number');
  if (column === undefined && (start === undefined || end === undefined)) throwNoTarget(table);
  const unit = column === undefined ? (options.unit ?? 'day') : guessUnit(column, start, end, options.unit);
  const duration = column?.values ?? deriveDuration(start as DateColumn, end as DateColumn, unit);
  const { rows, setAside } = chooseRows({
    nRows: table.nRows,
    duration,
    isDerived: column === undefined,
    start: start?.values ?? null,
    end: end?.values ?? null,
    identifier: findAnyByRole(table, roles, 'identifier'),
    version: findAnyByRole(table, roles, 'version'),
    now: options.now,
    excluded: new Set(options.excludedRows ?? []),
  });
  const featureOrigins = planFeatures(table, roles, horizon);
  if (featureOrigins.length === 0)
    throw new AppError('no-feature', 'No column has a role that makes it a feature.');
  const pick = (values: Float64Array) => Float64Array.from(rows, (row) => values[row] as number);
  const announced = findAnnounced(table, roles, start, unit);
  return {
    features: selectRows(buildFeatures(table, featureOrigins), rows),
    featureOrigins,
    target: pick(duration),
    targetName: column?.name ?? `${(end as DateColumn).name} − ${(start as DateColumn).name}`,
    unit,
    start: start === undefined ? null : pick(start.values),
    groups: roles
      .filter(({ role }) => role === 'group')
      .flatMap(({ column: name }) => {
        const group = findColumn(table, name);
        if (group?.type !== 'category') return [];
        const codes = Int32Array.from(rows, (row) => group.codes[row] as number);
        return [{ column: name, codes, labels: group.categories }];
      }),
    announced: announced === null ? null : pick(announced),
    rows,
    setAside,
  };
}

/** The announced duration: a column of numbers in the target's unit, or an announced end less the start. */
function findAnnounced(
  table: Table,
  roles: readonly RoleAssignment[],
  start: DateColumn | undefined,
  unit: DurationUnit,
): Float64Array | null {
  const stated = findByRole(table, roles, 'announced', 'number');
  if (stated !== undefined) return stated.values;
  const end = findByRole(table, roles, 'announced', 'date');
  return end === undefined || start === undefined ? null : deriveDuration(start, end, unit);
}

function throwNoTarget(table: Table): never {
  const columns = table.columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  if (columns.length === 0) throw new AppError('no-numeric-column', 'The table has no column of numbers.');
  throw new AppError('no-target', `No column of durations; number columns: ${columns.join(', ')}`, {
    columns,
  });
}

function deriveDuration(start: DateColumn, end: DateColumn, unit: DurationUnit): Float64Array {
  const divisor = unit === 'hour' ? msPer.hour : msPer.day;
  return end.values.map((instant, row) => (instant - (start.values[row] as number)) / divisor);
}

function findAnyByRole(table: Table, roles: readonly RoleAssignment[], role: ColumnRole): Column | undefined {
  const name = roles.find((entry) => entry.role === role)?.column;
  return name === undefined ? undefined : findColumn(table, name);
}

type ColumnOfType = { readonly number: NumberColumn; readonly date: DateColumn };

function findByRole<T extends keyof ColumnOfType>(
  table: Table,
  roles: readonly RoleAssignment[],
  role: ColumnRole,
  type: T,
): ColumnOfType[T] | undefined {
  const column = findAnyByRole(table, roles, role);
  return column?.type === type ? (column as ColumnOfType[T]) : undefined;
}
