import { countCodes } from '#base/arrays.ts';
import { isSliceEnd, type Sliced } from '#base/slices.ts';
import type { FileRow, TableRow } from '../row-index.ts';
import type { CategoryColumn, Column, DateColumn, NumberColumn, Table } from '../table.ts';
import { msPerUnit } from '../time-units.ts';
import { isInside, type Bounds, type RecipeAction } from './recipe-step.ts';
import {
  StepMisfit,
  needColumn,
  replaceColumn,
  type StepOutcome,
  type WorkingTable,
} from './step-outcome.ts';

export function* setMissing(
  working: WorkingTable,
  name: string,
  rows: readonly FileRow[],
): Sliced<StepOutcome> {
  const emptied = new Set(rows);
  const column = needColumn(working.table, name, 'number', 'date', 'category');
  const isEmptied = (row: TableRow) => emptied.has(working.rowOrigins[row] ?? -1);
  if (column.type === 'category') {
    return yield* changeCodes(working, column, column.categories, (code, row) =>
      isEmptied(row) ? -1 : code,
    );
  }
  return yield* changeValues(working, column, (value, row) => (isEmptied(row) ? NaN : value));
}

export function* setMissingOutside(working: WorkingTable, name: string, bounds: Bounds): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'number', 'date');
  return yield* changeValues(working, column, (value) => (isInside(value, bounds) ? value : NaN));
}

export function* clip(
  working: WorkingTable,
  name: string,
  min: number = -Infinity,
  max: number = Infinity,
): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'number', 'date');
  return yield* changeValues(working, column, (value) => Math.min(Math.max(value, min), max));
}

export function* fillDuration(
  working: WorkingTable,
  { column: name, start, end, unit }: Extract<RecipeAction, { kind: 'fill-duration' }>,
): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'number');
  const from = needColumn(working.table, start, 'date').values;
  const to = needColumn(working.table, end, 'date').values;
  return yield* changeValues(working, column, (value, row) => {
    const span = ((to[row] ?? NaN) - (from[row] ?? NaN)) / msPerUnit[unit];
    return Number.isNaN(value) && span > 0 ? span : value;
  });
}

export function* convertUnit(
  working: WorkingTable,
  name: string,
  factor: number,
  renamed: string | undefined,
): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'number');
  const changed = yield* changeValues(working, column, (value) => value * factor);
  const outcome = { ...changed, table: withoutUnit(changed.table, name) };
  if (renamed === undefined || renamed === name) return outcome;
  if (working.table.columns.some((other) => other.name === renamed)) throw new StepMisfit('name-taken');
  const columns = outcome.table.columns.map((other) =>
    other.name === name ? { ...other, name: renamed } : other,
  );
  return { ...outcome, table: { nRows: outcome.table.nRows, columns } };
}

/** Values that were multiplied are no longer told in the unit of the file's cells. */
function withoutUnit(table: Table, name: string): Table {
  const columns = table.columns.map((column): Column => {
    if (column.name !== name || column.type !== 'number' || column.unit === undefined) return column;
    const { unit: _unit, ...others } = column;
    return others;
  });
  return { ...table, columns };
}

export function* fillMissing(
  working: WorkingTable,
  name: string,
  filler: number | string,
): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'number', 'date', 'category');
  if (column.type === 'category') {
    const label = String(filler);
    const isKnown = column.categories.includes(label);
    const categories = isKnown ? column.categories : [...column.categories, label];
    const filled = categories.indexOf(label);
    return yield* changeCodes(working, column, categories, (code) => (code < 0 ? filled : code));
  }
  if (typeof filler !== 'number') throw new StepMisfit('wrong-type');
  return yield* changeValues(working, column, (value) => (Number.isNaN(value) ? filler : value));
}

export function* mergeLabels(
  working: WorkingTable,
  name: string,
  from: readonly string[],
  into: string,
): Sliced<StepOutcome> {
  const merged = new Set(from);
  const column = needColumn(working.table, name, 'category');
  return yield* relabel(working, column, (label) => (merged.has(label) ? into : label));
}

export function* groupRareLabels(
  working: WorkingTable,
  name: string,
  minRows: number,
  into: string,
): Sliced<StepOutcome> {
  const column = needColumn(working.table, name, 'category');
  const counts = countCodes(column.codes, column.categories.length);
  return yield* relabel(working, column, (label, code) => ((counts[code] ?? 0) < minRows ? into : label));
}

/** Gives each category its new label; categories of one label become one, in order of first appearance. */
function* relabel(
  working: WorkingTable,
  column: CategoryColumn,
  nameOf: (label: string, code: number) => string,
): Sliced<StepOutcome> {
  const codeOf = new Map<string, number>();
  const newCodes = Int32Array.from(column.categories, (label, code) => {
    const renamed = nameOf(label, code);
    const known = codeOf.get(renamed) ?? codeOf.size;
    codeOf.set(renamed, known);
    return known;
  });
  const categories = [...codeOf.keys()];
  return yield* changeCodes(working, column, categories, (code) => newCodes[code] ?? -1);
}

/** The cells of a column through `change`; the count is of those whose label became another one. */
function* changeCodes(
  working: WorkingTable,
  column: CategoryColumn,
  categories: readonly string[],
  change: (code: number, row: TableRow) => number,
): Sliced<StepOutcome> {
  let nCells = 0;
  const codes = new Int32Array(column.codes.length);
  for (const [row, code] of column.codes.entries()) {
    if (isSliceEnd(row)) yield;
    const changed = change(code, row);
    if (column.categories[code] !== categories[changed]) nCells += 1;
    codes[row] = changed;
  }
  const isSame = nCells === 0 && categories.length === column.categories.length;
  if (isSame) return { ...working, nCells };
  const changed: Column = { ...column, codes, categories };
  return { ...replaceColumn(working, column, changed), nCells };
}

function* changeValues(
  working: WorkingTable,
  column: NumberColumn | DateColumn,
  change: (value: number, row: TableRow) => number,
): Sliced<StepOutcome> {
  let nCells = 0;
  const values = new Float64Array(column.values.length);
  for (const [row, value] of column.values.entries()) {
    if (isSliceEnd(row)) yield;
    const changed = change(value, row);
    if (!Object.is(changed, value)) nCells += 1;
    values[row] = changed;
  }
  if (nCells === 0) return { ...working, nCells };
  return { ...replaceColumn(working, column, { ...column, values }), nCells };
}
