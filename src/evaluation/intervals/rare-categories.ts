import type { CategoryColumn, Column } from '#data/table.ts';
import { arePoolable } from './class-answers.ts';
import { collectOrderStatistics, type OrderStatistics } from './order-statistic.ts';

/**
 * A label with few outages among few labels: the ten-yearly visit among the types. Whatever the unit, its outages answer
 * for it, for those of other types say nothing of them.
 */
export interface RareCategory {
  readonly column: string;
  readonly label: string;
  readonly scores: OrderStatistics;
}

/**
 * A category with fewer outages is rare, if it has so small a share of all and another of its column has so many: among
 * thirty outages every category is small, and refusing each would leave nothing to say.
 */
const LEAST_COMMON = 20;
const MOST_RARE_SHARE = 0.1;
const LEAST_BESIDE = 10;
/** Columns of few labels, and few rare ones each: a file holds no more. */
export const MAX_RARE = 1000;

/** The rare categories, the smallest first; `rows` are those of `scores`. O(columns × rows). */
export function collectRare(
  columns: readonly CategoryColumn[],
  rows: ArrayLike<number>,
  scores: Float64Array,
): readonly RareCategory[] {
  const found = columns.flatMap((column) => listRareCodes(column, rows).map((code) => ({ column, code })));
  return found
    .map(({ column: { name, codes, categories }, code }) => ({
      column: name,
      label: categories[code],
      scores: collectOrderStatistics(scores.filter((_, i) => codes[rows[i]] === code)),
    }))
    .sort((a, b) => a.scores.n - b.scores.n || compare(a.column, b.column) || compare(a.label, b.label))
    .slice(0, MAX_RARE);
}

function listRareCodes({ codes, categories }: CategoryColumn, rows: ArrayLike<number>): readonly number[] {
  const counts = new Int32Array(categories.length);
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    if (code >= 0) counts[code] += 1;
  }
  const met = Array.from(counts.keys()).filter((code) => counts[code] > 0);
  const isAmongCommon = met.some((code) => counts[code] >= LEAST_BESIDE);
  if (!isAmongCommon || arePoolable(met.map((code) => counts[code]))) return [];
  const most = Math.min(LEAST_COMMON - 1, MOST_RARE_SHARE * rows.length);
  return met.filter((code) => counts[code] <= most);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Of each row of a table the rarest of the rare categories it has, or null. O(columns) a row. */
export function createRareFinder(
  rare: readonly RareCategory[],
  columns: readonly Column[],
): (row: number) => RareCategory | null {
  const known = columns.flatMap((column) => {
    const labels = rare.map((each) => (each.column === column.name ? each.label : null));
    if (column.type !== 'category' || labels.every((label) => label === null)) return [];
    return [{ codes: column.codes, places: column.categories.map((label) => labels.indexOf(label)) }];
  });
  return (row) => {
    const places = known.flatMap(({ codes, places: ofCode }) => {
      const place = ofCode[codes[row]] ?? -1;
      return place >= 0 ? [place] : [];
    });
    return places.length > 0 ? (rare[Math.min(...places)] ?? null) : null;
  };
}
