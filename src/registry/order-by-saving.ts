import type { ModelEntry } from './records.ts';

/** The oldest first; those kept before instants were come before all others. Ties by id, so that the order stands. */
export function orderBySaving(entries: readonly ModelEntry[]): readonly ModelEntry[] {
  const instantOf = ({ savedAt }: ModelEntry) => savedAt ?? -Infinity;
  return entries.toSorted((a, b) => {
    const [one, two] = [instantOf(a), instantOf(b)];
    if (one === two) return a.id < b.id ? -1 : 1;
    return one < two ? -1 : 1;
  });
}
