import { lowerBound, range, upperBound } from '#base/arrays.ts';
import { median } from '#base/statistics.ts';
import { MS_PER_DAY } from '../dates.ts';
import { requireColumn, requireColumns } from '../require-columns.ts';
import { findColumn, type Column, type Table } from '../table.ts';
import { foldLabel, type FactorPart, type FactorPlan, type FactorValue } from './factor-plan.ts';

/** The rows of one label in the order of their dates. */
export interface FactorSeries {
  /** Milliseconds, ascending, each once. */
  readonly times: Float64Array;
  /** By factor: a value at each time, NaN missing; of labels their codes. */
  readonly values: ReadonlyMap<string, Float64Array>;
}

/** The second file, ready for questions. */
export interface FactorIndex {
  readonly plan: FactorPlan;
  /** By folded label; by the empty text where there is no key. */
  readonly series: ReadonlyMap<string, FactorSeries>;
  /** No row has a time of day: a row tells of its whole day. */
  readonly isByDay: boolean;
  /** Days between two rows of one label, as a rule; NaN for a single row. */
  readonly stepDays: number;
  /** The last instant it tells of; NaN where no row has a date. */
  readonly until: number;
  /** Rows that share label and date with an earlier one: their numbers are averaged, of labels the last one counts. */
  readonly nMerged: number;
  /** Rows without a date, or without a label where there is a key. */
  readonly nUnplaced: number;
}

/**
 * Throws `model-columns-missing` where the file lacks a column of the plan. O(rows × factors + rows log rows), without the
 * logarithm where the rows are in order of date.
 */
export function indexFactors(factors: Table, plan: FactorPlan): FactorIndex {
  const [date] = requireColumns(factors, [{ name: plan.date, type: 'date' }]);
  const names = [...new Set(plan.values.map(({ factor }) => factor))];
  const columns = names.map((name) => requireColumn(factors, name));
  const rowsOf = groupRows(factors, plan, date.values);
  const series = new Map<string, FactorSeries>();
  let nPlaced = 0;
  let nTimes = 0;
  let until = NaN;
  for (const [label, rows] of rowsOf) {
    const one = buildSeries(rows, date.values, columns);
    series.set(label, one);
    nPlaced += rows.length;
    nTimes += one.times.length;
    const last = one.times.at(-1) ?? NaN;
    if (!(last <= until)) until = last;
  }
  return {
    plan,
    series,
    isByDay: date.values.every((instant) => Number.isNaN(instant) || instant % MS_PER_DAY === 0),
    stepDays: measureStep(series),
    until,
    nMerged: nPlaced - nTimes,
    nUnplaced: factors.nRows - nPlaced,
  };
}

/** Rows by folded label, each in order of date. */
function groupRows(
  factors: Table,
  { key }: FactorPlan,
  dates: Float64Array,
): ReadonlyMap<string, Int32Array> {
  const labels = key && requireColumns(factors, [{ name: key.factors, type: 'category' }])[0];
  const folded = labels?.categories.map(foldLabel);
  const gathered = new Map<string, number[]>();
  for (const row of range(factors.nRows)) {
    const label = labels ? folded?.[labels.codes[row] ?? -1] : '';
    if (label === undefined || !Number.isFinite(dates[row])) continue;
    const rows = gathered.get(label);
    if (rows) rows.push(row);
    else gathered.set(label, [row]);
  }
  return new Map([...gathered].map(([label, rows]) => [label, sortByDate(rows, dates)]));
}

function sortByDate(rows: readonly number[], dates: Float64Array): Int32Array {
  const at = (row: number) => dates[row] as number;
  const isInOrder = rows.every((row, i) => i === 0 || at(rows[i - 1] as number) <= at(row));
  const sorted = Int32Array.from(rows);
  return isInOrder ? sorted : sorted.sort((a, b) => at(a) - at(b) || a - b);
}

function buildSeries(rows: Int32Array, dates: Float64Array, columns: readonly Column[]): FactorSeries {
  const starts: number[] = [];
  for (const [i, row] of rows.entries())
    if (i === 0 || dates[row] !== dates[rows[i - 1] as number]) starts.push(i);
  const times = Float64Array.from(starts, (i) => dates[rows[i] as number] as number);
  const values = new Map(
    columns.map((column) => {
      const merge = column.type === 'category' ? findLast : average;
      const cells = column.type === 'category' ? column.codes : column.values;
      const isKnown = (value: number) => (column.type === 'category' ? value >= 0 : !Number.isNaN(value));
      const known = (from: number, to: number) =>
        Array.from(rows.subarray(from, to), (row) => cells[row] as number).filter(isKnown);
      return [
        column.name,
        times.map((_, at) => merge(known(starts[at] as number, starts[at + 1] ?? rows.length))),
      ];
    }),
  );
  return { times, values };
}

const findLast = (values: readonly number[]) => values.at(-1) ?? NaN;
const average = (values: readonly number[]) =>
  values.length === 1 ? (values[0] as number) : values.reduce((sum, value) => sum + value, 0) / values.length;

/** Of the longest series; a thousand of its gaps tell enough. */
function measureStep(series: ReadonlyMap<string, FactorSeries>): number {
  let longest: Float64Array = new Float64Array(0);
  for (const { times } of series.values()) if (times.length > longest.length) longest = times;
  const head = longest.subarray(0, 1000);
  return median(head.subarray(1).map((time, i) => time - (head[i] as number))) / MS_PER_DAY;
}

/**
 * One value of an outage that starts at an instant: nothing later is read, and of a window nothing at the instant itself.
 * NaN where there is none; a window of which less than half is known has none. O(values in the window + log n).
 */
export function readFactor(
  { isByDay, stepDays, plan: { maxAgeDays } }: FactorIndex,
  { times, values }: FactorSeries,
  { factor, part, days }: Pick<FactorValue, 'factor' | 'part' | 'days'>,
  start: number,
): number {
  const cells = values.get(factor);
  if (cells === undefined || Number.isNaN(start)) return NaN;
  const asked = isByDay ? Math.floor(start / MS_PER_DAY) * MS_PER_DAY : start;
  if (part === 'at-start') {
    const oldest = asked - maxAgeDays * MS_PER_DAY;
    for (let at = upperBound(times, asked) - 1; at >= 0 && (times[at] as number) >= oldest; at--) {
      if (!Number.isNaN(cells[at])) return cells[at] as number;
    }
    return NaN;
  }
  const from = lowerBound(times, asked - days * MS_PER_DAY);
  const window = cells.subarray(from, lowerBound(times, asked));
  return summarise(window, part, days / (stepDays > 0 ? stepDays : days));
}

function summarise(window: Float64Array, part: Exclude<FactorPart, 'at-start'>, nExpected: number): number {
  let [n, sum, min, max] = [0, 0, Infinity, -Infinity];
  for (const value of window) {
    if (Number.isNaN(value)) continue;
    n++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (n === 0 || n < Math.floor(nExpected / 2)) return NaN;
  return { mean: sum / n, min, max, sum }[part];
}

/** The labels of a factor that is told in words; null of one told in numbers. */
export function findFactorLabels(factors: Table, factor: string): readonly string[] | null {
  const column = findColumn(factors, factor);
  return column?.type === 'category' ? column.categories : null;
}
