import { AppError } from '#base/errors.ts';
import type { ReadResult } from '#data/csv/read-table.ts';
import type { Column, Table } from '#data/table.ts';
import { findColumn } from '#data/table.ts';
import type { CellValue } from './cell.ts';
import type { TableFilter, TablePage, TablePageRequest } from './dataset.ts';

/**
 * A window on the table, sorted and filtered. Missing cells sort last in both directions; equal cells keep the file's
 * order. Throws `unknown-column`. O(rows log rows) with a sort, O(rows) with a filter, O(count) with neither.
 */
export function readTablePage({ table, unread }: ReadResult, request: TablePageRequest): TablePage {
  const { from, count, sort, filters = [] } = request;
  let order: Int32Array | null = null;
  for (const filter of filters) order = filterRows(table, filter, order);
  if (sort) order = sortRows(getColumn(table, sort.column), sort.descending, order ?? allRows(table.nRows));
  const nMatching = order?.length ?? table.nRows;
  const first = Math.max(0, Math.min(from, nMatching));
  const last = Math.min(nMatching, first + count);
  const rowIndices = Array.from({ length: last - first }, (_, i) => order?.[first + i] ?? first + i);
  const shown = new Set(rowIndices);
  return {
    columns: table.columns.map((column) => ({
      name: column.name,
      type: column.type,
      hasTime: column.type === 'date' && column.hasTime,
    })),
    from: first,
    nMatching,
    rowIndices,
    rows: rowIndices.map((row) => table.columns.map((column) => readCell(column, row))),
    unread: unread.cells.filter(({ row }) => shown.has(row)),
  };
}

export function readCell(column: Column, row: number): CellValue {
  if (column.type === 'category') return column.categories[column.codes[row] as number] ?? null;
  const value = column.values[row] as number;
  return Number.isNaN(value) ? null : value;
}

function getColumn(table: Table, name: string): Column {
  const column = findColumn(table, name);
  if (column) return column;
  const columns = table.columns.map((each) => each.name);
  throw new AppError('unknown-column', `no column "${name}"`, { column: name, columns });
}

function allRows(nRows: number): Int32Array {
  return Int32Array.from({ length: nRows }, (_, row) => row);
}

function filterRows(table: Table, filter: TableFilter, order: Int32Array | null): Int32Array {
  const column = getColumn(table, filter.column);
  const isKept = createTest(column, filter);
  return (order ?? allRows(table.nRows)).filter(isKept);
}

function createTest(column: Column, { text, min, max }: TableFilter): (row: number) => boolean {
  const wanted = text === undefined ? '' : fold(text);
  if (column.type === 'category') {
    const isWanted = column.categories.map((label) => fold(label).includes(wanted));
    return (row) => wanted === '' || (isWanted[column.codes[row] as number] ?? false);
  }
  const { values, type } = column;
  return (row) => {
    const value = values[row] as number;
    if (min !== undefined && !(value >= min)) return false;
    if (max !== undefined && !(value <= max)) return false;
    return wanted === '' || writeValue(value, type).includes(wanted);
  };
}

/** Lower case without accents, decimal point: "Été" finds "ETE", "1,5" finds 1.5. */
function fold(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase().trim().replaceAll(',', '.');
}

function writeValue(value: number, type: 'number' | 'date'): string {
  if (Number.isNaN(value)) return '';
  return type === 'number' ? String(value) : new Date(value).toISOString();
}

function sortRows(column: Column, descending: boolean, rows: Int32Array): Int32Array {
  const keys = column.type === 'category' ? rankLabels(column.codes, column.categories) : column.values;
  const sign = descending ? -1 : 1;
  // Typed arrays sort stably, which keeps the file's order among equals.
  return Int32Array.from(rows).sort((a, b) => {
    const left = keys[a] as number;
    const right = keys[b] as number;
    if (Number.isNaN(left)) return Number.isNaN(right) ? 0 : 1;
    if (Number.isNaN(right)) return -1;
    return sign * (left - right);
  });
}

/** Each row's place in the alphabetical order of the labels; NaN where missing. */
function rankLabels(codes: Int32Array, categories: readonly string[]): Float64Array {
  const order = categories.map((_, code) => code);
  const folded = categories.map(fold);
  order.sort((a, b) => compareText(folded[a] as string, folded[b] as string));
  const rankOf = new Float64Array(categories.length);
  order.forEach((code, rank) => {
    rankOf[code] = rank;
  });
  return Float64Array.from(codes, (code) => (code < 0 ? NaN : (rankOf[code] as number)));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
