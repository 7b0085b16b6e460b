import { gather } from '#base/arrays.ts';
import { isSliceEnd, type Sliced } from '#base/slices.ts';
import type { TableRow } from '../row-index.ts';
import { selectRowsInSlices, type Column } from '../table.ts';
import { readIdentifiers } from './row-steps.ts';
import { needColumn, type StepOutcome, type WorkingTable } from './step-outcome.ts';

/**
 * Makes one row of the rows that share an identifier, as exports with a line per day need it: the
 * earliest start, the latest end, and every other cell from the line that starts first, which is what
 * was known when the outage began. If the line that starts last has no end, the outage is still
 * under way and its end is missing. A row without an identifier stays as it is. O(rows × columns).
 */
export function* mergeRows(
  working: WorkingTable,
  identifierName: string,
  startName: string,
  endName: string,
): Sliced<StepOutcome> {
  const { table } = working;
  const keys = readIdentifiers(table, identifierName);
  const start = needColumn(table, startName, 'date');
  const end = needColumn(table, endName, 'date');
  const outages: MergedOutage[] = [];
  const outageOf = new Map<number, MergedOutage>();
  for (const [row, key] of keys.entries()) {
    if (isSliceEnd(row)) yield;
    const [begins = NaN, finishes = NaN] = [start.values[row], end.values[row]];
    const known = outageOf.get(key);
    if (known) {
      addLine(known, row, begins, finishes);
      continue;
    }
    const isOpen = Number.isNaN(finishes);
    const outage = { firstLine: row, firstStart: begins, lastStart: begins, latestEnd: finishes, isOpen };
    outages.push(outage);
    if (!Number.isNaN(key)) outageOf.set(key, outage);
  }
  if (outages.length === table.nRows) return { ...working, nCells: 0 };
  const firstLines = outages.map(({ firstLine }) => firstLine);
  const merged = yield* selectRowsInSlices(table, firstLines);
  const values = Float64Array.from(outages, ({ isOpen, latestEnd }) => (isOpen ? NaN : latestEnd));
  const columns: Column[] = merged.columns.map((column, index) =>
    table.columns[index] === end ? { ...end, values } : column,
  );
  return {
    table: { nRows: outages.length, columns },
    rowOrigins: gather(working.rowOrigins, firstLines),
    nCells: 0,
  };
}

/** The lines of one outage so far. */
interface MergedOutage {
  firstLine: TableRow;
  firstStart: number;
  lastStart: number;
  latestEnd: number;
  /** The line that starts last has no end. */
  isOpen: boolean;
}

function addLine(outage: MergedOutage, row: TableRow, begins: number, finishes: number): void {
  if (orderKnownFirst(begins, outage.firstStart) < 0) {
    outage.firstLine = row;
    outage.firstStart = begins;
  }
  const order = orderKnownLast(begins, outage.lastStart);
  if (order > 0) outage.lastStart = begins;
  if (order > 0) outage.isOpen = Number.isNaN(finishes);
  else if (order === 0 && Number.isNaN(finishes)) outage.isOpen = true;
  if (orderKnownLast(finishes, outage.latestEnd) > 0) outage.latestEnd = finishes;
}

/** Negative where `a` comes before `b`; an unknown instant comes after every known one. */
function orderKnownFirst(a: number, b: number): number {
  return order(a, b, Infinity);
}

/** Positive where `a` comes after `b`; an unknown instant comes before every known one. */
function orderKnownLast(a: number, b: number): number {
  return order(a, b, -Infinity);
}

function order(a: number, b: number, unknown: number): number {
  const left = Number.isNaN(a) ? unknown : a;
  const right = Number.isNaN(b) ? unknown : b;
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
