import { MS_PER_DAY } from '../dates.ts';
import type { HistoryPlan } from './history-plan.ts';
import type { OutageHistory } from './outage-history.ts';
import { buildTimeline, type Timeline } from './timeline.ts';

/** A history made ready for questions. Built once per model; each question then takes O(log n). */
export interface HistoryIndex {
  readonly plan: HistoryPlan;
  /** Per group of the plan, the timeline of each of its labels (see `joinLabels`) that has outages. */
  readonly timelines: readonly ReadonlyMap<string, Timeline>[];
  /** All starts, ascending. */
  readonly starts: Float64Array;
  /** When each outage stops counting as under way: at its end, or after `maxUnderWayDays`. Ascending. */
  readonly leaves: Float64Array;
}

/**
 * An outage without a known end, or with one in 2099, is not under way for ever. The bound holds for all
 * outages alike: if it depended on the end being known, the future would show in the count.
 */
const maxUnderWayDays = 730;

/** O(n log n) in the number of outages. */
export function indexHistory(history: OutageHistory): HistoryIndex {
  const { plan } = history;
  const toNumber = (value: number | null) => value ?? NaN;
  const start = Float64Array.from(history.starts);
  const end = Float64Array.from(history.ends, toNumber);
  const duration = Float64Array.from(history.durations, toNumber);
  const timelines = plan.groups.map((positions) => {
    const finished = new Map<string, number[]>();
    for (const [outage, begins] of start.entries()) {
      const key = joinLabels(positions.map((position) => labelOf(history, position, outage)));
      if (key === null) continue;
      const known = finished.get(key) ?? [];
      if (known.length === 0) finished.set(key, known);
      const finishes = end[outage] ?? NaN;
      if (finishes >= begins && !Number.isNaN(duration[outage])) known.push(outage);
    }
    const build = (outages: readonly number[]) =>
      buildTimeline(outages, { start, end, duration }, plan.longThreshold);
    return new Map(Array.from(finished, ([key, outages]) => [key, build(outages)]));
  });
  const leaves = start.map((begins, outage) => {
    const latest = begins + maxUnderWayDays * MS_PER_DAY;
    const finishes = end[outage] ?? NaN;
    return finishes < latest ? Math.max(finishes, begins) : latest;
  });
  return { plan, timelines, starts: start.toSorted(), leaves: leaves.sort() };
}

/** What the timeline of a group is found by; null where a label is missing. */
export function joinLabels(labels: readonly (string | null)[]): string | null {
  return labels.includes(null) ? null : labels.join('\u001f'); // the unit separator of ASCII
}

function labelOf({ columns }: OutageHistory, position: number, outage: number): string | null {
  const column = columns[position];
  return column?.labels[column.codes[outage] ?? -1] ?? null;
}
