import { type CellRow, buildColumn, readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import { type Column, selectRows, type Table } from '#data/table.ts';
import type { EncodedFeature } from '#models/encoder.ts';

/**
 * The table with each input that has no value at all as training had its type: a file in which nobody filled a column in
 * does not say what stands there. The table itself where there is none such. O(cells) at worst.
 */
export function typeEmptyInputs(inputs: readonly EncodedFeature[], table: Table): Table {
  const typeOf = new Map(inputs.map(({ name, type }) => [name, type]));
  const columns = table.columns.map((column): Column => {
    const type = typeOf.get(column.name);
    if (type === undefined || type === column.type || !isEmpty(column)) return column;
    const nothing = Array.from({ length: table.nRows }, () => null);
    return buildColumn(column.name, type, nothing);
  });
  return columns.every((column, i) => column === table.columns[i]) ? table : { ...table, columns };
}

function isEmpty(column: Column): boolean {
  return column.type === 'category'
    ? column.codes.every((code) => code < 0)
    : column.values.every(Number.isNaN);
}

/** The rows of a table in which an input has no value, as cases of the model. Throws `model-columns-missing`. O(cells). */
export function listRowsWithGaps(
  inputs: readonly EncodedFeature[],
  table: Table,
): readonly { readonly row: number; readonly cells: CellRow }[] {
  const columns = requireColumns(
    table,
    inputs.map(({ name }) => ({ name })),
  );
  const hasGap = new Uint8Array(table.nRows);
  for (const column of columns) {
    const isMissing = column.type === 'category' ? (code: number) => code < 0 : Number.isNaN;
    const cells = column.type === 'category' ? column.codes : column.values;
    for (const [row, cell] of cells.entries()) if (isMissing(cell)) hasGap[row] = 1;
  }
  const rows = Int32Array.from(hasGap.keys()).filter((row) => hasGap[row] === 1);
  const picked = selectRows({ nRows: table.nRows, columns }, rows);
  return Array.from(rows, (row, i) => ({ row, cells: picked.columns.map((column) => readCell(column, i)) }));
}
