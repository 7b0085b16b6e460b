import { weighEnded } from '#base/kaplan-meier.ts';
import type { OutageSet } from '#data/outages.ts';
import type { UnderWaySummary } from './contract.ts';

/** How many outages are under way, and what they change in the durations of all; null for none. O(n log n). */
export function summariseUnderWay({
  target,
  underWay: { elapsed, asOf },
}: Pick<OutageSet, 'target' | 'underWay'>): UnderWaySummary | null {
  if (elapsed.length === 0) return null;
  const sorted = target.slice().sort();
  const { weights } = weighEnded(sorted, elapsed);
  const equal = new Float64Array(sorted.length).fill(1);
  const find = (share: number) => ({
    alone: findQuantile(sorted, equal, sorted.length, share) ?? NaN,
    together: findQuantile(sorted, weights, sorted.length + elapsed.length, share),
  });
  return {
    n: elapsed.length,
    asOf,
    longest: elapsed.reduce((most, lasted) => Math.max(most, lasted)),
    p50: find(0.5),
    p80: find(0.8),
  };
}

/** The first duration by which the share of all is over; null where it never is. */
function findQuantile(
  sorted: Float64Array,
  weights: Float64Array,
  total: number,
  share: number,
): number | null {
  let over = 0;
  return sorted.find((_, i) => (over += weights[i] ?? 0) >= share * total - 1e-9) ?? null;
}
