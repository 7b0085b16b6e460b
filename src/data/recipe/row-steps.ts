import { gather, invertOrder, range, subtract } from '#base/arrays.ts';
import { isSliceEnd, type Sliced } from '#base/slices.ts';
import { MS_PER_DAY } from '../dates.ts';
import { findDuplicateRows } from './duplicate-rows.ts';
import type { FileRow, TableRow } from '../row-index.ts';
import { selectRowsInSlices, type Column, type Table } from '../table.ts';
import { isInside, type Bounds } from './recipe-step.ts';
import { needColumn, StepMisfit, type StepOutcome, type WorkingTable } from './step-outcome.ts';

export function* excludeRows(working: WorkingTable, rows: readonly FileRow[]): Sliced<StepOutcome> {
  const excluded = new Set(rows);
  return yield* keepWhere(working, working.rowOrigins, (row) => !excluded.has(row));
}

export function* excludeOutside(working: WorkingTable, name: string, bounds: Bounds): Sliced<StepOutcome> {
  const { values } = needColumn(working.table, name, 'number', 'date');
  return yield* keepWhere(working, values, (value) => isInside(value, bounds));
}

export function* excludeSpanOutside(
  working: WorkingTable,
  startName: string,
  endName: string,
  bounds: Bounds,
): Sliced<StepOutcome> {
  const start = needColumn(working.table, startName, 'date').values;
  const end = needColumn(working.table, endName, 'date').values;
  return yield* keepWhere(working, subtract(end, start), (ms) => isInside(ms / MS_PER_DAY, bounds));
}

export function* excludeLabels(
  working: WorkingTable,
  name: string,
  labels: readonly string[],
): Sliced<StepOutcome> {
  const { codes, categories } = needColumn(working.table, name, 'category');
  const excluded = new Set(labels);
  return yield* keepWhere(working, codes, (code) => !excluded.has(categories[code] ?? ''));
}

/** Throws `StepMisfit` where no row has one of them: a label of another file must not empty this one. */
export function* keepLabels(
  working: WorkingTable,
  name: string,
  labels: readonly string[],
): Sliced<StepOutcome> {
  const { codes, categories } = needColumn(working.table, name, 'category');
  const kept = new Set(labels);
  const isKept = (code: number) => kept.has(categories[code] ?? '');
  if (!codes.some((code) => code >= 0 && isKept(code))) throw new StepMisfit('labels-missing');
  return yield* keepWhere(working, codes, (code) => code >= 0 && isKept(code));
}

export function* excludeDuplicates(working: WorkingTable, ignoring: readonly string[]): Sliced<StepOutcome> {
  const compared = working.table.columns.filter((column) => !ignoring.includes(column.name));
  const firstEqual = yield* findDuplicateRows(compared, working.table.nRows);
  return yield* keepWhere(working, firstEqual, (first, row) => first === row);
}

export function* keepLatestVersion(
  working: WorkingTable,
  identifierName: string,
  versionName: string,
): Sliced<StepOutcome> {
  const keys = readIdentifiers(working.table, identifierName);
  const versions = readVersions(needColumn(working.table, versionName, 'number', 'date', 'category'));
  const latest = new Map<number, { readonly row: number; readonly version: number }>();
  for (const [row, version] of versions.entries()) {
    if (isSliceEnd(row)) yield;
    const key = keys[row] ?? NaN;
    if (Number.isNaN(key)) continue;
    const best = latest.get(key);
    if (best === undefined || version >= best.version) latest.set(key, { row, version });
  }
  return yield* keepWhere(working, keys, (key, row) => Number.isNaN(key) || latest.get(key)?.row === row);
}

/** The rows for whose value `keep` is true, in their order; a table that loses none is passed on as it is. */
function* keepWhere(
  working: WorkingTable,
  values: Float64Array | Int32Array,
  keep: (value: number, row: TableRow) => boolean,
): Sliced<StepOutcome> {
  const kept = new Int32Array(values.length);
  let nKept = 0;
  for (const [row, value] of values.entries()) {
    if (isSliceEnd(row)) yield;
    if (keep(value, row)) kept[nKept++] = row;
  }
  if (nKept === values.length) return { ...working, nCells: 0 };
  const rows = kept.subarray(0, nKept);
  return {
    table: yield* selectRowsInSlices(working.table, rows),
    rowOrigins: gather(working.rowOrigins, rows),
    nCells: 0,
  };
}

/** The identifier of each row as a number; NaN where it is missing: such a row is an outage of its own. */
export function readIdentifiers(table: Table, name: string): Float64Array {
  const column = needColumn(table, name, 'number', 'date', 'category');
  return column.type === 'category'
    ? Float64Array.from(column.codes, (code) => (code < 0 ? NaN : code))
    : column.values;
}

/** The place of each row's version in their order; −1 or −∞ where it is missing. `v10` comes after `v9`. */
function readVersions(column: Column): Float64Array {
  if (column.type !== 'category') {
    return column.values.map((value) => (Number.isNaN(value) ? -Infinity : value));
  }
  const { categories, codes } = column;
  const labelOf = (code: number) => categories[code] ?? '';
  const order = range(categories.length).sort((a, b) => compareVersions(labelOf(a), labelOf(b)));
  const rankOf = invertOrder(order);
  return Float64Array.from(codes, (code) => rankOf[code] ?? -1);
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
