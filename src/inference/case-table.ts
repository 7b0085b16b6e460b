import { AppError } from '#base/errors.ts';
import { createRareFinder } from '#evaluation/intervals/rare-categories.ts';
import type { CaseClass } from '#evaluation/intervals/answering.ts';
import { findColumn, type Table } from '#data/table.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import { buildColumn, type CellRow } from '#data/cell.ts';
import type { ModelCalibration } from './model-calibration.ts';

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

/** What each row of a table, of the cases or of the features, is answered by: a rare category, else its class; null where unknown. */
export function createClassFinder(
  table: Table,
  calibration: Pick<ModelCalibration, 'classColumn' | 'intervals'> | null,
): (row: number) => CaseClass {
  const { classColumn = null, intervals = null } = calibration ?? {};
  const findRare = createRareFinder(intervals?.rare ?? [], table.columns);
  const column = classColumn === null ? undefined : findColumn(table, classColumn);
  return (row) =>
    findRare(row) ??
    (column?.type === 'category' ? (column.categories[column.codes[row] as number] ?? null) : null);
}
