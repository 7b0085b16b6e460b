import { readCell } from '#data/cell.ts';
import { AppError } from '#base/errors.ts';
import type { Instant } from '#base/instant.ts';
import type { CleanedTable } from '#data/recipe/apply-recipe.ts';
import { requireColumns } from '#data/require-columns.ts';
import { findColumn, selectRows } from '#data/table.ts';
import type { FileRow } from '#data/row-index.ts';
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
  row: FileRow,
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
  const columns = requireColumns(
    one,
    model.description.inputs.map(({ name }) => ({ name })),
  );
  const cells = columns.map((column) => readCell(column, 0));
  const plan = model.description.roles.find(({ role }) => role === 'announced');
  const planned = plan && findColumn(one, plan.column);
  const announced = planned?.type === 'number' ? readCell(planned, 0) : null;
  return {
    row,
    cells,
    actual: findKnownOutages(model, one, today).target[0] ?? null,
    announced: typeof announced === 'number' ? announced : null,
  };
}
