import { gather, subtract } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import { writeDay } from './dates.ts';
import { guessUnit, msPerDurationUnit, type DurationUnit } from './duration-unit.ts';
import { atStart, type Horizon } from './known-when.ts';
import { buildFeatures, findAnnouncedFeature, planFeatures, type PlannedFeature } from './feature-plan.ts';
import { chooseRows, type SetAside } from './choose-rows.ts';
import { findUnderWay } from './under-way.ts';
import { findRoleColumn, listRoleColumns } from './role-columns.ts';
import type { RoleAssignment } from './roles.ts';
import type { FileRows, TableRows } from './row-index.ts';
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
  readonly underWay: UnderWayOutages;
}

/** Outages that are not over: what lasted so far is known, and the duration only to be longer. Arrays by outage. */
export interface UnderWayOutages {
  /** The same columns as those of the set. */
  readonly features: Table;
  /** So far, in the set's unit; > 0. */
  readonly elapsed: Float64Array;
  /** Milliseconds. */
  readonly start: Float64Array;
  readonly groups: readonly CategoryColumn[];
  readonly rows: FileRows;
  readonly positions: TableRows;
  /** The instant up to which the file tells, in milliseconds; NaN where nothing tells. */
  readonly asOf: number;
}

export interface PrepareOptions {
  /** The present instant, in milliseconds: an outage that ends later is not over. */
  readonly now: number;
  /** The day the file was made: what is not over by then is under way. Absent: the latest start or end. */
  readonly asOf?: number;
  /** Unit of a duration derived from start and end (days where absent), or of the target where its name is silent. */
  readonly unit?: TimeUnit;
  /** What the roles are made for (`applyHorizon`): of a start that is only planned less is a feature. Default: at the start. */
  readonly horizon?: Horizon;
  /** French public holidays after the start are features, too. */
  readonly usesHolidays?: boolean;
  /** The row of the file of each row of the table; absent where the table is the file's own. */
  readonly rowOrigins?: FileRows;
}

/**
 * Makes features and target of a table and its roles; every row is kept, under way, or set aside with a reason.
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
  const now = Math.min(options.now, options.asOf ?? options.now);
  const chosen = chooseRows({
    duration,
    isDerived: column === undefined,
    isByDay: start?.hasTime === false && end?.hasTime === false,
    start: start?.values ?? null,
    end: end?.values ?? null,
    identifier: findRoleColumn({ table, roles }, 'identifier'),
    version: findRoleColumn({ table, roles }, 'version'),
    now,
  });
  const positions = chosen.rows;
  const featureOrigins = planFeatures(table, roles, horizon, unit, options.usesHolidays);
  if (featureOrigins.length === 0)
    throw new AppError('no-feature', 'No column has a role that makes it a feature.');
  const built = buildFeatures(table, featureOrigins);
  const features = selectRows(built, positions);
  const announcedFeature = findAnnouncedFeature(table, roles, featureOrigins);
  const announced = announcedFeature === null ? undefined : findColumn(features, announcedFeature);
  const nameRows = (rows: TableRows): FileRows =>
    options.rowOrigins ? gather(options.rowOrigins, rows) : rows.slice();
  const groups = listRoleColumns({ table, roles }, ['group'], 'category').map(({ column: group }) => group);
  const { underWay, setAside } =
    start === undefined || end === undefined || unit === 'unknown'
      ? { underWay: { rows: new Int32Array(0), asOf: NaN }, setAside: chosen.setAside }
      : findUnderWay(
          {
            start: start.values,
            end: end.values,
            unit: findUnit(groups),
            now,
            ...(options.asOf !== undefined && { asOf: options.asOf }),
          },
          positions,
          chosen.setAside,
        );
  return {
    features,
    featureOrigins,
    target: gather(duration, positions),
    targetName: column?.name ?? `${(end as DateColumn).name} − ${(start as DateColumn).name}`,
    unit,
    start: start === undefined ? null : gather(start.values, positions),
    groups: groups.map((group) => selectColumnRows(group, positions)),
    announced: announced?.type === 'number' ? announced.values : null,
    announcedFeature,
    rows: nameRows(positions),
    positions,
    setAside,
    underWay: {
      features: selectRows(built, underWay.rows),
      elapsed: gather(start?.values ?? noNumber, underWay.rows).map(
        (begun) => (underWay.asOf - begun) / msPerDurationUnit(unit),
      ),
      start: gather(start?.values ?? noNumber, underWay.rows),
      groups: groups.map((group) => selectColumnRows(group, underWay.rows)),
      rows: nameRows(underWay.rows),
      positions: underWay.rows,
      asOf: underWay.asOf,
    },
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

const noNumber = new Float64Array(0);

/** The codes of the group of most labels: the unit, of unit and site. */
function findUnit(groups: readonly CategoryColumn[]): Int32Array | null {
  const [first, ...others] = groups;
  if (first === undefined) return null;
  return others.reduce((most, each) => (each.categories.length > most.categories.length ? each : most), first)
    .codes;
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
