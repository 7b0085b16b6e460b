import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import type { CategoryColumn } from '#data/table.ts';
import type { CrossValidation } from '#evaluation/cross-validation.ts';
import { chooseIntervals, type IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import { calibrateModel } from '#evaluation/intervals/model-forecast.ts';
import { modelCatalogue } from '#models/model-catalogue.ts';
import type { ModelSpec } from '#models/regressor.ts';
import { selectSamples } from './training-set.ts';

/**
 * The intervals of the model to be, from forecasts of each compared outage by a model that had not seen it. The
 * comparison has them already; only a forest, which forecasts whole distributions, is fitted once more a fold. Null
 * after a stop: an interval whose promise was not checked on every fold is none.
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
  const { features, target } = selectSamples(outages, compared);
  const labels =
    classes &&
    Array.from(compared, (position) => classes.categories[classes.codes[position] as number] ?? null);
  if (modelCatalogue[spec.name].family === 'forest') {
    const choice = await calibrateModel(spec, features, target, comparison.folds, labels, context);
    return context.stop.aborted ? null : choice;
  }
  const score = comparison.models.find(({ name }) => name === spec.name);
  if (score === undefined) return null;
  const { predictions: predicted } = score;
  return chooseIntervals(
    { predicted, actual: target, ...(labels && { classes: labels }) },
    findFolds(comparison, target.length),
  );
}

/** The fold in which each outage was forecast; −1 for those in none. Of repeated folds the first repeat counts. */
function findFolds({ folds }: CrossValidation, nOutages: number): Int32Array {
  const foldOf = new Int32Array(nOutages).fill(-1);
  for (const [index, fold] of folds.entries()) {
    if (fold.repeat === 0) for (const row of fold.testRows) foldOf[row] = index;
  }
  return foldOf;
}
