import { AppError } from '#base/errors.ts';
import { findColumn, type Table } from '#data/table.ts';
import type { EncodedFeature } from '#models/encoder.ts';
import type { ModelDescription } from '#models/model-description.ts';
import { buildColumn, type CellRow, type CellValue } from '#data/cell.ts';
import type { CaseNote } from './contract.ts';

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

/**
 * What a person should know about each cell of a case: beyond the training range, unknown, missing. Columns that repeat
 * the year of a date among them may run one year ahead, as the outages to come do.
 */
export function noteCells(
  { inputs: features, calendar }: Pick<ModelDescription, 'inputs' | 'calendar'>,
  cells: CellRow,
): readonly CaseNote[] {
  const years = new Set(calendar.flatMap(({ part, column }) => (part === 'year' ? [column] : [])));
  return features.flatMap((encoded, feature): CaseNote[] => {
    const cell = cells[feature] ?? null;
    const code = noteCell(encoded, cell, years.has(encoded.name) ? 1 : 0);
    return code === null ? [] : [{ feature, code }];
  });
}

function noteCell(feature: EncodedFeature, cell: CellValue, ahead: number): CaseNote['code'] | null {
  if (cell === null || Number.isNaN(cell)) return 'missing';
  if (feature.type === 'category') {
    return feature.categories.includes(String(cell)) ? null : 'unknown-category';
  }
  if (typeof cell !== 'number') return 'missing';
  // An outage to come starts after all those of training: that is no warning.
  if (feature.type === 'date') return null;
  if (cell < feature.min) return 'below-training-range';
  return cell > feature.max + ahead ? 'above-training-range' : null;
}
