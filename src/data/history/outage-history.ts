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
  readonly columns: readonly PastLabels[];
}

export interface PastLabels {
  /** Positions in `labels`; −1 is missing. */
  readonly codes: Int32Array;
  readonly labels: readonly string[];
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
  const { start, end, duration } = past;
  const rows: number[] = [];
  for (let row = 0; row < start.length; row++) if (Number.isFinite(start[row])) rows.push(row);
  const endOf = (row: number) => (Number.isNaN(end[row]) ? Infinity : (end[row] as number));
  rows.sort((a, b) => (start[a] as number) - (start[b] as number) || compare(endOf(a), endOf(b)) || a - b);
  const pick = (values: Float64Array) =>
    rows.map((row) => (Number.isFinite(values[row]) ? (values[row] as number) : null));
  return {
    version: 1,
    plan,
    starts: rows.map((row) => start[row] as number),
    ends: pick(end),
    durations: pick(duration),
    columns: past.columns.map(({ labels, codes }) => ({
      labels,
      codes: rows.map((row) => codes[row] as number),
    })),
  };
}

/** Like a − b, but of two infinities 0 rather than NaN. */
function compare(a: number, b: number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
