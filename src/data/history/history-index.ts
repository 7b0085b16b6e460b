import { MS_PER_DAY } from '../dates.ts';
import type { HistoryPlan } from './history-plan.ts';
import type { OutageHistory } from './outage-history.ts';
import { buildTimeline, type Timeline } from './timeline.ts';

/** A history made ready for questions. Built once per model; each question then takes O(log n). */
export interface HistoryIndex {
  readonly plan: HistoryPlan;
  /** Per group of the plan, the timeline of each label that has finished outages. */
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
export const maxUnderWayDays = 730;

/** O(n log n) in the number of outages. */
export function indexHistory(history: OutageHistory): HistoryIndex {
  const { plan } = history;
  const toNumber = (value: number | null) => value ?? NaN;
  const start = Float64Array.from(history.starts);
  const end = Float64Array.from(history.ends, toNumber);
  const duration = Float64Array.from(history.durations, toNumber);
  const timelines = history.groups.map(({ labels, codes }) => {
    const finished = labels.map((): number[] => []);
    codes.forEach((code, outage) => {
      const isUsable =
        (end[outage] as number) >= (start[outage] as number) && !Number.isNaN(duration[outage]);
      if (isUsable) finished[code]?.push(outage);
    });
    return new Map(
      labels.map((label, code) => [
        label,
        buildTimeline(finished[code] as number[], { start, end, duration }, plan.longThreshold),
      ]),
    );
  });
  const leaves = start.map((begins, outage) => {
    const latest = begins + maxUnderWayDays * MS_PER_DAY;
    const finishes = end[outage] as number;
    return finishes < latest ? Math.max(finishes, begins) : latest;
  });
  return { plan, timelines, starts: start.toSorted(), leaves: leaves.sort() };
}
