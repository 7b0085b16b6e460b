import { AppError } from '#base/errors.ts';
import { findShift, readCalendarPart } from './calendar-columns.ts';
import { MS_PER_DAY } from './dates.ts';
import { atStart, type Horizon } from './known-when.ts';
import type { RoleAssignment } from './roles.ts';
import { findColumn, type Column, type DateColumn, type NumberColumn, type Table } from './table.ts';

/**
 * Where one feature comes from. `value`: the column as it is. Of a date: `month` 1–12, `weekday`
 * 1 (Monday)–7, `hour`; `age`: days from it to `reference` (the start of the outage; negative
 * where it lies after), `days`: days since 1970. Plain data, kept with a model so that new rows are prepared in the same way.
 */
export interface FeatureOrigin {
  readonly feature: string;
  /** The column of the file: importance shows one bar per original column. */
  readonly column: string;
  readonly part: 'value' | 'month' | 'weekday' | 'hour' | 'age' | 'days';
  readonly reference?: string;
}

/**
 * Features from the columns with role lever, context, group, date and start. Of a start that is only planned the season
 * counts: it slips by more than a weekday. O(cells).
 */
export function planFeatures(
  table: Table,
  roles: readonly RoleAssignment[],
  { kind }: Horizon = atStart,
): FeatureOrigin[] {
  const start = roles.find(({ role }) => role === 'start')?.column;
  const startColumn = start === undefined ? undefined : findColumn(table, start);
  const startDate = startColumn?.type === 'date' ? startColumn : undefined;
  const taken = new Set(roles.map(({ column }) => column));
  return roles.flatMap(({ column: name, role }): FeatureOrigin[] => {
    const column = findColumn(table, name);
    if (column === undefined) return [];
    const isFeature = role === 'lever' || role === 'context' || role === 'group' || role === 'date';
    if (isFeature && column.type !== 'date') return [{ feature: name, column: name, part: 'value' }];
    if (isFeature && column.type === 'date') return [planDate(column, startDate, taken)];
    if (role === 'start' && column.type === 'date') return planStart(column, table, taken, kind === 'plan');
    return [];
  });
}

/** Relative to the start where the date lies on one side of it, since outages of other years are compared by that. */
function planDate(column: DateColumn, start: DateColumn | undefined, taken: Set<string>): FeatureOrigin {
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
  for (let row = 0; row < column.values.length; row++) {
    const age = (start.values[row] as number) - (column.values[row] as number);
    if (age >= 0) nBefore++;
    else if (age < 0) nAfter++;
  }
  return Math.max(nBefore, nAfter) >= 0.9 * (nBefore + nAfter) ? 'age' : 'days';
}

/**
 * Season and week of the start, unless the file already has that column. The instant itself is no
 * feature: trees cannot carry it beyond the training period.
 */
function planStart(start: DateColumn, table: Table, taken: Set<string>, isPlanned: boolean): FeatureOrigin[] {
  const parts = isPlanned
    ? (['month'] as const)
    : start.hasTime
      ? (['month', 'weekday', 'hour'] as const)
      : (['month', 'weekday'] as const);
  const numbers = table.columns.filter((column): column is NumberColumn => column.type === 'number');
  return parts.flatMap((part): FeatureOrigin[] => {
    const values = computePart(start, part, undefined);
    // Equal but for a constant: weekdays are counted from 0 or from 1.
    if (numbers.some((column) => findShift(column.values, values) !== null)) return [];
    return [{ feature: nameFeature(start.name, part, taken), column: start.name, part }];
  });
}

function nameFeature(name: string, part: FeatureOrigin['part'], taken: Set<string>): string {
  let feature = `${name} [${part}]`;
  while (taken.has(feature)) feature += '′';
  taken.add(feature);
  return feature;
}

/**
 * The features of all rows of a table, as planned when the model was trained.
 * Throws `model-columns-missing` with the names of columns the table lacks or holds as another type.
 */
export function buildFeatures(table: Table, origins: readonly FeatureOrigin[]): Table {
  const missing = new Set<string>();
  const date = (name: string): DateColumn | undefined => {
    const column = findColumn(table, name);
    if (column?.type === 'date') return column;
    missing.add(name);
    return undefined;
  };
  const columns = origins.flatMap((origin): Column[] => {
    if (origin.part === 'value') {
      const column = findColumn(table, origin.column);
      if (column === undefined) missing.add(origin.column);
      return column === undefined ? [] : [{ ...column, name: origin.feature }];
    }
    const column = date(origin.column);
    const reference = origin.reference === undefined ? undefined : date(origin.reference);
    if (column === undefined) return [];
    return [{ type: 'number', name: origin.feature, values: computePart(column, origin.part, reference) }];
  });
  if (missing.size > 0) {
    const columnNames = [...missing];
    throw new AppError('model-columns-missing', `Columns missing: ${columnNames.join(', ')}`, {
      columns: columnNames,
    });
  }
  return { nRows: table.nRows, columns };
}

function computePart(
  column: DateColumn,
  part: Exclude<FeatureOrigin['part'], 'value'>,
  reference: DateColumn | undefined,
): Float64Array {
  if (part === 'days') return column.values.map((instant) => instant / MS_PER_DAY);
  if (part === 'age') {
    return column.values.map((instant, row) => ((reference?.values[row] ?? NaN) - instant) / MS_PER_DAY);
  }
  return readCalendarPart(column.values, part);
}
