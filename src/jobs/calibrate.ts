import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import type { CategoryColumn } from '#data/table.ts';
import type { IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import { calibrateModel } from '#evaluation/intervals/model-forecast.ts';
import type { ModelSpec } from '#models/regressor.ts';
import { splitFolds } from './split-rows.ts';
import type { TrainingSettings } from './training.ts';

/**
 * The intervals of the model to be, from forecasts of every outage by a model that had not seen it: one fit a fold.
 * Null after a stop: an interval whose promise was not checked is none.
 */
export async function calibrate(
  spec: ModelSpec,
  outages: OutageSet,
  classes: CategoryColumn | null,
  settings: TrainingSettings,
  context: JobContext,
): Promise<IntervalChoice | null> {
  if (context.stop.aborted) return null;
  const all = Int32Array.from(outages.rows, (_, position) => position);
  const folds = splitFolds(outages, all, settings);
  const labels = classes && Array.from(classes.codes, (code) => classes.categories[code] ?? null);
  const choice = await calibrateModel(spec, outages.features, outages.target, folds, labels, context);
  return context.stop.aborted ? null : choice;
}
