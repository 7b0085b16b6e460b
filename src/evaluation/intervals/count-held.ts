import { isAtMost } from './same-duration.ts';

/** How often a level was kept, of the outages it was claimed for. */
export interface HeldCount {
  readonly held: number;
  readonly n: number;
}

/** Outages that lie between two bounds, of those where both are claimed (no NaN). `low` null: no lower bound. O(n). */
export function countHeld(
  actual: readonly number[],
  low: readonly number[] | null,
  high: readonly number[],
): HeldCount {
  const claimed = actual.flatMap((duration, i) => {
    const [from, to] = [low === null ? -Infinity : low[i], high[i]];
    return Number.isNaN(from) || Number.isNaN(to) ? [] : [isAtMost(from, duration) && isAtMost(duration, to)];
  });
  return { held: claimed.filter(Boolean).length, n: claimed.length };
}
