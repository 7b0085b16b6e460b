import { gather, subtract } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { writeDay } from './dates.ts';
import { guessUnit, msPerDurationUnit, type DurationUnit } from './duration-unit.ts';
import { atStart, type Horizon } from './known-when.ts';
import { buildFeatures, findAnnouncedFeature, planFeatures, type PlannedFeature } from './feature-plan.ts';
import { chooseRows, type SetAside } from './choose-rows.ts';
import { findRoleColumn, listRoleColumns } from './role-columns.ts';
import type { RoleAssignment } from './roles.ts';
import type { FileRows, TableRow, TableRows } from './row-index.ts';
import {
  findColumn,
  selectColumnRows,
  selectRows,
  type CategoryColumn,
  type Column,
  type DateColumn,
  type Table,
} from './table.ts';
import type { TimeUnit } from './time-units.ts';

export type { DurationUnit } from './duration-unit.ts';
export type { SetAsideReason } from './choose-rows.ts';

/** Outages ready to be learnt from: one kept row each, in the table's order. Every array is by `SampleIndex`. */
export interface OutageSet {
  /** Feature columns only. */
  readonly features: Table;
  readonly featureOrigins: readonly PlannedFeature[];
  /** Actual duration in `unit`; finite. May be ≤ 0 where the file says so: the quality checks tell. */
  readonly target: Float64Array;
  /** The target column, or `end − start` by the names of the two. */
  readonly targetName: string;
  readonly unit: DurationUnit;
  /** Start in milliseconds, NaN missing; null without such a column. */
  readonly start: Float64Array | null;
  /** The columns that name units and sites. */
  readonly groups: readonly CategoryColumn[];
  /** The planner's announced duration in the target's unit, NaN missing; null without such a column. */
  readonly announced: Float64Array | null;
  /** The feature that holds it. */
  readonly announcedFeature: string | null;
  /** The row of the file that each outage is; of merged rows, that of the first line. */
  readonly rows: FileRows;
  /** Its position in the table that the set was made of. */
  readonly positions: TableRows;
  /** By position in that table. */
  readonly setAside: readonly SetAside[];
}

export interface PrepareOptions {
  /** The present instant, in milliseconds: an outage that ends later is not over. */
  readonly now: number;
  /** Unit of a duration derived from start and end (days where absent), or of the target where its name is silent. */
  readonly unit?: TimeUnit;
  /** What the roles are made for (`applyHorizon`): of a start that is only planned less is a feature. Default: at the start. */
  readonly horizon?: Horizon;
  /** Rows of the table a person excluded. */
  readonly excludedRows?: Iterable<TableRow>;
  /** The row of the file of each row of the table; absent where the table is the file's own. */
  readonly rowOrigins?: FileRows;
}

/**
 * Makes features and target of a table and its roles; every row is either kept or set aside with a reason.
 *
 * The target is the column of that role, else end − start. Errors: `column-not-read` (a target that holds no numbers, or
 * dates that are none: nothing is learnt in their place), `no-target` (no such column, or it
 * holds no number; `details.columns` names the number columns there are), `no-numeric-column`,
 * `no-feature`. O(cells).
 */
export function prepareOutages(
  table: Table,
  roles: readonly RoleAssignment[],
  options: PrepareOptions,
): OutageSet {
  const { horizon = atStart } = options;
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  const end = findRoleColumn({ table, roles }, 'end', 'date');
  const column = findRoleColumn({ table, roles }, 'target', 'number');
  requireRead(table, roles);
  if (column === undefined && (start === undefined || end === undefined)) throwNoTarget(table);
  const unit = column === undefined ? (options.unit ?? 'day') : guessUnit(column, start, end, options.unit);
  const duration = column?.values ?? deriveDuration(start as DateColumn, end as DateColumn, unit);
  const { rows: positions, setAside } = chooseRows({
    duration,
    isDerived: column === undefined,
    isByDay: start?.hasTime === false && end?.hasTime === false,
    start: start?.values ?? null,
    end: end?.values ?? null,
    identifier: findRoleColumn({ table, roles }, 'identifier'),
    version: findRoleColumn({ table, roles }, 'version'),
    now: options.now,
    excluded: new Set(options.excludedRows ?? []),
  });
  const featureOrigins = planFeatures(table, roles, horizon, unit);
  if (featureOrigins.length === 0)
    throw new AppError('no-feature', 'No column has a role that makes it a feature.');
  const features = selectRows(buildFeatures(table, featureOrigins), positions);
  const announcedFeature = findAnnouncedFeature(table, roles, featureOrigins);
  const announced = announcedFeature === null ? undefined : findColumn(features, announcedFeature);
  return {
    features,
    featureOrigins,
    target: gather(duration, positions),
    targetName: column?.name ?? `${(end as DateColumn).name} − ${(start as DateColumn).name}`,
    unit,
    start: start === undefined ? null : gather(start.values, positions),
    groups: listRoleColumns({ table, roles }, ['group'], 'category').map(({ column: group }) =>
      selectColumnRows(group, positions),
    ),
    announced: announced?.type === 'number' ? announced.values : null,
    announcedFeature,
    rows: options.rowOrigins ? gather(options.rowOrigins, positions) : positions.slice(),
    positions,
    setAside,
  };
}

/** Of the target a person named, else of the dates it follows from: nothing else is learnt in their place. */
function requireRead(table: Table, roles: readonly RoleAssignment[]): void {
  const target = findRoleColumn({ table, roles }, 'target');
  const needed =
    target === undefined
      ? (['start', 'end'] as const).map((role) => [findRoleColumn({ table, roles }, role), 'date'] as const)
      : [[target, 'number'] as const];
  for (const [column, type] of needed) {
    if (column === undefined || column.type === type) continue;
    const examples = listExamples(column);
    // Empty on all rows: nothing was misread.
    if (examples.length === 0) continue;
    const { name } = column;
    throw new AppError('column-not-read', `Column ${name} was read as ${column.type}, not as ${type}`, {
      column: name,
      type,
      readAs: column.type,
      examples,
    });
  }
}

function listExamples(column: Column): readonly string[] {
  if (column.type === 'category') return column.categories.slice(0, 3);
  const known = column.values.filter((value) => !Number.isNaN(value)).subarray(0, 3);
  const write = column.type === 'date' ? writeDay : String;
  return Array.from(known, (value) => write(value));
}

function throwNoTarget(table: Table): never {
  const columns = table.columns.filter(({ type }) => type === 'number').map(({ name }) => name);
  if (columns.length === 0) throw new AppError('no-numeric-column', 'The table has no column of numbers.');
  throw new AppError('no-target', `No column of durations; number columns: ${columns.join(', ')}`, {
    columns,
  });
}

function deriveDuration(start: DateColumn, end: DateColumn, unit: DurationUnit): Float64Array {
  const divisor = msPerDurationUnit(unit);
  return subtract(end.values, start.values).map((ms) => ms / divisor);
}
