import { lowerBound } from '#base/arrays.ts';
import { findRange } from '#base/statistics.ts';
import type { SetAside, SetAsideReason } from './choose-rows.ts';
import type { TableRow, TableRows } from './row-index.ts';

/** Outages that had begun and were not over when the file was made: they lasted at least until then. */
export interface UnderWayRows {
  readonly rows: TableRows;
  /** The instant up to which the file tells, in milliseconds; NaN where nothing tells. */
  readonly asOf: number;
}

export interface UnderWayFacts {
  /** Milliseconds, NaN missing. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** A code by row of the unit, negative for missing; null without a column that names it. */
  readonly unit: Int32Array | null;
  /** The present, or the day the file was made where that was said. */
  readonly now: number;
  /** That day; absent: as far as starts and ends tell. */
  readonly asOf?: number;
}

/** Why a row has no duration that may mean it is not over yet. */
const notOver: ReadonlySet<SetAsideReason> = new Set(['ongoing', 'ends-in-future']);
/** Up to this share of outages in which another of their unit begins, units have one at a time. */
const MAX_OVERLAP = 0.02;

/**
 * Parts what is under way from what is set aside: rows without a duration that began before the file was made. One of a
 * unit that has begun another outage since is not: its end is missing (`end-missing`) — unless units of this file have
 * several at once. O(rows log rows).
 */
export function findUnderWay(
  facts: UnderWayFacts,
  kept: TableRows,
  setAside: readonly SetAside[],
): { readonly underWay: UnderWayRows; readonly setAside: readonly SetAside[] } {
  const { start, end, now } = facts;
  const asOf = facts.asOf ?? findLatest([start, end], now);
  const open = setAside.filter(({ reason }) => notOver.has(reason)).map(({ row }) => row);
  const isBegun = new Set(open.filter((row) => (start[row] ?? NaN) < asOf));
  const seen = [...kept, ...open].filter((row) => (start[row] ?? NaN) <= asOf);
  const hasBegunSince = findLaterStarts(facts, seen, asOf);
  const rows = [...isBegun].filter((row) => !hasBegunSince(row)).sort((a, b) => a - b);
  const isUnderWay = new Set<TableRow>(rows);
  return {
    underWay: { rows: Int32Array.from(rows), asOf },
    setAside: setAside
      .filter(({ row }) => !isUnderWay.has(row))
      .map((each) => (isBegun.has(each.row) ? { ...each, reason: 'end-missing' as const } : each)),
  };
}

/**
 * The latest instant that the columns tell of. One of which some are to come holds plans: whatever it says of the past may
 * have been a plan, too, when the file was made. NaN where nothing is left.
 */
function findLatest(columns: readonly Float64Array[], now: number): number {
  const latest = columns.map((values) => findRange(values.filter(Number.isFinite))[1]);
  return latest.reduce(
    (most, each) => (Number.isFinite(each) && each <= now && !(each <= most) ? each : most),
    NaN,
  );
}

/** Whether the unit of a row has begun another outage since; never so where units have several at once. */
function findLaterStarts(
  { start, end, unit }: UnderWayFacts,
  seen: readonly TableRow[],
  asOf: number,
): (row: TableRow) => boolean {
  const gathered = new Map<number, number[]>();
  const codeOf = (row: TableRow) => unit?.[row] ?? -1;
  for (const row of seen) {
    const code = codeOf(row);
    if (code < 0) continue;
    const starts = gathered.get(code) ?? [];
    gathered.set(code, starts);
    starts.push(start[row] ?? NaN);
  }
  const startsOf = new Map([...gathered].map(([code, starts]) => [code, Float64Array.from(starts).sort()]));
  /** The first start of its unit after that of the row. */
  const findNext = (row: TableRow) => {
    const starts = startsOf.get(codeOf(row)) ?? [];
    // Instants are whole milliseconds.
    return starts[lowerBound(starts, (start[row] ?? NaN) + 1)] ?? Infinity;
  };
  const over = seen.filter((row) => codeOf(row) >= 0 && (end[row] ?? NaN) <= asOf);
  const nOverlapping = over.filter((row) => findNext(row) < (end[row] ?? NaN)).length;
  if (over.length === 0 || nOverlapping > MAX_OVERLAP * over.length) return () => false;
  return (row) => findNext(row) < Infinity;
}
