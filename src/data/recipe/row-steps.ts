import { isSliceEnd, type Sliced } from '#base/slices.ts';
import { MS_PER_DAY } from '../dates.ts';
import { findDuplicateRows } from './duplicate-rows.ts';
import { selectRowsInSlices, type Column, type Table } from '../table.ts';
import { isInside, type Bounds } from './recipe-step.ts';
import { needColumn, type StepOutcome, type WorkingTable } from './step-outcome.ts';

export function* excludeRows(working: WorkingTable, rows: readonly number[]): Sliced<StepOutcome> {
  const excluded = new Set(rows);
  return yield* keepWhere(working, (row) => !excluded.has(working.rowOrigins[row] as number));
}

export function* excludeOutside(working: WorkingTable, name: string, bounds: Bounds): Sliced<StepOutcome> {
  const { values } = needColumn(working.table, name, 'number', 'date');
  return yield* keepWhere(working, (row) => isInside(values[row] as number, bounds));
}

export function* excludeSpanOutside(
  working: WorkingTable,
  startName: string,
  endName: string,
  bounds: Bounds,
): Sliced<StepOutcome> {
  const start = needColumn(working.table, startName, 'date').values;
  const end = needColumn(working.table, endName, 'date').values;
  return yield* keepWhere(working, (row) =>
    isInside(((end[row] as number) - (start[row] as number)) / MS_PER_DAY, bounds),
  );
}

export function* excludeDuplicates(working: WorkingTable, ignoring: readonly string[]): Sliced<StepOutcome> {
  const compared = working.table.columns.filter((column) => !ignoring.includes(column.name));
  const firstEqual = yield* findDuplicateRows(compared, working.table.nRows);
  return yield* keepWhere(working, (row) => firstEqual[row] === row);
}

export function* keepLatestVersion(
  working: WorkingTable,
  identifierName: string,
  versionName: string,
): Sliced<StepOutcome> {
  const keyOf = readIdentifiers(working.table, identifierName);
  const version = needColumn(working.table, versionName, 'number', 'date', 'category');
  const rankOf = readVersions(version);
  const latest = new Map<string | number, number>();
  for (let row = 0; row < working.table.nRows; row++) {
    if (isSliceEnd(row)) yield;
    const key = keyOf(row);
    if (key === null) continue;
    const best = latest.get(key);
    if (best === undefined || rankOf(row) >= rankOf(best)) latest.set(key, row);
  }
  return yield* keepWhere(working, (row) => {
    const key = keyOf(row);
    return key === null || latest.get(key) === row;
  });
}

/** Rows that `keep` is true for, in their order; a table that loses none is passed on as it is. */
function* keepWhere(working: WorkingTable, keep: (row: number) => boolean): Sliced<StepOutcome> {
  const { nRows } = working.table;
  const kept = new Int32Array(nRows);
  let nKept = 0;
  for (let row = 0; row < nRows; row++) {
    if (isSliceEnd(row)) yield;
    if (keep(row)) kept[nKept++] = row;
  }
  if (nKept === nRows) return { ...working, nCells: 0 };
  const rows = kept.subarray(0, nKept);
  return {
    table: yield* selectRowsInSlices(working.table, rows),
    rowOrigins: rows.map((row) => working.rowOrigins[row] as number),
    nCells: 0,
  };
}

/** The identifier of each row, null where it is missing: such a row is an outage of its own. */
export function readIdentifiers(table: Table, name: string): (row: number) => string | number | null {
  const column = needColumn(table, name, 'number', 'date', 'category');
  if (column.type === 'category') {
    const { codes } = column;
    return (row) => ((codes[row] as number) < 0 ? null : (codes[row] as number));
  }
  const { values } = column;
  return (row) => (Number.isNaN(values[row]) ? null : (values[row] as number));
}

/** The place of each row's version in their order; −1 where it is missing. `v10` comes after `v9`. */
function readVersions(column: Column): (row: number) => number {
  if (column.type !== 'category') {
    const { values } = column;
    return (row) => (Number.isNaN(values[row]) ? -Infinity : (values[row] as number));
  }
  const { categories, codes } = column;
  const inOrder = categories.map((_, code) => code);
  inOrder.sort((a, b) => compareVersions(categories[a] as string, categories[b] as string));
  const rank = new Int32Array(categories.length);
  inOrder.forEach((code, place) => (rank[code] = place));
  return (row) => ((codes[row] as number) < 0 ? -1 : (rank[codes[row] as number] as number));
}

/** Compares the numbers in two labels one by one, then the labels themselves. */
function compareVersions(a: string, b: string): number {
  const numbersOf = (label: string) => (label.match(/\d+/g) ?? []).map(Number);
  const left = numbersOf(a);
  const right = numbersOf(b);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? -1) - (right[i] ?? -1);
    if (difference !== 0) return difference;
  }
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
