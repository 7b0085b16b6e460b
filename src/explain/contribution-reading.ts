import { gather, range } from '#base/arrays.ts';
import { findRange, mean, quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { Column } from '#data/table.ts';

/** Outages with low values, high values, or one label, and how far the column moves them on average. */
export interface ContributionGroup {
  /** The range of a number or date, or a label. */
  readonly from: number | string;
  readonly to: number | string;
  readonly mean: number;
  readonly n: number;
}

/** The one thing to remember of a column's SHAP values: between which outages they differ. */
export interface ContributionReading {
  readonly low: ContributionGroup;
  readonly high: ContributionGroup;
}

/** Fewer outages of a label do not speak for it. */
const LEAST_OF_LABEL = 5;

/**
 * Of a number or date: the third with the lowest values and the one with the highest. Of a category: the label moved
 * least (or shortened most) and the one moved most. Null where there are no two groups. O(n log n).
 */
export function readContributions(cells: Column, values: Float64Array): ContributionReading | null {
  return cells.type === 'category' ? readLabels(cells, values) : readThirds(cells.values, values);
}

function readThirds(cells: Float64Array, values: Float64Array): ContributionReading | null {
  const levels = findLevels(cells);
  const low = collect(cells, values, (i) => levels[i] === 0);
  const high = collect(cells, values, (i) => levels[i] === 2);
  return low && high ? { low, high } : null;
}

/** The third each value lies in: 0 low, 1 middle, 2 high; −1 for NaN, and for all where they are the same. O(n log n). */
export function findLevels(values: Float64Array): Int8Array {
  const sorted = sortedFinite(values);
  const [least, greatest] = findRange(sorted);
  if (!(least < greatest)) return new Int8Array(values.length).fill(-1);
  const [lower, upper] = [quantileOfSorted(sorted, 1 / 3), quantileOfSorted(sorted, 2 / 3)];
  return Int8Array.from(values, (value) => {
    if (Number.isNaN(value)) return -1;
    // Where one value fills a third or more, it may not be low and high at once.
    if (value <= lower && value < greatest) return 0;
    return value >= upper && value > least ? 2 : 1;
  });
}

function collect(
  cells: Float64Array,
  values: Float64Array,
  isMember: (index: number) => boolean,
): ContributionGroup | null {
  const members = range(cells.length).filter(isMember);
  if (members.length === 0) return null;
  const [from, to] = findRange(gather(cells, members));
  return {
    from,
    to,
    mean: mean(gather(values, members)),
    n: members.length,
  };
}

function readLabels(
  { codes, categories }: Extract<Column, { type: 'category' }>,
  values: Float64Array,
): ContributionReading | null {
  const groups = categories
    .map((label, code): ContributionGroup => {
      const own = values.filter((_, i) => codes[i] === code);
      return { from: label, to: label, mean: mean(own), n: own.length };
    })
    .filter(({ n }) => n >= LEAST_OF_LABEL)
    .sort((a, b) => a.mean - b.mean);
  const [low] = groups;
  const high = groups.at(-1);
  return low && high && low !== high ? { low, high } : null;
}
