import { AppError } from '#base/errors.ts';

/**
 * Slack for level · (n + 1) to be read as the integer it stands for: 0.07 · 100 is 7.000000000000001
 * in binary, and the next rank up would be one too many.
 */
const ROUNDING = 1e-9;

/** Most order statistics kept of one sample of residuals: a model file stays small however long the data. */
const MAX_KEPT = 4096;

/** A sorted sample of residuals, or of a large one the order statistics at an even grid of ranks. JSON-able. */
export interface OrderStatistics {
  /** Size of the sample they were taken from. */
  readonly n: number;
  /** Ascending. values[j] has rank j + 1 when none was left out, else rank ceil((j + 1) · n / length). */
  readonly values: readonly number[];
}

/** NaN is left out; of more than `maxKept` values an even grid of ranks is kept. O(n log n). */
export function collectOrderStatistics(
  sample: ArrayLike<number>,
  maxKept: number = MAX_KEPT,
): OrderStatistics {
  const sorted = Float64Array.from(sample)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const n = sorted.length;
  const nKept = Math.min(n, maxKept);
  const values = Array.from({ length: nKept }, (_, j) => sorted[rankOfKept(j, n, nKept) - 1]);
  return { n, values };
}

function rankOfKept(j: number, n: number, nKept: number): number {
  return Math.ceil(((j + 1) * n) / nKept);
}

/** Smallest n whose order statistics reach `level` from both sides: 4 for 0.8, 9 for 0.9 and 0.1, 19 for 0.95. */
export function neededFor(level: number): number {
  checkLevel(level);
  return Math.ceil(Math.max(level / (1 - level), 1 / level - 1) - ROUNDING);
}

/**
 * `between`: the rank (n + 1)·level as it is, between its two neighbours. The next value lies at or below it with
 * probability `level`, exactly where values spread evenly about it. `up` and `down`: the next whole rank on that side,
 * so at least, or at most, with that probability whatever the values (Vovk, Gammerman & Shafer 2005), and on average
 * 0.4/(n + 1) more than was asked.
 */
export type RankRule = 'between' | 'up' | 'down';

/** The order statistic at rank (n + 1)·level, or null where n is too small to have one. O(1). */
export function findAtLevel(
  sample: OrderStatistics,
  level: number,
  rule: RankRule = 'between',
): number | null {
  checkLevel(level);
  const rank = roundRank(level * (sample.n + 1), rule);
  if (rank < 1 - ROUNDING || rank > sample.n + ROUNDING) return null;
  return valueAtRank(sample, Math.min(sample.n, Math.max(1, rank)), rule);
}

function roundRank(rank: number, rule: RankRule): number {
  const nearest = Math.round(rank);
  if (Math.abs(rank - nearest) <= ROUNDING) return nearest;
  if (rule === 'between') return rank;
  return rule === 'up' ? Math.ceil(rank) : Math.floor(rank);
}

/** Linear between the two kept ranks about it, or the one on the side that `rule` names. */
function valueAtRank({ n, values }: OrderStatistics, rank: number, rule: RankRule): number {
  const nKept = values.length;
  let above = Math.max(0, Math.min(nKept - 1, Math.floor((rank * nKept) / n) - 1));
  while (rankOfKept(above, n, nKept) < rank) above += 1;
  const highRank = rankOfKept(above, n, nKept);
  if (above === 0 || highRank === rank || rule === 'up') return values[above];
  const lowRank = rankOfKept(above - 1, n, nKept);
  const [low, high] = [values[above - 1], values[above]];
  if (rule === 'down') return low;
  return low + ((rank - lowRank) / (highRank - lowRank)) * (high - low);
}

/** Halvings that find a place between two order statistics, as near as numbers are. */
const N_HALVINGS = 54;

/**
 * Largest level that `findAtLevel` answers within `isWithin`, which must be true up to some value and false above: the
 * inverse. Never 1: what was never exceeded can still be exceeded. 0 below the least. O(log n).
 */
export function findLevel(
  sample: OrderStatistics,
  isWithin: (value: number) => boolean,
  rule: RankRule = 'between',
): number {
  const { n, values } = sample;
  let below = 0;
  let end = values.length;
  while (below < end) {
    const middle = (below + end) >> 1;
    if (isWithin(values[middle])) below = middle + 1;
    else end = middle;
  }
  if (below === 0) return 0;
  const rank = rankOfKept(below - 1, n, values.length);
  if (below === values.length || rule !== 'between') return rank / (n + 1);
  const gap = rankOfKept(below, n, values.length) - rank;
  return (rank + gap * findShare(values[below - 1], values[below], isWithin)) / (n + 1);
}

/** How much of the way from one value to another lies within. */
function findShare(from: number, to: number, isWithin: (value: number) => boolean): number {
  let share = 0;
  for (let i = 1, step = 0.5; i <= N_HALVINGS; i++, step /= 2) {
    if (isWithin(from + (share + step) * (to - from))) share += step;
  }
  return share;
}

function checkLevel(level: number): void {
  if (level > 0 && level < 1) return;
  throw new AppError('invalid-setting', `level must be between 0 and 1, both excluded; got ${level}.`, {
    name: 'level',
    value: level,
    min: 0,
    max: 1,
  });
}
