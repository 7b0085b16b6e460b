import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import type { CategoryColumn } from '#data/table.ts';
import type { CrossValidation } from '#evaluation/cross-validation.ts';
import { poolForecasts } from '#evaluation/intervals/calibrate-model.ts';
import { chooseIntervals, type IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import type { ModelForecasts } from '#evaluation/intervals/model-forecast.ts';
import type { ModelSpec } from '#models/regressor.ts';
import { selectSamples } from './training-set.ts';

/**
 * The intervals of the model to be, from what the comparison forecast for each outage by a model that had not seen it.
 * Null after a stop: an interval whose promise was not checked on every fold is none.
 */
export async function calibrate(
  spec: ModelSpec,
  outages: OutageSet,
  compared: Int32Array,
  comparison: CrossValidation,
  classes: CategoryColumn | null,
  context: JobContext,
): Promise<IntervalChoice | null> {
  if (context.stop.aborted || !comparison.isComplete) return null;
  const { target } = selectSamples(outages, compared);
  const labels =
    classes &&
    Array.from(compared, (position) => classes.categories[classes.codes[position] as number] ?? null);
  const forecasts = comparison.forecasts.get(spec) ?? listBlended(spec, comparison);
  if (forecasts === null) return null;
  const { outages: forecast, foldOf } = poolForecasts(forecasts, comparison.folds, target);
  return chooseIntervals({ ...forecast, ...(labels && { classes: labels }) }, foldOf, context);
}

/** A blend is not fitted: its forecasts are those it was scored by. */
function listBlended(
  spec: ModelSpec,
  { models, folds }: CrossValidation,
): readonly (ModelForecasts | null)[] | null {
  const score = models.find(({ name }) => name === spec.name);
  if (score === undefined) return null;
  return folds.map(({ repeat, testRows }) =>
    repeat > 0 ? null : { predicted: Float64Array.from(testRows, (row) => score.predictions[row] as number) },
  );
}
