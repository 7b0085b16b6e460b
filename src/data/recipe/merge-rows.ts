import { isSliceEnd, type Sliced } from '#base/slices.ts';
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
  const keyOf = readIdentifiers(table, identifierName);
  const start = needColumn(table, startName, 'date');
  const end = needColumn(table, endName, 'date');
  const outages = new Map<string | number, number>();
  const firstLines: number[] = [];
  const lastStarts: number[] = [];
  const latestEnds: number[] = [];
  const areOpen: boolean[] = []; // the line that starts last has no end
  for (let row = 0; row < table.nRows; row++) {
    if (isSliceEnd(row)) yield;
    const key = keyOf(row);
    const begins = start.values[row] as number;
    const finishes = end.values[row] as number;
    let outage = key === null ? undefined : outages.get(key);
    if (outage === undefined) {
      outage = firstLines.length;
      if (key !== null) outages.set(key, outage);
      firstLines.push(row);
      lastStarts.push(begins);
      latestEnds.push(finishes);
      areOpen.push(Number.isNaN(finishes));
      continue;
    }
    if (orderKnownFirst(begins, start.values[firstLines[outage] as number] as number) < 0) {
      firstLines[outage] = row;
    }
    const order = orderKnownLast(begins, lastStarts[outage] as number);
    if (order > 0) lastStarts[outage] = begins;
    if (order > 0) areOpen[outage] = Number.isNaN(finishes);
    else if (order === 0 && Number.isNaN(finishes)) areOpen[outage] = true;
    if (orderKnownLast(finishes, latestEnds[outage] as number) > 0) latestEnds[outage] = finishes;
  }
  if (firstLines.length === table.nRows) return { ...working, nCells: 0 };
  const merged = yield* selectRowsInSlices(table, firstLines);
  const values = Float64Array.from(latestEnds, (instant, outage) =>
    areOpen[outage] === true ? NaN : instant,
  );
  const columns: Column[] = merged.columns.map((column, index) =>
    table.columns[index] === end ? { ...end, values } : column,
  );
  return {
    table: { nRows: firstLines.length, columns },
    rowOrigins: Int32Array.from(firstLines, (row) => working.rowOrigins[row] as number),
    nCells: 0,
  };
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
