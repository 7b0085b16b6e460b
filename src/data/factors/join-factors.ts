import { MS_PER_DAY } from '../dates.ts';
import { requireColumns } from '../require-columns.ts';
import type { Column, Table } from '../table.ts';
import { findFactorLabels, readFactor, type FactorIndex, type FactorSeries } from './factor-series.ts';
import { foldLabel, type FactorPlan } from './factor-plan.ts';

/** What became of the outages in a join. The counts of those without a value add up to `nRows − nMatched`. */
export interface FactorMatch {
  readonly nRows: number;
  /** With a value at least. */
  readonly nMatched: number;
  /** Whose label the second file does not have, or that have none; the first of these labels. */
  readonly nUnknownKey: number;
  readonly unknownKeys: readonly string[];
  /** Without a start. */
  readonly nNoStart: number;
  /** That start before the first date, or too long after the last one. */
  readonly nOutside: number;
  /** Where the second file has a hole. */
  readonly nInGap: number;
  /** Rows of the second file: of one label and date, and without either. */
  readonly nMerged: number;
  readonly nUnplaced: number;
}

const MAX_UNKNOWN_KEYS = 5;

/** What tells which series an outage belongs to, and where in it it starts. */
export interface PlacedOutages {
  readonly starts: Float64Array;
  /** The label of a row, null where it has none; the empty text where there is no key. */
  readonly labelOf: (row: number) => string | null;
  /** The same, folded. */
  readonly foldedOf: (row: number) => string | null;
}

/** Throws `model-columns-missing` where the table lacks the start or the key. */
export function placeOutages(table: Table, { start, key }: Pick<FactorPlan, 'start' | 'key'>): PlacedOutages {
  const [{ values: starts }] = requireColumns(table, [{ name: start, type: 'date' }]);
  if (key === null) return { starts, labelOf: () => '', foldedOf: () => '' };
  const [{ codes, categories }] = requireColumns(table, [{ name: key.outages, type: 'category' }]);
  const folded = categories.map(foldLabel);
  return {
    starts,
    labelOf: (row) => categories[codes[row] ?? -1] ?? null,
    foldedOf: (row) => folded[codes[row] ?? -1] ?? null,
  };
}

/**
 * The plan's values for the rows of a table, and how many rows have one. Throws `model-columns-missing` where the table lacks
 * the start or the key. O(rows × values × (log n + values in a window)).
 */
export function joinFactors(
  factors: Table,
  index: FactorIndex,
  table: Table,
): { readonly columns: readonly Column[]; readonly match: FactorMatch } {
  const { plan, series } = index;
  const { starts, labelOf, foldedOf } = placeOutages(table, plan);
  const seriesOf = Array.from(starts, (_, row) => series.get(foldedOf(row) ?? '\0'));
  const hasValue = new Uint8Array(table.nRows);
  const columns = plan.values.map((value): Column => {
    const { column: name, factor } = value;
    const values = starts.map((start, row) => {
      const one = seriesOf[row];
      const found = one ? readFactor(index, one, value, start) : NaN;
      if (!Number.isNaN(found)) hasValue[row] = 1;
      return found;
    });
    const categories = findFactorLabels(factors, factor);
    if (categories === null) return { type: 'number', name, values };
    return {
      type: 'category',
      name,
      categories,
      codes: Int32Array.from(values, (code) => (code >= 0 ? code : -1)),
    };
  });
  const counts = { matched: 0, key: 0, start: 0, outside: 0, gap: 0 };
  const unknownKeys = new Set<string>();
  for (const [row, start] of starts.entries()) {
    const one = seriesOf[row];
    if (hasValue[row] === 1) counts.matched++;
    else if (Number.isNaN(start)) counts.start++;
    else if (one === undefined) {
      counts.key++;
      const label = labelOf(row);
      if (label !== null && unknownKeys.size < MAX_UNKNOWN_KEYS) unknownKeys.add(label);
    } else if (isOutside(one, plan, start)) counts.outside++;
    else counts.gap++;
  }
  const match: FactorMatch = {
    nRows: table.nRows,
    nMatched: counts.matched,
    nUnknownKey: counts.key,
    unknownKeys: [...unknownKeys],
    nNoStart: counts.start,
    nOutside: counts.outside,
    nInGap: counts.gap,
    nMerged: index.nMerged,
    nUnplaced: index.nUnplaced,
  };
  return { columns, match };
}

function isOutside({ times }: FactorSeries, { maxAgeDays }: FactorPlan, start: number): boolean {
  const [first = NaN, last = NaN] = [times[0], times.at(-1)];
  return start < first || start > last + (maxAgeDays + 1) * MS_PER_DAY;
}

/** The labels that tell which series an outage belongs to; the empty text alone where there is no key. */
export function listOutageLabels(table: Table, { key }: Pick<FactorPlan, 'key'>): readonly string[] {
  if (key === null) return [''];
  const [{ categories }] = requireColumns(table, [{ name: key.outages, type: 'category' }]);
  return categories;
}
