import { gather } from '#base/arrays.ts';
import { findRange } from '#base/statistics.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import type { Horizon } from '#data/known-when.ts';
import type { OutageSet } from '#data/outages.ts';
import { msPerUnit } from '#data/time-units.ts';
import type { Fold } from '#evaluation/splits.ts';

/** When each outage was over, in milliseconds, as far as can be told: without a unit of durations, not before it began. */
export function findEnds({
  start,
  target,
  unit,
}: Pick<OutageSet, 'start' | 'target' | 'unit'>): Float64Array {
  const ms = unit === 'unknown' ? 0 : msPerUnit[unit];
  return target.map((duration, i) => (start?.[i] ?? NaN) + duration * ms);
}

/**
 * A split by time as it is for planning: what was not over a lead before the first test outage began was not known when
 * that was asked about, so it is not learnt from.
 */
export function embargo(fold: Fold, starts: Float64Array, ends: Float64Array, horizon: Horizon): Fold {
  if (horizon.kind === 'start') return fold;
  const [asked] = findRange(gather(starts, fold.testRows));
  const limit = asked - horizon.leadDays * MS_PER_DAY;
  return { ...fold, trainRows: fold.trainRows.filter((row) => !((ends[row] ?? NaN) > limit)) };
}
