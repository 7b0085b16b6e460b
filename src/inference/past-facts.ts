import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { type CellRow } from '#data/cell.ts';
import { joinLabels } from '#data/history/history-index.ts';
import { lowerBound } from '#base/arrays.ts';
import type { ModelAtWork } from './open-model.ts';

/** What a unit, a class, or a unit within a class really did: the bare facts beside an answer. In the target's unit. */
export interface PastFacts {
  /** Columns of the file, and the label of the case in each: one, or the unit and the class. */
  readonly about: readonly { readonly column: string; readonly label: string }[];
  /** Durations that were known at the instant of asking, in the order of their ends. */
  readonly durations: readonly number[];
  /** Linear between the two nearest (type 7 of Hyndman & Fan 1996); null below two outages. */
  readonly p50: number | null;
  readonly p80: number | null;
}

/** Fewer have no quantile worth the name: they are listed. */
const LEAST_FOR_QUANTILES = 2;

/**
 * The past of whatever the model tells the past by, for one case: the unit first. From the history in the model's file,
 * so that it needs no data; nothing that ended at `askedOn` or later. Empty for a model without a past.
 * O(groups × (log n + k log k)), k outages each.
 */
export function describePast(
  { history, description }: Pick<ModelAtWork, 'history' | 'description'>,
  cells: CellRow,
  askedOn: number,
): readonly PastFacts[] {
  if (history === null) return [];
  const { plan, timelines } = history;
  const labelOf = (column: string) => {
    const cell = cells[description.inputs.findIndex(({ name }) => name === column)] ?? null;
    return cell === null ? null : String(cell);
  };
  return plan.groups.flatMap((positions, group): PastFacts[] => {
    const about = positions.flatMap((position) => {
      const column = plan.columns[position];
      const label = column === undefined ? null : labelOf(column);
      return column === undefined || label === null ? [] : [{ column, label }];
    });
    const key = joinLabels(about.map(({ label }) => label));
    const timeline = key === null || about.length < positions.length ? undefined : timelines[group]?.get(key);
    if (!timeline)
      return about.length < positions.length ? [] : [{ about, durations: [], p50: null, p80: null }];
    const durations = Array.from(timeline.durations.subarray(0, lowerBound(timeline.ends, askedOn)));
    const sorted = sortedFinite(durations);
    const at = (share: number) =>
      sorted.length < LEAST_FOR_QUANTILES ? null : quantileOfSorted(sorted, share);
    return [{ about, durations, p50: at(0.5), p80: at(0.8) }];
  });
}
