import { plainName } from '../column-words.ts';
import type { DateOrder } from '../dates.ts';
import { parseInterval, type WrittenInterval } from '../intervals-in-text.ts';
import type { CategoryColumn, Column, DateColumn, NumberColumn, Table } from '../table.ts';
import { findUnitInName, msPerUnit, readTimeUnit, type TimeUnit, toColumnUnit } from '../time-units.ts';
import { saysDuration, saysTimeOfDay } from './infer-type.ts';

/**
 * What was made of several columns, or of one that held several things. Left out where a person names one of `from`
 * among the columns to leave `apart`.
 */
export interface Arrangement {
  readonly kind: 'date-and-time' | 'interval' | 'unit-column';
  /** Columns of the file. */
  readonly from: readonly string[];
  /** Columns of the table. */
  readonly into: readonly string[];
  /** The unit that all values are in now, of a column of units. */
  readonly unit?: TimeUnit;
  /** Cells without their other half: a date without a time, a number without a unit. */
  readonly nIncomplete: number;
}

export interface Arranged {
  readonly table: Table;
  readonly arrangements: readonly Arrangement[];
}

interface Made extends Arrangement {
  readonly columns: readonly Column[];
}

/**
 * Joins a date and its time of day, divides an interval in one cell into its start and end, and brings durations whose
 * unit stands in a column beside them to one unit. O(columns² + cells).
 */
export function arrangeColumns(table: Table, order: DateOrder, apart: ReadonlySet<string>): Arranged {
  const free = table.columns.filter(({ name }) => !apart.has(name));
  const made: Made[] = [...joinTimes(free), ...divideIntervals(free, order), ...convertByUnits(free, table)];
  if (made.length === 0) return { table, arrangements: [] };
  const firstOf = new Map(made.map((arrangement) => [arrangement.from[0], arrangement.columns]));
  const taken = new Set(made.flatMap(({ from }) => from));
  const columns = table.columns.flatMap((column): readonly Column[] =>
    taken.has(column.name) ? (firstOf.get(column.name) ?? []) : [column],
  );
  const arrangements = made.map(({ columns: _columns, ...arrangement }) => arrangement);
  return { table: { nRows: table.nRows, columns }, arrangements };
}

/** Each time of day goes with the date that is called alike but for those words, else with the one to its left. */
function joinTimes(columns: readonly Column[]): Made[] {
  const joined = new Set<Column>();
  return columns.flatMap((time, i): Made[] => {
    if (time.type !== 'number' || !saysTimeOfDay(time.name) || saysDuration(time.name)) return [];
    const hours = readHours(time);
    if (hours === null) return [];
    const days = columns.filter(
      (column): column is DateColumn => column.type === 'date' && !column.hasTime && !joined.has(column),
    );
    const left = columns[i - 1];
    const date =
      days.find(({ name }) => bareName(name) === bareName(time.name)) ??
      days.find((column) => column === left && bareName(time.name) === '') ??
      days.find(({ name }) => isSapPair(name, time.name));
    if (date === undefined) return [];
    joined.add(date);
    return [join(date, time, hours)];
  });
}

/** Hours of the day: told in hours, or as a spreadsheet's fraction of a day; null for numbers that are none. */
function readHours({ values, unit }: NumberColumn): Float64Array | null {
  let [nKnown, most] = [0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    if (value < 0 || value > 24) return null;
    nKnown++;
    most = Math.max(most, value);
  }
  if (nKnown === 0) return null;
  if (unit === 'hour') return values;
  return unit === undefined && most < 1 ? values.map((value) => value * 24) : null;
}

function join(date: DateColumn, time: NumberColumn, hours: Float64Array): Made {
  let nIncomplete = 0;
  const values = date.values.map((day, row) => {
    const hour = hours[row] ?? NaN;
    if (Number.isNaN(day) || !Number.isNaN(hour)) return day + Math.round(hour * 3600) * 1000;
    nIncomplete++;
    return day;
  });
  return {
    kind: 'date-and-time',
    from: [date.name, time.name],
    into: [date.name],
    nIncomplete,
    columns: [{ ...date, values, hasTime: true }],
  };
}

const dateAndTimeWords =
  /\b(dates?|jours?|days?|h|datum|tag|fecha|data|dia|giorno|heures?|times?|hours?|uhrzeit|zeit|horas?|ora|de|du|des|d|of|the|der|del|della|do|da)\b/g;

