import { civilFromInstant, daysFromCivil, MS_PER_DAY } from '../dates.ts';
import type { NumberColumn, Table } from '../table.ts';
import { foldLabel, type FactorPlan, type FactorValue, nameUsual } from './factor-plan.ts';
import { findFactorLabels, type FactorIndex, type FactorSeries, readFactor } from './factor-series.ts';
import { placeOutages, type PlacedOutages } from './join-factors.ts';

/**
 * What each value of a plan was in each month of each year: what stands for it where it is not known. Plain JSON, kept
 * with a model.
 */
export interface Climatology {
  /** Folded; the empty text alone where there is no key. */
  readonly labels: readonly string[];
  /** The year of the first month; the months follow one another. */
  readonly firstYear: number;
  /** By value of the plan, by label, by month: the mean, to six digits; null for none. Of a value in words: no label. */
  readonly means: readonly (readonly (readonly (number | null)[])[])[];
  /** The last instant it tells of, in milliseconds; null for none. */
  readonly until: number | null;
}

const MONTHS = 12;

/**
 * Of a value at the start: the mean of the factor over the month; of a window, that of the windows that end on the days
 * of the month. `labels` are those to keep. O(values × rows in a window).
 */
export function buildClimatology(index: FactorIndex, factors: Table, labels: readonly string[]): Climatology {
  const kept = [...new Set(Array.from(labels, foldLabel))].filter((label) => index.series.has(label)).sort();
  const series = kept.map((label) => index.series.get(label) as FactorSeries);
  const firstTimes = series.flatMap(({ times }) => Array.from(times.subarray(0, 1)));
  const firstYear = firstTimes.length === 0 ? 0 : civilFromInstant(Math.min(...firstTimes)).year;
  return {
    labels: kept,
    firstYear,
    means: index.plan.values.map((value) =>
      findFactorLabels(factors, value.factor)
        ? []
        : series.map((one) => averageMonths(index, one, value, firstYear)),
    ),
    until: Number.isNaN(index.until) ? null : index.until,
  };
}

function averageMonths(
  index: FactorIndex,
  series: FactorSeries,
  value: FactorValue,
  firstYear: number,
): (number | null)[] {
  const sums: number[] = [];
  const counts: number[] = [];
  let before = NaN;
  const cells = series.values.get(value.factor);
  for (const [at, time] of series.times.entries()) {
    const day = Math.floor(time / MS_PER_DAY) * MS_PER_DAY;
    if (value.part !== 'at-start' && day === before) continue;
    before = day;
    const found = value.part === 'at-start' ? (cells?.[at] ?? NaN) : readFactor(index, series, value, day);
    if (Number.isNaN(found)) continue;
    const { year, month } = civilFromInstant(time);
    const position = MONTHS * (year - firstYear) + month - 1;
    sums[position] = (sums[position] ?? 0) + found;
    counts[position] = (counts[position] ?? 0) + 1;
  }
  return Array.from(sums, (_, month) => {
    const n = counts[month] ?? 0;
    return n === 0 ? null : Number(((sums[month] ?? 0) / n).toPrecision(6));
  });
}

/**
 * What a value usually is in the month of an instant: the mean of that month in earlier years, of those that were over by
 * `known`. NaN where there is none. O(years).
 */
export function findUsual(
  { firstYear, means, labels }: Climatology,
  value: number,
  label: string | null,
  start: number,
  known: number,
): number {
  const months = label === null ? undefined : means[value]?.[labels.indexOf(label)];
  if (months === undefined || Number.isNaN(start)) return NaN;
  const { year, month } = civilFromInstant(start);
  let [sum, n] = [0, 0];
  for (let each = firstYear; each < year; each++) {
    const mean = months[MONTHS * (each - firstYear) + month - 1] ?? null;
    const end =
      MS_PER_DAY * (month === MONTHS ? daysFromCivil(each + 1, 1, 1) : daysFromCivil(each, month + 1, 1));
    if (mean === null || end > known) continue;
    sum += mean;
    n++;
  }
  return sum / n;
}

/** The usual values of the rows of a table, as known `leadDays` before each start: columns named so, in the plan's order. */
export function buildUsualColumns(
  climatology: Climatology,
  plan: FactorPlan,
  table: Table,
  leadDays: number,
): readonly NumberColumn[] {
  const placed = placeOutages(table, plan);
  return plan.values.map(({ column }, value) => ({
    type: 'number' as const,
    name: nameUsual(column),
    values: placed.starts.map((_, row) => findUsualOf(climatology, value, placed, row, leadDays)),
  }));
}

function findUsualOf(
  climatology: Climatology,
  value: number,
  placed: PlacedOutages,
  row: number,
  leadDays: number,
): number {
  const start = placed.starts[row] ?? NaN;
  return findUsual(climatology, value, placed.foldedOf(row), start, start - leadDays * MS_PER_DAY);
}
