import { countCodes } from '#base/arrays.ts';
import { runAtOnce, sortFinite, type Sliced } from '#base/slices.ts';
import { quantileOfSorted } from '#base/statistics.ts';
import { civilFromInstant } from './dates.ts';
import type { CategoryColumn, Column, ColumnType, DateColumn, NumberColumn, Table } from './table.ts';

/** What one column holds, as small plain data for a screen. Dates are instants in milliseconds. */
export interface ColumnProfile {
  readonly name: string;
  readonly type: ColumnType;
  readonly nRows: number;
  readonly nMissing: number;
  readonly nDistinct: number;
  /** Cells whose text could not be read as the column's type. */
  readonly nUnread: number;
  /** The first distinct values, as text. */
  readonly examples: readonly string[];
  /** All values are whole numbers. */
  readonly isInteger?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
  readonly quantiles?: { p5: number; p25: number; p50: number; p75: number; p95: number };
  /** Counts in equal intervals; `edges` has one more value than `counts`. */
  readonly histogram?: { edges: readonly number[]; counts: readonly number[] };
  /** The most frequent labels, most first. */
  readonly topCategories?: readonly { label: string; count: number }[];
  readonly hasTime?: boolean;
  /** Of numbers that were written with a unit, or beside one: `NumberColumn.unit`. */
  readonly unit?: string;
}

const nExamples = 5;
const nTopCategories = 20;
const maxHistogramBins = 30;

/** Profiles every column. `unreadCounts` by column name, where the reader gave them. O(cells log rows). */
export function profileTable(table: Table, unreadCounts?: ReadonlyMap<string, number>): ColumnProfile[] {
  return table.columns.map((column) => profileColumn(column, unreadCounts?.get(column.name) ?? 0));
}

export function profileColumn(column: Column, nUnread = 0): ColumnProfile {
  return runAtOnce(profileColumnInSlices(column, nUnread));
}

/** The same, pausing. */
export function* profileColumnInSlices(column: Column, nUnread = 0): Sliced<ColumnProfile> {
  if (column.type === 'category') return profileLabels(column, nUnread);
  return yield* profileValues(column, nUnread);
}

function profileLabels(column: CategoryColumn, nUnread: number): ColumnProfile {
  const counts = countCodes(column.codes, column.categories.length);
  const nKnown = counts.reduce((sum, count) => sum + count, 0);
  const present = column.categories
    .map((label, code) => ({ label, count: counts[code] ?? 0 }))
    .filter(({ count }) => count > 0);
  const topCategories = [...present].sort((a, b) => b.count - a.count).slice(0, nTopCategories);
  return {
    name: column.name,
    type: 'category',
    nRows: column.codes.length,
    nMissing: column.codes.length - nKnown,
    nDistinct: present.length,
    nUnread,
    examples: present.slice(0, nExamples).map(({ label }) => label),
    topCategories,
  };
}

function* profileValues(column: NumberColumn | DateColumn, nUnread: number): Sliced<ColumnProfile> {
  const sorted = yield* sortFinite(column.values);
  yield;
  const base = {
    name: column.name,
    type: column.type,
    nRows: column.values.length,
    nMissing: column.values.length - sorted.length,
    nDistinct: countDistinctSorted(sorted),
    nUnread,
    examples: firstDistinct(column.values).map((value) => describeValue(column, value)),
    ...(column.type === 'date' ? { hasTime: column.hasTime } : column.unit && { unit: column.unit }),
  };
  const [min = NaN, max = min] = [sorted[0], sorted.at(-1)];
  if (sorted.length === 0) return base;
  const at = (share: number) => quantileOfSorted(sorted, share);
  let sum = 0;
  for (const value of sorted) sum += value;
  yield;
  const isInteger = sorted.every((value) => Number.isInteger(value));
  yield;
  return {
    ...base,
    isInteger,
    min,
    max,
    mean: sum / sorted.length,
    quantiles: { p5: at(0.05), p25: at(0.25), p50: at(0.5), p75: at(0.75), p95: at(0.95) },
    histogram: countHistogram(sorted, min, max),
  };
}

/** A value as a person of any language reads it: point as decimal mark, ISO dates. */
function describeValue(column: NumberColumn | DateColumn, value: number): string {
  if (column.type === 'number') return String(value);
  const { year, month, day, hour, minute } = civilFromInstant(value);
  const two = (part: number) => String(part).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return column.hasTime ? `${date} ${two(hour)}:${two(minute)}` : date;
}

function firstDistinct(values: Float64Array): number[] {
  const found: number[] = [];
  for (const value of values) {
    if (Number.isNaN(value) || found.includes(value)) continue;
    found.push(value);
    if (found.length === nExamples) break;
  }
  return found;
}

function countDistinctSorted(sorted: Float64Array): number {
  let n = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) n++;
  return n;
}

/** Bin width by Freedman and Diaconis, between 5 and 30 bins; a bin per value for few whole numbers. */
function countHistogram(
  sorted: Float64Array,
  min: number,
  max: number,
): { edges: number[]; counts: number[] } {
  // Values so close that doubles hold no edges between them are one value to a person.
  const narrowest = (max - min) / maxHistogramBins;
  if (min + narrowest === min || max - narrowest === max)
    return { edges: [min - 0.5, max + 0.5], counts: [sorted.length] };
  const isSmallIntegers = max - min < maxHistogramBins && sorted.every((value) => Number.isInteger(value));
  const spread = quantileOfSorted(sorted, 0.75) - quantileOfSorted(sorted, 0.25);
  const ideal = (2 * spread) / Math.cbrt(sorted.length);
  const nIdeal = ideal > 0 ? Math.ceil((max - min) / ideal) : maxHistogramBins;
  const nBins = isSmallIntegers ? max - min + 1 : Math.max(5, Math.min(maxHistogramBins, nIdeal));
  const from = isSmallIntegers ? min - 0.5 : min;
  const width = isSmallIntegers ? 1 : (max - min) / nBins;
  const counts = Array.from<number>({ length: nBins }).fill(0);
  for (const value of sorted) {
    const bin = Math.min(nBins - 1, Math.floor((value - from) / width));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { edges: Array.from({ length: nBins + 1 }, (_, i) => from + i * width), counts };
}
