import { readCell } from '#data/cell.ts';
import { AppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { CleanedTable } from '#data/recipe/apply-recipe.ts';
import { findColumn, selectRows } from '#data/table.ts';
import { findKnownOutages } from './model-features.ts';
import type { ModelAtWork } from './open-model.ts';
import type { PastCase } from './contract.ts';

/**
 * A row of a file as a case of the model. Throws `invalid-setting` for a row there is not, or that the recipe leaves out,
 * and `model-columns-missing`.
 */
export function readPastCase(
  model: ModelAtWork,
  { table, rowOrigins, removedBy }: CleanedTable,
  row: number,
  today: Instant,
): PastCase {
  const nRows = removedBy.length;
  const position = rowOrigins.indexOf(row);
  if (position < 0) {
    throw new AppError('invalid-setting', `row must be in [0, ${nRows}) and not left out, got ${row}`, {
      name: 'row',
      value: row,
      min: 0,
      max: nRows - 1,
    });
  }
  const one = selectRows(table, [position]);
  const columns = model.description.inputs.map(({ name }) => findColumn(one, name));
  const missing = model.description.inputs.filter((_, i) => !columns[i]).map(({ name }) => name);
  if (missing.length > 0) {
    throw new AppError('model-columns-missing', `Columns missing: ${missing.join(', ')}`, {
      columns: missing,
    });
  }
  const cells = columns.map((column) => (column ? readCell(column, 0) : null));
  return { row, cells, actual: findKnownOutages(model, one, today).target[0] ?? null };
}
