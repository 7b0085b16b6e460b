import { findUnitInName, isTimeUnit, msPerUnit, timeUnits, type TimeUnit } from './time-units.ts';
import { subtract } from '#base/arrays.ts';
import { findShift, readCalendarPart, type CalendarPart } from './calendar-columns.ts';
import { MS_PER_DAY } from './dates.ts';
import { countDaysOff } from './french-holidays.ts';
import type { DurationUnit } from './duration-unit.ts';
import { atStart, type Horizon } from './known-when.ts';
import { requireColumns, type WantedColumn } from './require-columns.ts';
import { findRoleColumn } from './role-columns.ts';
import { featureRoles, type RoleAssignment } from './roles.ts';
import { findColumn, type Column, type DateColumn, type NumberColumn, type Table } from './table.ts';

/** Which column of the file a feature is made from, and shown under: importance has one bar a column. */
export interface FeatureOrigin {
  readonly feature: string;
  readonly column: string;
}

const spanParts = {
  minute: 'span-minutes',
  hour: 'span-hours',
  day: 'span-days',
  week: 'span-weeks',
  month: 'span-months',
} as const satisfies Record<TimeUnit, string>;
type SpanPart = (typeof spanParts)[TimeUnit];

export const holidayParts = ['holidays-7', 'holidays-30'] as const;
type HolidayPart = (typeof holidayParts)[number];

/**
 * How one feature is made of its column. `value`: the column as it is. Of a date: `month` 1–12, `weekday`
 * 1 (Monday)–7, `hour`; `age`: days from it to `reference` (the start of the outage; negative
 * where it lies after), `days`: days since 1970; `holidays-7`, `holidays-30`: French public holidays and bridge days within so many days from it; `span-days` …: from `reference` to it, in that unit. Plain data, kept with a model so that new rows are prepared in the same way.
 */
export interface PlannedFeature extends FeatureOrigin {
  readonly part: 'value' | 'month' | 'weekday' | 'hour' | 'age' | 'days' | SpanPart | HolidayPart;
  readonly reference?: string;
  /** What the values are multiplied by: an announced duration in another unit than the target. */
  readonly factor?: number;
}

/**
 * Features from the columns with role lever, context, group, date and start, and the announced duration in the target's
 * unit. Of a start that is only planned the season counts: it slips by more than a weekday. O(cells).
 */
export function planFeatures(
  table: Table,
  roles: readonly RoleAssignment[],
  { kind }: Horizon = atStart,
  unit: DurationUnit = 'day',
  usesHolidays = false,
): PlannedFeature[] {
  const start = findRoleColumn({ table, roles }, 'start', 'date');
  const announced = findAnnouncedColumn(table, roles);
  const taken = new Set(roles.map(({ column }) => column));
  return roles.flatMap(({ column: name, role }): PlannedFeature[] => {
    const column = findColumn(table, name);
    if (column === undefined) return [];
    const isFeature = featureRoles.includes(role);
    if (isFeature && column.type !== 'date') return [{ feature: name, column: name, part: 'value' }];
    if (isFeature && column.type === 'date') return [planDate(column, start, taken)];
    if (column === announced) return planAnnounced(column, start, unit, taken);
    if (role !== 'start' || column.type !== 'date') return [];
    const holidays = usesHolidays ? planHolidays(column, taken) : [];
    return [...planStart(column, table, taken, kind === 'plan'), ...holidays];
  });
}

/**
 * The column that holds what was announced: a duration before the end it leads to. Undefined where there is none, or an
 * end without a start to count from.
 */
function findAnnouncedColumn(table: Table, roles: readonly RoleAssignment[]): Column | undefined {
  const stated = findRoleColumn({ table, roles }, 'announced', 'number');
  if (stated !== undefined) return stated;
  const hasStart = findRoleColumn({ table, roles }, 'start', 'date') !== undefined;
  return hasStart ? findRoleColumn({ table, roles }, 'announced', 'date') : undefined;
}

/** The name of the feature that is the announced duration, in the target's unit; null where the plan has none. */
export function findAnnouncedFeature(
  table: Table,
  roles: readonly RoleAssignment[],
  plan: readonly PlannedFeature[],
): string | null {
  const announced = findAnnouncedColumn(table, roles)?.name;
  return plan.find(({ column }) => column === announced)?.feature ?? null;
}

