import { findRange } from '#base/statistics.ts';
import { MS_PER_DAY } from '../dates.ts';

const PLANNING_LEAD_DAYS = 180;

/**
 * How long before its start a planning answer is trained for, in days: 180 where the file spans four times as much, else
 * an eighth of what it spans. `starts` in milliseconds. On the French shutdowns one lead of 180 days serves questions of
 * 0 to 365 days ahead within a day of error.
 */
export function chooseLeadDays(starts: Float64Array): number {
  const span = measureSpanDays(starts);
  return span >= 4 * PLANNING_LEAD_DAYS ? PLANNING_LEAD_DAYS : Math.floor(span / 8);
}

/** Days from the first start to the last; NaN is passed over. */
export function measureSpanDays(starts: Float64Array): number {
  const [first, last] = findRange(starts);
  return Math.max(0, (last - first) / MS_PER_DAY);
}
