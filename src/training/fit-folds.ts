import { gather } from '#base/arrays.ts';
import { createPacer, ignoreStop, type JobContext } from '#base/job-context.ts';
import { orderByContent } from '#data/column-order.ts';
import { selectRows } from '#data/table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { fitModel } from '#models/regressor.ts';
import type { LearntOutages } from './refit-without.ts';

/**
 * The open model fitted anew on all of its outages but a fold's, for each of so many random folds; their levels are by the
 * calibration of the open one. A fit a fold. Throws `cancelled` and the errors of a fit.
 */
export async function fitFoldModels(
  open: ModelAtWork,
  { table, outages }: LearntOutages,
  nFolds: number,
  context: JobContext,
): Promise<ModelAtWork[]> {
  const built = buildModelFeatures(open, table);
  const features = orderByContent(selectRows(built, outages.positions));
  const { elapsed, positions } = outages.underWay;
  const beside = elapsed.length > 0 ? { underWay: { features: selectRows(built, positions), elapsed } } : {};
  const whole = ignoreStop(context);
  const pace = createPacer(context);
  const models: ModelAtWork[] = [];
  for (const { trainRows } of splitRandomFolds(outages.rows.length, nFolds, FOLD_SEED)) {
    const target = gather(outages.target, trainRows);
    const model = await fitModel(open.model.spec, selectRows(features, trainRows), target, beside, whole);
    models.push({ ...open, model });
    await pace(() => ({ phase: 'fitting', done: models.length, total: nFolds }));
  }
  return models;
}

const FOLD_SEED = 1;
