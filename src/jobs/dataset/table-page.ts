import { invertOrder, range } from '#base/arrays.ts';
import { requireColumn } from '#data/require-columns.ts';
import type { FileRow, TableRow } from '#data/row-index.ts';
import type { Column, Table } from '#data/table.ts';
import { readCell } from '#data/cell.ts';
import type { TableFilter, TablePage, TablePageRequest } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';

/**
 * A window on the table, sorted and filtered. Missing cells sort last in both directions; equal cells keep the file's
 * order. Throws `unknown-column`. O(rows log rows) with a sort, O(rows) with a filter, O(count) with neither, and for
 * the further pages of the same query.
 */
export function readTablePage({ read, recipe, cleaned }: OpenDataset, request: TablePageRequest): TablePage {
  const { from, count, view = 'cleaned' } = request;
  const table = view === 'file' ? read.table : cleaned.table;
  // In the file's own table a position is a row of the file.
  const toFile = (row: TableRow): FileRow =>
    view === 'file' ? Number(row) : (cleaned.rowOrigins[row] ?? -1);
  const order = findOrder(table, toFile, request);
  const nMatching = order?.length ?? table.nRows;
  const first = Math.max(0, Math.min(from, nMatching));
  const last = Math.min(nMatching, first + count);
  const positions = Array.from({ length: last - first }, (_, i) => order?.[first + i] ?? first + i);
  const rowIndices = positions.map(toFile);
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
    leftOutBy: rowIndices.map((row) => recipe.steps[cleaned.removedBy[row] ?? -1]?.id ?? null),
    rows: positions.map((row) => table.columns.map((column) => readCell(column, row))),
    unread: read.unread.cells.filter(({ row }) => shown.has(row)),
  };
}

type OrderRequest = Pick<TablePageRequest, 'rows' | 'sort' | 'filters'>;

/** The last order of each table: whoever scrolls asks for page after page of the same one. */
const lastOrders = new WeakMap<Table, { readonly key: string; readonly order: Int32Array | null }>();

/** Positions of the rows to show, in their order; null for all of them as they stand. */
function findOrder(
  table: Table,
  toFile: (row: TableRow) => FileRow,
  request: OrderRequest,
): Int32Array | null {
  const { rows, sort, filters } = request;
  const key = JSON.stringify([rows, sort, filters]);
  const known = lastOrders.get(table);
  if (known?.key === key) return known.order;
  const order = computeOrder(table, toFile, request);
  lastOrders.set(table, { key, order });
  return order;
}

function computeOrder(
  table: Table,
  toFile: (row: TableRow) => FileRow,
  { rows, sort, filters = [] }: OrderRequest,
): Int32Array | null {
  let order: Int32Array | null = null;
  if (rows) {
    const wanted = new Set(rows);
    order = range(table.nRows).filter((row) => wanted.has(toFile(row)));
  }
  for (const filter of filters) order = filterRows(table, filter, order);
  if (!sort) return order;
  return sortRows(requireColumn(table, sort.column), sort.descending, order ?? range(table.nRows));
}

function filterRows(table: Table, filter: TableFilter, order: Int32Array | null): Int32Array {
  const column = requireColumn(table, filter.column);
  const isKept = createTest(column, filter);
  return (order ?? range(table.nRows)).filter(isKept);
}

function createTest(column: Column, { text, min, max }: TableFilter): (row: number) => boolean {
  const wanted = text === undefined ? '' : fold(text);
  if (column.type === 'category') {
    const isWanted = column.categories.map((label) => fold(label).includes(wanted));
    return (row) => wanted === '' || (isWanted[column.codes[row] ?? -1] ?? false);
  }
  const { values, type } = column;
  return (row) => {
    const value = values[row] ?? NaN;
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
    const [left = NaN, right = NaN] = [keys[a], keys[b]];
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
  const rankOf = invertOrder(order);
  return Float64Array.from(codes, (code) => rankOf[code] ?? NaN);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
