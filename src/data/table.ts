import { gather } from '#base/arrays.ts';
import { runAtOnce, type Sliced } from '#base/slices.ts';

/**
 * A table as a struct of typed columns, by position. Names are labels, never keys: two columns may
 * not share a name (the reader renames duplicates), yet one may be called `__proto__`.
 */
export interface Table {
  readonly nRows: number;
  readonly columns: readonly Column[];
}

export type Column = NumberColumn | CategoryColumn | DateColumn;
export const columnTypes = ['number', 'date', 'category'] as const satisfies readonly Column['type'][];
export type ColumnType = (typeof columnTypes)[number];
export type ColumnOf<T extends ColumnType> = Extract<Column, { type: T }>;

/** Numbers; NaN is a missing cell. */
export interface NumberColumn {
  readonly type: 'number';
  readonly name: string;
  readonly values: Float64Array;
  /** What the cells, or a column of units beside them, say they are told in: a `TimeUnit`, or as written (MW, €). */
  readonly unit?: string;
}

/** Labels as codes into `categories` (in order of first appearance); −1 is a missing cell. */
export interface CategoryColumn {
  readonly type: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  readonly categories: readonly string[];
}

/** Instants in milliseconds since 1970 (UTC; a date without a zone is read as if it were UTC); NaN is missing. */
export interface DateColumn {
  readonly type: 'date';
  readonly name: string;
  readonly values: Float64Array;
  /** False when every value is midnight and none was written with a time: written back as a day. */
  readonly hasTime: boolean;
}

export function findColumn(table: Table, name: string): Column | undefined {
  return table.columns.find((column) => column.name === name);
}

export function isOfType<T extends ColumnType>(
  column: Column | undefined,
  ...types: readonly T[]
): column is ColumnOf<T> {
  return types.some((type) => type === column?.type);
}

/** The table with only the given rows, in the given order. O(rows × columns). */
export function selectRows(table: Table, rows: ArrayLike<number>): Table {
  return runAtOnce(selectRowsInSlices(table, rows));
}

/** The same, pausing. */
export function* selectRowsInSlices(table: Table, rows: ArrayLike<number>): Sliced<Table> {
  const columns: Column[] = [];
  for (const column of table.columns) {
    columns.push(selectColumnRows(column, rows));
    yield;
  }
  return { nRows: rows.length, columns };
}

export function selectColumnRows(column: CategoryColumn, rows: ArrayLike<number>): CategoryColumn;
export function selectColumnRows(column: Column, rows: ArrayLike<number>): Column;
export function selectColumnRows(column: Column, rows: ArrayLike<number>): Column {
  return column.type === 'category'
    ? { ...column, codes: gather(column.codes, rows) }
    : { ...column, values: gather(column.values, rows) };
}

/** Rows [from, to) of a table, whose memory they share. */
export function sliceRows({ columns }: Table, from: number, to: number): Table {
  return {
    nRows: to - from,
    columns: columns.map((column): Column =>
      column.type === 'category'
        ? { ...column, codes: column.codes.subarray(from, to) }
        : { ...column, values: column.values.subarray(from, to) },
    ),
  };
}

/** The label of each row, null where it has none. */
export function listLabels({ categories, codes }: CategoryColumn): readonly (string | null)[] {
  return Array.from(codes, (code) => categories[code] ?? null);
}
