import { lowerBound } from '#base/arrays.ts';
import type { Instant } from '#base/instant.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { joinLabels } from '#data/history/history-index.ts';
import type { OutageHistory } from '#data/history/outage-history.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { Table } from '#data/table.ts';
import type { LearntState } from './contract.ts';
import type { ModelAtWork } from './open-model.ts';

/** A start this near to that of a learnt outage of the unit is that outage, its date a little changed. */
const NEARLY = MS_PER_DAY;

type Described = Pick<ModelAtWork, 'description'>;

/** The learnt outages of a history: their starts, ascending, by labels. */
interface LearntIndex {
  readonly startsOf: ReadonlyMap<string, Float64Array>;
  /** The model was fitted on all of them; else which ones it learnt is not known. */
  readonly isWhole: boolean;
}

/** Built once per model, at the first question. */
const indexes = new WeakMap<OutageHistory, LearntIndex>();

/** O(n log n). Outages that were set aside (under way, without a duration) tell of the fleet and are not learnt. */
function indexLearnt(history: OutageHistory, nTrainingRows: number): LearntIndex {
  const known = indexes.get(history);
  if (known) return known;
  const lists = new Map<string, number[]>();
  let nKnown = 0;
  for (const [outage, start] of history.starts.entries()) {
    if (history.durations[outage] === null) continue;
    nKnown++;
    const key = writeKey(history.columns.map(({ labels, codes }) => labels[codes[outage] ?? -1] ?? null));
    const starts = lists.get(key);
    if (starts) starts.push(start);
    else lists.set(key, [start]);
  }
  const startsOf = new Map(Array.from(lists, ([key, starts]) => [key, Float64Array.from(starts).sort()]));
  const index = { startsOf, isWhole: nKnown <= nTrainingRows };
  indexes.set(history, index);
  return index;
}

/** A missing label is one like any other here. */
function writeKey(labels: readonly (string | null)[]): string {
  return joinLabels(labels.map((label) => label ?? '')) ?? '';
}

/**
 * Whether the case is one of the outages that the model has learnt, or nearly (the same unit and classes, begun within a
 * day), by the past kept in its file. `unknown` for a model without one. O(log n) after the first question.
 */
export function findLearnt({ description }: Described, cells: CellRow): LearntState {
  const { history, inputs } = description;
  if (history === null) return 'unknown';
  const cellOf = (name: string): CellValue => cells[inputs.findIndex((input) => input.name === name)] ?? null;
  const labels = history.plan.columns.map((name) => {
    const cell = cellOf(name);
    return cell === null ? null : String(cell);
  });
  const start = cellOf(history.plan.start);
  return typeof start === 'number' ? lookUp(description, labels, start, NEARLY) : 'no';
}

/**
 * The same of each row of a file, by its exact start. `set aside` rows are never learnt. Throws `model-columns-missing`.
 */
export function findLearntRows(
  { description }: Described,
  table: Table,
  isKept: (row: number) => boolean,
): readonly LearntState[] {
  const { history } = description;
  if (history === null) {
    return Array.from({ length: table.nRows }, (_, row) => (isKept(row) ? 'unknown' : 'no'));
  }
  const [starts, ...columns] = requireColumns(table, [
    { name: history.plan.start, type: 'date' },
    ...history.plan.columns.map((name) => ({ name, type: 'category' as const })),
  ]);
  return Array.from(starts.values, (start, row) => {
    if (!isKept(row) || Number.isNaN(start)) return 'no';
    const labels = columns.map(({ codes, categories }) => categories[codes[row] ?? -1] ?? null);
    return lookUp(description, labels, start, 0);
  });
}

function lookUp(
  { history, nTrainingRows }: ModelAtWork['description'],
  labels: readonly (string | null)[],
  start: Instant,
  within: number,
): LearntState {
  if (history === null) return 'unknown';
  const { startsOf, isWhole } = indexLearnt(history, nTrainingRows);
  const starts = startsOf.get(writeKey(labels));
  // Without a unit, two outages may well begin on one day.
  const margin = labels.length === 0 ? 0 : within;
  const next = starts?.[lowerBound(starts, start - margin)];
  if (next === undefined || next > start + margin) return 'no';
  return isWhole ? 'yes' : 'unknown';
}
