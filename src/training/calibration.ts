import { gather } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { type CategoryColumn, selectRows, type Table } from '#data/table.ts';
import { chooseIntervals, type IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import { type OutOfFoldForecasts, poolForecasts } from '#evaluation/intervals/out-of-fold-forecasts.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import type { Comparison } from './comparison.ts';
import { evaluateOnFold } from './fold-parts.ts';
import type { SharedFolds } from './shared-folds.ts';
import type { Samples } from './training-set.ts';

/**
 * The intervals of the model to be, from what the comparison forecast for each outage by a model that had not seen it.
 * `compared` are the positions of the compared outages among all, `classes` is one of the features. Null after a stop: an interval whose
 * promise was not checked on every fold is none.
 */
export async function calibrateFromComparison(
  id: SpecId,
  { features, target }: Samples,
  compared: Int32Array,
  comparison: Comparison,
  classes: CategoryColumn | null,
  context: JobContext,
): Promise<IntervalChoice | null> {
  if (context.stop.aborted || !comparison.isComplete) return null;
  const known = selectRows(features, compared);
  const labels =
    classes &&
    Array.from(compared, (position) => classes.categories[classes.codes[position] as number] ?? null);
  const forecasts = comparison.forecasts.get(id) ?? listBlended(id, comparison);
  if (forecasts === null) return null;
  const pooled = poolForecasts(forecasts, comparison.folds, gather(target, compared));
  return chooseFromForecasts(pooled, known, labels, context);
}

/** A blend is not fitted: its forecasts are those it was scored by. */
function listBlended(id: SpecId, { scores, folds }: Comparison): readonly (ModelForecasts | null)[] | null {
  const score = scores.find((each) => each.id === id);
  if (score === undefined) return null;
  return folds.map(({ repeat, testRows }) =>
    repeat > 0 ? null : { predicted: Float64Array.from(testRows, (row) => score.predictions[row] as number) },
  );
}

/**
 * Calibrates the intervals of a model that was not compared: forecasts each outage by a fit that did not see it, and
 * chooses the way of scoring. `classes` is by row, null = unknown. Cost and errors: `forecastOutOfFold`.
 */
export async function calibrateSpec(
  spec: ModelSpec,
  outages: SharedFolds,
  classes: readonly (string | null)[] | null,
  context: JobContext,
): Promise<IntervalChoice> {
  return chooseFromForecasts(
    await forecastOutOfFold(spec, outages, context),
    outages.features,
    classes,
    context,
  );
}

/** Any category of the features may be rare. */
function chooseFromForecasts(
  { outages, foldOf }: OutOfFoldForecasts,
  { columns }: Table,
  classes: readonly (string | null)[] | null,
  context: JobContext,
): Promise<IntervalChoice> {
  const categories = columns.filter((column): column is CategoryColumn => column.type === 'category');
  return chooseIntervals({ ...outages, categories, ...(classes && { classes }) }, foldOf, context);
}

/**
 * Fits the model on each fold and forecasts the outages it did not see. Of repeated folds the first
 * repeat counts. One fit a fold. Throws `cancelled`; on `context.stop` the folds finished so far count.
 */
export async function forecastOutOfFold(
  spec: ModelSpec,
  { features, target, folds }: SharedFolds,
  context: JobContext,
): Promise<OutOfFoldForecasts> {
  const used = folds.filter((fold) => fold.repeat === 0);
  const requests = used.map((_, fold) => ({ specs: [spec], fold }));
  const nFolds = used.length;
  const forecasts = await runParts(evaluateOnFold, { features, target, folds: used }, requests, context, {
    onProgress: (done, fold) =>
      context.onProgress({ phase: 'calibrating', done, total: nFolds, fold: fold + 1, nFolds }),
  });
  return poolForecasts(
    forecasts.map((each) => each?.[0] ?? null),
    used,
    target,
  );
}
