import { type JobContext, type Phase, createPacer } from '#base/job-context.ts';
import { sliceRows, type Table } from '#data/table.ts';
import type { FittedModel } from '#models/regressor.ts';

/** Rows worked on between two yields: some milliseconds even with a large model or many columns. */
const SLICE_ROWS = 500;

/** Runs over a table in slices of rows, yielding in between; slices share the table's memory. */
export async function forEachSlice(
  table: Table,
  phase: Phase,
  context: JobContext,
  work: (slice: Table, from: number) => void,
): Promise<void> {
  const pace = createPacer(context);
  for (let from = 0; from < table.nRows; from += SLICE_ROWS) {
    work(sliceRows(table, from, Math.min(table.nRows, from + SLICE_ROWS)), from);
    await pace(() => ({ phase, done: from, total: table.nRows }));
  }
}

/** Predictions of all rows, in the target's unit. */
export async function predictAll(
  model: FittedModel,
  features: Table,
  context: JobContext,
): Promise<Float64Array> {
  const predictions = new Float64Array(features.nRows);
  await forEachSlice(features, 'predicting', context, (slice, from) => {
    predictions.set(model.predict(slice), from);
  });
  return predictions;
}
