import { requireColumn } from '#data/require-columns.ts';
import type { Column } from '#data/table.ts';
import type { ColumnValuesRequest } from './contract.ts';
import type { OpenDataset } from './open-dataset.ts';

/** The cells of one column in some rows of the file, as the recipe left them; missing for rows it leaves out. Throws `unknown-column`. */
export function readColumnValues(
  { cleaned }: OpenDataset,
  { column: name, rows }: ColumnValuesRequest,
): Column {
  const column = requireColumn(cleaned.table, name);
  const positionOf = new Map(Array.from(cleaned.rowOrigins, (row, position) => [row, position]));
  const positions = rows.map((row) => positionOf.get(row) ?? -1);
  if (column.type === 'category') {
    return { ...column, codes: Int32Array.from(positions, (position) => column.codes[position] ?? -1) };
  }
  return { ...column, values: Float64Array.from(positions, (position) => column.values[position] ?? NaN) };
}
