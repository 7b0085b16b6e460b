import { lowerBound } from '#base/arrays.ts';
import { daysFromCivil, civilFromInstant, MS_PER_DAY } from '../dates.ts';
import type { CategoryColumn, NumberColumn } from '../table.ts';
import { joinLabels, type HistoryIndex } from './history-index.ts';
import type { HistoryPart, HistoryPlan } from './history-plan.ts';
import { emptyTimeline, type Timeline } from './timeline.ts';

/** An outage to come, or a past one as it looked on the day it began. */
export interface HistoryQuery {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Nothing that ended later is looked at. Absent: the start. */
  readonly known?: number;
  /** The label in each label column of the plan, in its order; null where it is missing. */
  readonly labels: readonly (string | null)[];
}

/**
 * The values of the plan's features, in its order; NaN where the past has no answer. Only outages that
 * ended strictly before `known` are looked at (for `under-way`, that had begun strictly before it), so
 * the outage itself may be in the history; time since an event is counted to the start all the same. A
 * label never seen has a count of 0; a missing one, NaN.
 * O(features × log n).
 */
export function computeHistoryFeatures(index: HistoryIndex, query: HistoryQuery): Float64Array {
  const { plan } = index;
  const { start, known = start } = query;
  const values = new Float64Array(plan.features.length).fill(NaN);
  if (Number.isNaN(start)) return values;
  const pasts = plan.groups.map((positions, group) => {
    const timeline = findTimeline(index, group, positions, query);
    return timeline && { timeline, nPast: lowerBound(timeline.ends, known) };
  });
  for (const [feature, { group, part }] of plan.features.entries()) {
    if (part === 'week') values[feature] = readWeek(start);
    else if (part === 'under-way') values[feature] = countUnderWay(index, known);
    else {
      const past = group === null ? null : pasts[group];
      if (past) values[feature] = readPart(past.timeline, past.nPast, part, start, known);
    }
  }
  return values;
}

/** Null where a label is missing. */
function findTimeline(
  { timelines }: HistoryIndex,
  group: number,
  positions: readonly number[],
  { labels }: HistoryQuery,
): Timeline | null {
  const key = joinLabels(positions.map((position) => labels[position] ?? null));
  return key === null ? null : (timelines[group]?.get(key) ?? emptyTimeline);
}

/**
 * The plan's features of many outages as columns, in the plan's order. `labelColumns` are the plan's
 * label columns, in its order, on the same rows as `starts`. `askedOn`, in milliseconds, is the instant at which the
 * outages to come are asked about. O(rows × features × log n).
 */
export function computeHistoryColumns(
  index: HistoryIndex,
  starts: Float64Array,
  labelColumns: readonly CategoryColumn[],
  askedOn = -Infinity,
): NumberColumn[] {
  const columns = index.plan.features.map(({ feature: name }) => ({
    type: 'number' as const,
    name,
    values: new Float64Array(starts.length),
  }));
  for (const [row, start] of starts.entries()) {
    const labels = labelColumns.map(({ codes, categories }) => categories[codes[row] ?? -1] ?? null);
    const values = computeHistoryFeatures(index, {
      start,
      known: findKnown(index.plan, start, askedOn),
      labels,
    });
    for (const [feature, column] of columns.entries()) column.values[row] = values[feature] ?? NaN;
  }
  return columns;
}

/**
 * The instant up to which the past of an outage is known: `leadDays` before its start, as in training; for an outage
 * to come, the instant of asking, if that is later.
 */
export function findKnown({ leadDays = 0 }: HistoryPlan, start: number, askedOn: number): number {
  const inTraining = start - leadDays * MS_PER_DAY;
  return askedOn < start ? Math.max(inTraining, askedOn) : inTraining;
}

function countUnderWay(index: HistoryIndex, instant: number): number {
  return lowerBound(index.starts, instant) - lowerBound(index.leaves, instant);
}

/** 1 for the first seven days of the year, and so on. */
function readWeek(instant: number): number {
  const { year } = civilFromInstant(instant);
  const dayOfYear = Math.floor(instant / MS_PER_DAY) - daysFromCivil(year, 1, 1);
  return Math.floor(dayOfYear / 7) + 1;
}

function readPart(
  timeline: Timeline,
  nPast: number,
  part: Exclude<HistoryPart, 'week' | 'under-way'>,
  start: number,
  known: number,
): number {
  const { ends, durations, medians } = timeline;
  const daysFrom = (earlier: number | undefined) => (start - (earlier ?? NaN)) / MS_PER_DAY;
  const long = timeline.lastLong[nPast] ?? -1;
  switch (part) {
    case 'past-count':
      return nPast;
    case 'past-median':
      return medians[nPast] ?? NaN;
    case 'days-since-last':
      return daysFrom(ends[nPast - 1]);
    case 'previous-duration':
      return durations[nPast - 1] ?? NaN;
    case 'second-previous-duration':
      return durations[nPast - 2] ?? NaN;
    case 'outages-last-year':
      return nPast - lowerBound(ends, known - 365 * MS_PER_DAY);
    case 'days-since-long':
      return daysFrom(ends[long]);
    case 'long-duration':
      return durations[long] ?? NaN;
    case 'outages-since-long':
      return long < 0 ? NaN : nPast - 1 - long;
    default: // days-between-longs
      return readInterval(timeline, long);
  }
}

/** Days from the end of the long outage before `long` to the start of `long`. */
function readInterval({ starts, ends, lastLong }: Timeline, long: number): number {
  if (long < 0) return NaN;
  const before = lastLong[long] ?? -1; // among the outages before `long`
  return ((starts[long] ?? NaN) - (ends[before] ?? NaN)) / MS_PER_DAY;
}
