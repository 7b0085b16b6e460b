import { isMissing } from '../missing-words.ts';
import { isDatum } from './align-header.ts';
import type { CellMarks } from './cell-reader.ts';
import type { HeadRecord } from './detect-delimiter.ts';

/** Fewer rows tell nothing of what stands in their columns. */
const minRows = 3;
/** Share of the cells above that are numbers or dates where a column is one of them. */
const minDataShare = 0.8;

/**
 * The records, all of a small file, that belong to tables below the one whose rows begin at `from`: another header stands
 * in their midst, words never seen in their columns over columns of numbers. One such column is
 * enough behind a blank line or a title, else there are two; and the rows below are of another kind. O(records · cells).
 */
export function findTablesBelow(
  records: readonly HeadRecord[],
  from: number,
  marks: CellMarks,
): readonly HeadRecord[] {
  const next = findNextHeader(records, from, marks);
  return next === null ? [] : records.slice(firstOfTitle(records, next));
}

/** The record where another table has its names; null where there is none. */
export function findNextHeader(
  records: readonly HeadRecord[],
  from: number,
  marks: CellMarks,
): number | null {
  const header = records[from - 1]?.cells.join('\0');
  const above: ColumnTally[] = [];
  let nRows = 0;
  for (let i = Math.max(0, from); i < records.length - 1; i++) {
    const { cells, line } = records[i] as HeadRecord;
    const filled = listFilled(cells);
    const isNames =
      nRows >= minRows &&
      filled.length > 1 &&
      cells.join('\0') !== header &&
      new Set(filled.map(({ cell }) => cell)).size === filled.length &&
      filled.every(
        ({ cell, column }) =>
          /^\p{L}/u.test(cell) && !isDatum(cell, marks) && !above[column]?.labels.has(cell),
      );
    if (isNames) {
      const nOverData = filled.filter(({ column }) => kindOf(above[column]) === 'data').length;
      const isApart = firstOfTitle(records, i) < i || line > (records[i - 1]?.line ?? 0) + 1;
      if (nOverData >= (isApart ? 1 : 2) && differs(above, records.slice(i + 1, i + 201), marks)) return i;
    }
    if (filled.length > 1) nRows++;
    tally(above, filled, marks);
  }
  return null;
}

interface ColumnTally {
  nFilled: number;
  nData: number;
  readonly labels: Set<string>;
}

interface FilledCell {
  readonly cell: string;
  readonly column: number;
}

function listFilled(cells: readonly string[]): FilledCell[] {
  return cells.flatMap((cell, column) => (isMissing(cell) ? [] : [{ cell: cell.trim(), column }]));
}

function tally(tallies: ColumnTally[], filled: readonly FilledCell[], marks: CellMarks): void {
  for (const { cell, column } of filled) {
    const told = (tallies[column] ??= { nFilled: 0, nData: 0, labels: new Set() });
    told.nFilled++;
    if (isDatum(cell, marks)) told.nData++;
    else told.labels.add(cell);
  }
}

function kindOf(told: ColumnTally | undefined): 'data' | 'labels' | 'both' {
  if (told === undefined || told.nFilled === 0) return 'both';
  if (told.nData >= minDataShare * told.nFilled) return 'data';
  return told.nData <= (1 - minDataShare) * told.nFilled ? 'labels' : 'both';
}

/** Whether rows are of another table: a column holds numbers where it held labels or the other way round, or no label comes again. */
function differs(above: readonly ColumnTally[], rows: readonly HeadRecord[], marks: CellMarks): boolean {
  const below: ColumnTally[] = [];
  for (const { cells } of rows) tally(below, listFilled(cells), marks);
  if (!below.some((told) => told !== undefined && told.nData > 0)) return false;
  const kinds = below.map((told, column) => [kindOf(above[column]), kindOf(told)] as const);
  if (kinds.some(([before, after]) => before !== after && before !== 'both' && after !== 'both')) return true;
  const labelled = kinds.flatMap(([before, after], column) =>
    before === 'labels' && after === 'labels' ? [column] : [],
  );
  return (
    labelled.length > 0 &&
    labelled.every(
      (column) => ![...(below[column]?.labels ?? [])].some((label) => above[column]?.labels.has(label)),
    )
  );
}

/** Blank lines and lone texts above a header are its title. */
function firstOfTitle(records: readonly HeadRecord[], header: number): number {
  let first = header;
  while (first > 0 && (records[first - 1]?.cells.filter((cell) => cell.trim() !== '').length ?? 2) < 2)
    first--;
  return first;
}
