import type { PlannedFeature } from '#data/feature-plan.ts';
import { findCalendarColumns, type CalendarColumn } from '#data/calendar-columns.ts';
import { type DependentInput, findDependentInputs } from '#data/dependent-inputs.ts';
import { type ElapsedColumn, findElapsedColumns } from '#data/elapsed-columns.ts';
import { findUsualCells } from '#data/usual-cells.ts';
import { listPlacing, nameUsual } from '#data/factors/factor-plan.ts';
import type { JoinedFactors } from '#data/factors/usual-for-planning.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { fitEncoder, type EncodedFeature } from '#models/encoder.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { type PastRows, samplePastRows } from '#models/past-rows.ts';

/**
 * Columns of the file that a model's features are made of, in the file's order: what a case must hold. A feature made
 * of a date or of the past is computed from these, never asked for; so is what stands for a joined value.
 */
export function findInputColumns(
  table: Table,
  origins: readonly PlannedFeature[],
  history: OutageHistory | null,
  factors: JoinedFactors | null,
): readonly string[] {
  const used = new Set(origins.flatMap(({ column, reference = column }) => [column, reference]));
  if (history) for (const name of [history.plan.start, ...history.plan.columns]) used.add(name);
  if (factors) for (const name of listPlacing(factors.plan)) used.add(name);
  return table.columns.map(({ name }) => name).filter((name) => used.has(name));
}

export interface ModelInputs {
  /** What training saw of each input: type, range, categories. */
  readonly inputs: readonly EncodedFeature[];
  /** The cells of an outage like most, of a usual duration: a case that exists, not a mixture of medians. */
  readonly typical: CellRow;
  /** Inputs that another one determines: the site of a unit. */
  readonly dependents: readonly DependentInput[];
  /** Inputs that repeat a part of a date among them: the month of the start. */
  readonly calendar: readonly CalendarColumn[];
  readonly pastRows: PastRows;
  /** Inputs that count the time between two others. Absent where there are none. */
  readonly elapsed?: readonly ElapsedColumn[];
  /** What usually goes with each label of the class. Absent where there is nothing to tell. */
  readonly usual?: readonly DependentInput[];
}

/** The inputs of the kept rows of a file; `target` is by kept row, `classColumn` the input that tells the outages' classes. The typical outage is one with a duration in `announced`, where that is given and some have one. O(labelled columns × cells + n log n). */
export function describeInputs(
  table: Table,
  names: readonly string[],
  rows: ArrayLike<number>,
  target: Float64Array,
  {
    classColumn = null,
    announced = null,
    factors = null,
  }: { classColumn?: string | null; announced?: string | null; factors?: JoinedFactors | null } = {},
): ModelInputs {
  const columns = names.flatMap((name) => findColumn(table, name) ?? []);
  const kept = selectRows({ nRows: table.nRows, columns }, rows);
  const inputs = fitEncoder(kept).features;
  const row = findTypicalRow(kept, inputs, target, announced);
  const typical = kept.columns.map((column) => readCell(column, row));
  const dependents = findDependentInputs(kept);
  const calendar = findCalendarColumns(kept);
  const elapsed = findElapsedColumns(kept);
  // Joined values follow from the start: nothing that is usual for a class has a say.
  const joined = factors?.plan.values.flatMap(({ column }) => [column, nameUsual(column)]) ?? [];
  const following = [...[...dependents, ...calendar, ...elapsed].map(({ column }) => column), ...joined];
  const usual = findUsualCells(kept, classColumn, new Set(following));
  return {
    inputs,
    typical,
    dependents,
    calendar,
    ...(elapsed.length > 0 && { elapsed }),
    ...(usual.length > 0 && { usual }),
    pastRows: samplePastRows(inputs, kept),
  };
}

/**
 * The row with the smallest sum of distances (Gower 1971) to the medians and the most frequent labels. Its duration's
 * distance from the median, in ranks, counts as much as all inputs together: on heavy-tailed durations an outage with
 * middling inputs can still be a very long one.
 */
function findTypicalRow(
  table: Table,
  inputs: readonly EncodedFeature[],
  target: Float64Array,
  announced: string | null,
): number {
  const sorted = target.slice().sort();
  const rankOf = new Map(Array.from(sorted, (duration, rank) => [duration, rank]));
  const distance = target.map((duration) => {
    const share = (rankOf.get(duration) ?? 0) / Math.max(1, sorted.length - 1);
    return 2 * inputs.length * Math.abs(share - 0.5);
  });
  for (const [position, input] of inputs.entries()) {
    const column = table.columns[position];
    if (column === undefined || input.type === 'date') continue;
    if (column.type === 'category' && input.type === 'category') {
      const countOf = new Map(input.categories.map((label, code) => [label, input.counts[code] ?? 0]));
      const most = Math.max(1, ...input.counts);
      const far = column.categories.map((label) => 1 - (countOf.get(label) ?? 0) / most);
      for (let row = 0; row < distance.length; row++) {
        distance[row] = (distance[row] as number) + (far[column.codes[row] as number] ?? 1);
      }
    } else if (column.type === 'number' && input.type === 'number') {
      const [low = 0, , middle = 0, , high = 0] = input.quantiles;
      const span = high > low ? high - low : 1;
      for (let row = 0; row < distance.length; row++) {
        const away = Math.abs((column.values[row] as number) - middle) / span;
        distance[row] = (distance[row] as number) + (Number.isNaN(away) ? 1 : Math.min(2, away));
      }
    }
  }
  const isAnnounced = findAnnounced(table, announced);
  let best = Math.max(0, isAnnounced.indexOf(true));
  for (let row = best + 1; row < distance.length; row++) {
    if (isAnnounced[row] && (distance[row] as number) < (distance[best] as number)) best = row;
  }
  return best;
}

/** Which rows have an announced duration; all of them where none is asked for, or none has one. */
function findAnnounced({ nRows, columns }: Table, announced: string | null): boolean[] {
  const column = columns.find(({ name }) => name === announced);
  const known = Array.from(
    { length: nRows },
    (_, row) => column !== undefined && readCell(column, row) !== null,
  );
  return known.includes(true) ? known : known.map(() => true);
}
