import { lowerBound } from '#base/arrays.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { joinLabels } from '#data/history/history-index.ts';
import type { PastFacts } from './contract.ts';
import type { ModelAtWork } from './open-model.ts';

/** Fewer have no quantile worth the name: they are listed. */
const LEAST_FOR_QUANTILES = 4;

/**
 * What the unit of a case and each of its classes really did, the unit first: from the history in the model's file, so
 * that it needs no data. Only outages that ended before the case starts; all of them where its start is open, and where
 * the file could not be told by dates. O(classes × (log n + k log k)), k outages each.
 */
export function describePast(
  { history, description }: Pick<ModelAtWork, 'history' | 'description'>,
  cells: CellRow,
): readonly PastFacts[] {
  const cellOf = (column: string): CellValue =>
    cells[description.inputs.findIndex(({ name }) => name === column)] ?? null;
  if (history === null) {
    return (description.pastDurations ?? []).flatMap(({ column, labels, durations }): PastFacts[] => {
      const cell = cellOf(column);
      if (cell === null) return [];
      const label = String(cell);
      const all = durations[labels.indexOf(label)] ?? none;
      return [{ column, label, ...summariseFirst(all, all.length) }];
    });
  }
  const { plan, timelines } = history;
  const start = cellOf(plan.start);
  return plan.groups.flatMap((positions, group): PastFacts[] => {
    const [position = -1, ...others] = positions;
    const column = plan.columns[position];
    const cell = column === undefined ? null : cellOf(column);
    if (column === undefined || cell === null || others.length > 0) return [];
    const label = String(cell);
    const timeline = timelines[group]?.get(joinLabels([label]) ?? '');
    const n = timeline ? lowerBound(timeline.ends, typeof start === 'number' ? start : Infinity) : 0;
    return [{ column, label, ...summariseFirst(timeline?.durations ?? none, n) }];
  });
}

const none: readonly number[] = [];

/** Kept with the model: the same list each time it is asked for. */
type Durations = Float64Array | readonly number[];

type Summary = Pick<PastFacts, 'durations' | 'p50' | 'p80'>;

/** Of each list of durations the last summary: while a person types, it is asked again and again. */
const summaries = new WeakMap<Durations, Summary>();

function summariseFirst(all: Durations, n: number): Summary {
  const known = summaries.get(all);
  if (known?.durations.length === n) return known;
  const durations = Array.from(all.slice(0, n));
  const sorted = sortedFinite(durations);
  const at = (share: number) => (n < LEAST_FOR_QUANTILES ? null : quantileOfSorted(sorted, share));
  const summary = { durations, p50: at(0.5), p80: at(0.8) };
  summaries.set(all, summary);
  return summary;
}

/**
 * The past that a duration should be compared with where it lies outside all that its unit and its classes have ever
 * done: the unit's, else the first class's. Null where one of them has done the like, and where none has a past.
 */
export function findBeyondPast(past: readonly PastFacts[], duration: number): PastFacts | null {
  const known = past.filter(({ durations }) => durations.length > 0);
  const hasDone = known.some(
    ({ durations }) => duration >= Math.min(...durations) && duration <= Math.max(...durations),
  );
  return hasDone ? null : (known[0] ?? null);
}
