import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { findColumn, selectRows, type Table } from '#data/table.ts';
import { computePartialDependence } from '#explain/partial-dependence.ts';
import { buildModelFeatures, findKnownOutages } from './apply-model.ts';
import type { ColumnEffect, EffectRequest } from './insight.ts';
import type { OpenDataset } from './open-dataset.ts';
import type { OpenModel } from './open-model.ts';

/** Outages averaged over, and drawn singly: more would cost time and change nothing that can be seen. */
const MAX_ROWS = 300;
const MAX_CURVES = 40;

/**
 * Partial dependence on one column of the file: every feature made from it follows. Throws `unknown-column` and
 * `model-columns-missing`.
 */
export async function measureColumnEffect(
  open: OpenModel,
  dataset: OpenDataset,
  { column, today }: EffectRequest,
  context: JobContext,
): Promise<ColumnEffect> {
  const predict = (table: Table) => open.model.predict(buildModelFeatures(open, table));
  const past = selectInputs(open, dataset, today);
  const dependence = await computePartialDependence(
    predict,
    past,
    column,
    { maxRows: MAX_ROWS, maxCurves: MAX_CURVES },
    context,
  );
  return { column, dependence };
}

/** The past outages by the columns the model asks for. */
function selectInputs(open: OpenModel, { cleaned }: OpenDataset, today: number): Table {
  const { rows } = findKnownOutages(open, cleaned.table, today);
  const columns = open.description.inputs.map(({ name }) => {
    const column = findColumn(cleaned.table, name);
    if (!column) {
      throw new AppError('model-columns-missing', `Columns missing: ${name}`, { columns: [name] });
    }
    return column;
  });
  return selectRows({ nRows: cleaned.table.nRows, columns }, rows);
}
