import { AppError } from '#base/errors.ts';
import { type CellRow, readCell } from '#data/cell.ts';
import { requireColumns } from '#data/require-columns.ts';
import { selectRows } from '#data/table.ts';
import { completeInputs } from '#inference/input-rows.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';

/** Every row of a file that is not left out as a case of the model. Throws `model-columns-missing`. O(cells). */
export function readCases({ description }: ModelAtWork, { cleaned }: OpenDataset): CellRow[] {
  const table = completeInputs(description, cleaned.table);
  const columns = requireColumns(
    table,
    description.inputs.map(({ name }) => ({ name })),
  );
  return Array.from({ length: table.nRows }, (_, row) => columns.map((column) => readCell(column, row)));
}

/** One row, counted from 0 as in the file. Throws `invalid-setting` for one that there is not. */
export function readCase({ description }: ModelAtWork, dataset: OpenDataset | null, row: number): CellRow {
  const position = dataset?.cleaned.rowOrigins.indexOf(row) ?? -1;
  if (dataset === null || position < 0) {
    const max = dataset?.cleaned.removedBy.length ?? 0;
    throw new AppError('invalid-setting', `row must be in [1, ${max}] and not left out, got ${row + 1}`, {
      name: 'row',
      value: row + 1,
      min: 1,
      max,
    });
  }
  const { table } = dataset.cleaned;
  const columns = requireColumns(
    selectRows(completeInputs(description, table), [position]),
    description.inputs.map(({ name }) => ({ name })),
  );
  return columns.map((column) => readCell(column, 0));
}