/** A name without what says that it holds a date or a time: « Heure de début » and « Date début » are alike. */
function bareName(name: string): string {
  return plainName(name)
    .replace(/\b(anfangs?|beginn|start|ende?|schluss)(datum|tag|uhrzeit|zeit)\b/g, '$1') // Startdatum, Startzeit
    .replace(dateAndTimeWords, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The technical names of SAP's malfunction start and end. */
function isSapPair(date: string, time: string): boolean {
  const [day, hour] = [plainName(date), plainName(time)];
  return (day === 'ausvn' && hour === 'auztv') || (day === 'ausbs' && hour === 'auztb');
}

/** As the type of a column: so many of its labels must read so. */
const minReadableShare = 0.9;

function divideIntervals(columns: readonly Column[], order: DateOrder): Made[] {
  return columns.flatMap((column): Made[] => {
    if (column.type !== 'category') return [];
    const sample = column.categories.slice(0, 20);
    if (!sample.some((label) => parseInterval(label, order) !== null)) return [];
    const intervals = column.categories.map((label) => parseInterval(label, order));
    const nRead = intervals.filter((interval) => interval !== null).length;
    return nRead < minReadableShare * intervals.length ? [] : [divide(column, intervals)];
  });
}

function divide(column: CategoryColumn, intervals: readonly (WrittenInterval | null)[]): Made {
  const { name, codes } = column;
  const endNames = /\b(period|interval|window|outage)\b/i.test(name)
    ? { start: 'start', end: 'end' }
    : { start: 'début', end: 'fin' };
  const hasTime = intervals.some((interval) => interval?.hasTime);
  const make = (end: 'start' | 'end'): DateColumn => ({
    type: 'date',
    name: `${name} (${endNames[end]})`,
    values: Float64Array.from(codes, (code) => intervals[code]?.[end] ?? NaN),
    hasTime,
  });
  const columns = [make('start'), make('end')];
  const nIncomplete = codes.reduce((n, code) => n + (code >= 0 && intervals[code] === null ? 1 : 0), 0);
  return { kind: 'interval', from: [name], into: columns.map((each) => each.name), nIncomplete, columns };
}

/**
 * A column of units of time goes with the numbers to its left where they are called a duration or nothing else is, else
 * with the only column called a duration that says no unit itself.
 */
function convertByUnits(columns: readonly Column[], table: Table): Made[] {
  return columns.flatMap((units): Made[] => {
    if (units.type !== 'category' || !saysUnit(units.name)) return [];
    const unitOf = units.categories.map(readTimeUnit);
    if (unitOf.length === 0 || unitOf.includes(null)) return [];
    const left = table.columns[table.columns.indexOf(units) - 1];
    const named = columns.filter(isOpenDuration).filter(({ name }) => saysDuration(name));
    const values =
      left &&
      isOpenDuration(left) &&
      columns.includes(left) &&
      (named.length === 0 || saysDuration(left.name))
        ? left
        : named.length === 1
          ? named[0]
          : undefined;
    return values === undefined ? [] : [convert(values, units, unitOf as readonly (TimeUnit | 'second')[])];
  });
}

function isOpenDuration(column: Column): column is NumberColumn {
  return column.type === 'number' && column.unit === undefined && findUnitInName(column.name) === null;
}

function saysUnit(name: string): boolean {
  return /\b(unites?|units?|uom|uni?|[a-z]*einheit|unidad|unita|unidade|u m|zeinh|mesure)\b/.test(
    plainName(name),
  );
}

function convert(
  { name, values }: NumberColumn,
  { name: unitsName, codes }: CategoryColumn,
  unitOf: readonly (TimeUnit | 'second')[],
): Made {
  const unit = findMainUnit(codes, unitOf);
  let nIncomplete = 0;
  const converted = values.map((value, row) => {
    const own = unitOf[codes[row] ?? -1];
    if (own === unit) return value;
    // A nought is the same in any unit.
    if (own === undefined && !Number.isNaN(value) && value !== 0) nIncomplete++;
    return own === undefined ? (value === 0 ? 0 : NaN) : (value * msPerUnit[own]) / msPerUnit[unit];
  });
  const column: Column = { type: 'number', name, values: converted, unit };
  return {
    kind: 'unit-column',
    from: [name, unitsName],
    into: [name],
    unit,
    nIncomplete,
    columns: [column],
  };
}

/** The unit of most rows; minutes for seconds. */
function findMainUnit(codes: Int32Array, unitOf: readonly (TimeUnit | 'second')[]): TimeUnit {
  const counts = new Map<TimeUnit, number>();
  for (const code of codes) {
    const written = unitOf[code];
    if (written === undefined) continue;
    const unit = toColumnUnit(written);
    counts.set(unit, (counts.get(unit) ?? 0) + 1);
  }
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), ['hour', 0] as [
    TimeUnit,
    number,
  ])[0];
}
