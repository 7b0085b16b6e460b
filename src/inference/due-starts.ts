import type { Instant } from '#base/instant.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';

/** Fewer outages of a unit have no usual gap. */
const MIN_OUTAGES = 4;

/**
 * When the next outage of each unit is due: its last start and the middle of the gaps between its starts. Units of fewer
 * than four outages are left out. O(n log n).
 */
export function listDueStarts({
  starts,
  columns: [units],
}: Pick<OutageHistory, 'starts' | 'columns'>): readonly (readonly [label: string, instant: Instant])[] {
  if (units === undefined) return [];
  const startsOf = units.labels.map((): number[] => []);
  for (const [outage, code] of units.codes.entries()) {
    const start = starts[outage];
    if (start !== undefined) startsOf[code]?.push(start);
  }
  return units.labels.flatMap((label, code): [string, Instant][] => {
    const own = startsOf[code] ?? [];
    if (own.length < MIN_OUTAGES) return [];
    own.sort((a, b) => a - b);
    const gaps = own.slice(1).map((start, i) => start - (own[i] ?? NaN));
    const usual = gaps.sort((a, b) => a - b)[Math.floor(gaps.length / 2)] ?? NaN;
    return [[label, (own.at(-1) ?? NaN) + usual]];
  });
}
