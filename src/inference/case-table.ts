import { AppError } from '#base/errors.ts';
import { findColumn, type Table } from '#data/table.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import { buildColumn, type CellRow } from '#data/cell.ts';

/** Cases as a table like the file's: one column per input, in the model's order. Throws `length-mismatch`. */
export function toCaseTable(features: readonly EncodedFeature[], cases: readonly CellRow[]): Table {
  for (const cells of cases) {
    if (cells.length !== features.length) {
      throw new AppError(
        'length-mismatch',
        `a case has ${cells.length} cells, the model asks for ${features.length}`,
        {
          name: 'cells',
          expected: features.length,
          actual: cells.length,
        },
      );
    }
  }
  return {
    nRows: cases.length,
    columns: features.map((feature, position) =>
      buildColumn(
        feature.name,
        feature.type,
        cases.map((cells) => cells[position] ?? null),
      ),
    ),
  };
}

/** The label of one row in the column whose classes have intervals of their own; null where unknown. */
export function findCaseClass(table: Table, classColumn: string | null, row: number): string | null {
  const column = classColumn === null ? undefined : findColumn(table, classColumn);
  return column?.type === 'category' ? (column.categories[column.codes[row] as number] ?? null) : null;
}
