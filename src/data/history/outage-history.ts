import { gather, range } from '#base/arrays.ts';
import type { CategoryColumn } from '../table.ts';
import type { HistoryPlan } from './history-plan.ts';

/** Past outages by column, one value per outage, in any order. */
export interface PastOutages {
  /** Milliseconds since 1970; NaN is unknown, and such an outage tells nothing. */
  readonly start: Float64Array;
  /** Milliseconds since 1970; NaN where it is not known to be over. */
  readonly end: Float64Array;
  /** Actual duration in the target's unit; NaN unknown. */
  readonly duration: Float64Array;
  /** One per label column of the plan, in its order. */
  readonly columns: readonly Pick<CategoryColumn, 'codes' | 'categories'>[];
}

/**
 * The past as it is kept with a model: plain JSON, one entry per outage in each list, so that the
 * features of a new outage are computed at prediction time exactly as those of the training rows were.
 */
export interface OutageHistory {
  readonly version: 1;
  readonly plan: HistoryPlan;
  readonly starts: readonly number[];
  readonly ends: readonly (number | null)[];
  readonly durations: readonly (number | null)[];
  /** Per label column of the plan: labels, and a code per outage (−1 is missing). */
  readonly columns: readonly { readonly labels: readonly string[]; readonly codes: readonly number[] }[];
}

/**
 * Keeps the outages whose start is known, in order of start, end and row: the same outages in another
 * order of rows (with distinct dates) give the same history. O(n log n).
 */
export function buildHistory(plan: HistoryPlan, past: PastOutages): OutageHistory {
  const outages = range(past.start.length)
    .filter((i) => Number.isFinite(past.start[i]))
    .sort((a, b) => compareAt(past.start, a, b) || compareAt(past.end, a, b) || a - b);
  const list = (values: Float64Array) =>
    Array.from(gather(values, outages), (value) => (Number.isFinite(value) ? value : null));
  return {
    version: 1,
    plan,
    starts: Array.from(gather(past.start, outages)),
    ends: list(past.end),
    durations: list(past.duration),
    columns: past.columns.map(({ categories, codes }) => ({
      labels: categories,
      codes: Array.from(gather(codes, outages)),
    })),
  };
}

/** The order of two instants, an unknown one after every known. */
function compareAt(instants: Float64Array, a: number, b: number): number {
  const [first = NaN, second = NaN] = [instants[a], instants[b]];
  if (first === second || (Number.isNaN(first) && Number.isNaN(second))) return 0;
  return first < second || Number.isNaN(second) ? -1 : 1;
}
