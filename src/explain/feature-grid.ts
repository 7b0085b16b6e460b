import { countCodes } from '#base/arrays.ts';
import { findRange, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { Column } from '#data/table.ts';

/** The values of one feature at which the model is asked. */
export type FeatureGrid =
  | { readonly type: 'number' | 'date'; readonly values: Float64Array }
  | { readonly type: 'category'; readonly labels: readonly string[] };

/**
 * Where to draw a feature's effect: between its 5 and 95 % quantiles, where there are outages to tell
 * it. Up to `nPoints` distinct values are all taken, more are evenly spaced; categories are all taken,
 * in order of frequency and then of label, at most `nPoints`. O(n log n).
 */
export function findFeatureGrid(column: Column, nPoints = 30): FeatureGrid {
  if (column.type === 'category') return { type: 'category', labels: rankLabels(column).slice(0, nPoints) };
  const sorted = sortedFinite(column.values);
  if (sorted.length === 0) return { type: column.type, values: new Float64Array(0) };
  const low = quantileOfSorted(sorted, 0.05);
  const high = quantileOfSorted(sorted, 0.95);
  const distinct = sorted.filter((value, i) => value !== sorted[i - 1] && value >= low && value <= high);
  if (distinct.length <= nPoints) return { type: column.type, values: distinct };
  const step = (high - low) / (nPoints - 1);
  const values = Float64Array.from({ length: nPoints }, (_, i) =>
    i === nPoints - 1 ? high : low + i * step,
  );
  return { type: column.type, values };
}

/** Points drawn on each side beyond the quantiles. */
const N_BEYOND = 4;

/**
 * The grid of `findFeatureGrid`, and a few points beyond its quantiles, where outages are few: to the column's ends,
 * but no further than a quarter of the grid's width on each side, as one far value would press the rest together.
 */
export function findWideGrid(column: Column, nPoints = 30): FeatureGrid {
  const grid = findFeatureGrid(column, nPoints);
  if (column.type === 'category' || grid.type === 'category' || grid.values.length < 2) return grid;
  const sorted = sortedFinite(column.values);
  const [low, high] = findRange(grid.values);
  const [least, greatest] = findRange(sorted);
  const room = (high - low) / 4;
  const from = Math.max(least, low - room);
  const to = Math.min(greatest, high + room);
  const isWhole = sorted.every(Number.isInteger);
  const between = (start: number, end: number) =>
    Array.from({ length: N_BEYOND }, (_, i) => start + ((i + 1) / N_BEYOND) * (end - start)).map((value) =>
      isWhole ? Math.round(value) : value,
    );
  const beyond = [...(from < low ? between(low, from) : []), ...(to > high ? between(high, to) : [])];
  const values = Float64Array.from(new Set([...grid.values, ...beyond])).sort();
  return { type: grid.type, values };
}

function rankLabels(column: Extract<Column, { type: 'category' }>): string[] {
  const counts = countCodes(column.codes, column.categories.length);
  return column.categories
    .map((label, code) => ({ label, count: counts[code] }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
    .map(({ label }) => label);
}

export function countGridPoints(grid: FeatureGrid): number {
  return grid.type === 'category' ? grid.labels.length : grid.values.length;
}

/** The column with every row at one point of the grid. */
export function holdAt(column: Column, grid: FeatureGrid, point: number): Column {
  const { length } = column.type === 'category' ? column.codes : column.values;
  if (grid.type === 'category') {
    const { name } = column;
    return {
      type: 'category',
      name,
      codes: new Int32Array(length),
      categories: [grid.labels[point]],
    };
  }
  const values = new Float64Array(length).fill(grid.values[point]);
  return column.type === 'date' ? { ...column, values } : { type: 'number', name: column.name, values };
}
