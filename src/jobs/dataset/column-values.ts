import { AppError } from '#base/errors.ts';
import { type Column, findColumn, type Table } from '#data/table.ts';
import type { ColumnValuesRequest } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';

/** The cells of one column in some rows of the file, as the recipe left them; missing for rows it leaves out. Throws `unknown-column`. */
export function readColumnValues(
  { cleaned }: OpenDataset,
  { column: name, rows }: ColumnValuesRequest,
): Column {
  const column = findColumn(cleaned.table, name);
  if (!column) throw unknownColumn(name, cleaned.table);
  const positionOf = new Map(Array.from(cleaned.rowOrigins, (row, position) => [row, position]));
  const positions = rows.map((row) => positionOf.get(row) ?? -1);
  if (column.type === 'category') {
    return { ...column, codes: Int32Array.from(positions, (position) => column.codes[position] ?? -1) };
  }
  return { ...column, values: Float64Array.from(positions, (position) => column.values[position] ?? NaN) };
}

function unknownColumn(column: string, { columns }: Table): AppError {
  return new AppError('unknown-column', `there is no column ${column}`, {
    column,
    columns: columns.map((each) => each.name),
  });
}