function planAnnounced(
  column: Column,
  start: DateColumn | undefined,
  unit: DurationUnit,
  taken: Set<string>,
): PlannedFeature[] {
  const { name } = column;
  if (column.type === 'number') {
    const own = isTimeUnit(column.unit) ? column.unit : findUnitInName(name);
    const factor = own === null || unit === 'unknown' ? 1 : msPerUnit[own] / msPerUnit[unit];
    return [{ feature: name, column: name, part: 'value', ...(factor !== 1 && { factor }) }];
  }
  if (column.type !== 'date') return [{ feature: name, column: name, part: 'value' }];
  if (start === undefined) return [];
  const part = spanParts[unit === 'unknown' ? 'day' : unit];
  return [{ feature: nameFeature(name, part, taken), column: name, part, reference: start.name }];
}

/** Relative to the start where the date lies on one side of it, since outages of other years are compared by that. */
function planDate(column: DateColumn, start: DateColumn | undefined, taken: Set<string>): PlannedFeature {
  const { name } = column;
  const part = start === undefined ? 'days' : findSide(column, start);
  const feature = nameFeature(name, part, taken);
  return part === 'days' || start === undefined
    ? { feature, column: name, part: 'days' }
    : { feature, column: name, part, reference: start.name };
}

function findSide(column: DateColumn, start: DateColumn): 'age' | 'days' {
  let nBefore = 0;
  let nAfter = 0;
  for (const age of subtract(start.values, column.values)) {
    if (age >= 0) nBefore++;
    else if (age < 0) nAfter++;
  }
  return Math.max(nBefore, nAfter) >= 0.9 * (nBefore + nAfter) ? 'age' : 'days';
}

/**
 * Season and week of the start, unless the file already has that column. The instant itself is no
 * feature: trees cannot carry it beyond the training period.
 */
function planStart(
  start: DateColumn,
  table: Table,
  taken: Set<string>,
  isPlanned: boolean,
): PlannedFeature[] {
  const parts = isPlanned
    ? (['month'] as const)
    : start.hasTime
      ? (['month', 'weekday', 'hour'] as const)
      : (['month', 'weekday'] as const);
  const numbers = table.columns.filter((column): column is NumberColumn => column.type === 'number');
  return parts.flatMap((part): PlannedFeature[] => {
    const values = computePart(start, part, start);
    // Equal but for a constant: weekdays are counted from 0 or from 1.
    if (numbers.some((column) => findShift(column.values, values) !== null)) return [];
    return [{ feature: nameFeature(start.name, part, taken), column: start.name, part }];
  });
}

/** Known as long before as the start is. */
function planHolidays({ name }: DateColumn, taken: Set<string>): PlannedFeature[] {
  return holidayParts.map((part) => ({ feature: nameFeature(name, part, taken), column: name, part }));
}

function nameFeature(name: string, part: PlannedFeature['part'], taken: Set<string>): string {
  let feature = `${name} [${part}]`;
  while (taken.has(feature)) feature += '′';
  taken.add(feature);
  return feature;
}

/**
 * The features of all rows of a table, as planned when the model was trained.
 * Throws `model-columns-missing` with the names of columns the table lacks or holds as another type.
 */
export function buildFeatures(table: Table, plan: readonly PlannedFeature[]): Table {
  requireColumns(table, plan.flatMap(listSources)); // all that is missing, in one error
  return { nRows: table.nRows, columns: plan.map((planned) => buildFeature(table, planned)) };
}

function listSources({ column, part, reference }: PlannedFeature): WantedColumn[] {
  if (part === 'value') return [{ name: column }];
  return [column, ...(reference === undefined ? [] : [reference])].map((name) => ({ name, type: 'date' }));
}

function buildFeature(table: Table, planned: PlannedFeature): Column {
  const { feature, column: name, part, reference, factor = 1 } = planned;
  if (part === 'value') {
    const [column] = requireColumns(table, [{ name }]);
    if (factor === 1 || column.type === 'category') return { ...column, name: feature };
    return { ...column, name: feature, values: column.values.map((value) => value * factor) };
  }
  const [date, start] = requireColumns(table, [
    { name, type: 'date' },
    { name: reference ?? name, type: 'date' },
  ]);
  return { type: 'number', name: feature, values: computePart(date, part, start) };
}

function computePart(
  column: DateColumn,
  part: Exclude<PlannedFeature['part'], 'value'>,
  reference: DateColumn,
): Float64Array {
  if (part === 'days') return column.values.map((instant) => instant / MS_PER_DAY);
  const spanUnit = timeUnits.find((unit) => spanParts[unit] === part);
  if (spanUnit !== undefined) {
    return subtract(column.values, reference.values).map((ms) => ms / msPerUnit[spanUnit]);
  }
  if (part === 'age') return subtract(reference.values, column.values).map((ms) => ms / MS_PER_DAY);
  if (part === 'holidays-7' || part === 'holidays-30') {
    const days = part === 'holidays-7' ? 7 : 30;
    return column.values.map((instant) => countDaysOff(instant, days));
  }
  return readCalendarPart(column.values, part as CalendarPart);
}
