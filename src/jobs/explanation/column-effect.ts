import type { JobContext } from '#base/job-context.ts';
import { quantileOfSorted, sortedFinite } from '#base/statistics.ts';
import { requireColumns } from '#data/require-columns.ts';
import type { Instant } from '#base/instant.ts';
import { type Column, findColumn, selectRows, type Table } from '#data/table.ts';
import { findWideGrid } from '#explain/feature-grid.ts';
import { computePartialDependence } from '#explain/partial-dependence.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { ColumnEffect, EffectRequest } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ModelAtWork } from '#inference/open-model.ts';

/** Outages averaged over, and drawn singly: more would cost time and change nothing that can be seen. */
const MAX_ROWS = 300;
const MAX_CURVES = 40;
const N_POINTS = 24;
const MAX_RUG = 120;

/**
 * Partial dependence on each of some columns of the file: every feature made from one follows. Throws `unknown-column`
 * and `model-columns-missing`.
 */
export async function measureColumnEffects(
  open: ModelAtWork,
  dataset: OpenDataset,
  { columns, today }: EffectRequest,
  context: JobContext,
): Promise<readonly ColumnEffect[]> {
  const predict = (table: Table) => open.model.predict(buildModelFeatures(open, table));
  const past = selectInputs(open, dataset, today);
  const effects: ColumnEffect[] = [];
  for (const [index, name] of columns.entries()) {
    const column = findColumn(past, name);
    const grid = column && findWideGrid(column, N_POINTS);
    const watched: JobContext = {
      ...context,
      onProgress: (progress) =>
        context.onProgress({
          ...progress,
          overall: (index + progress.done / progress.total) / columns.length,
        }),
    };
    const options = { maxRows: MAX_ROWS, maxCurves: MAX_CURVES, ...(grid && { grid }) };
    const dependence = await computePartialDependence(predict, past, name, options, watched);
    effects.push({ column: name, dependence, ...describeValues(column) });
  }
  return effects;
}

function describeValues(column: Column | undefined): Pick<ColumnEffect, 'usual' | 'rug'> {
  const sorted = !column || column.type === 'category' ? new Float64Array(0) : sortedFinite(column.values);
  if (sorted.length === 0) return { usual: null, rug: sorted };
  const nMarks = Math.min(MAX_RUG, sorted.length);
  return {
    usual: {
      p5: quantileOfSorted(sorted, 0.05),
      median: quantileOfSorted(sorted, 0.5),
      p95: quantileOfSorted(sorted, 0.95),
    },
    rug: Float64Array.from({ length: nMarks }, (_, i) =>
      quantileOfSorted(sorted, nMarks === 1 ? 0.5 : i / (nMarks - 1)),
    ),
  };
}

/** The past outages by the columns the model asks for. */
function selectInputs(open: ModelAtWork, { cleaned }: OpenDataset, today: Instant): Table {
  const { positions } = findKnownOutages(open, cleaned.table, today);
  const columns = requireColumns(
    cleaned.table,
    open.description.inputs.map(({ name }) => ({ name })),
  );
  return selectRows({ nRows: cleaned.table.nRows, columns }, positions);
}
