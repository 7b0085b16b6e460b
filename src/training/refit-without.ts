import { gather } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { createStages } from '#base/stages.ts';
import { median } from '#base/statistics.ts';
import { orderByContent } from '#data/column-order.ts';
import { atStart } from '#data/known-when.ts';
import type { OutageSet } from '#data/outages.ts';
import { findColumn, selectRows, type Table, listLabels, selectColumnRows } from '#data/table.ts';
import { chooseIntervals, type IntervalChoice } from '#evaluation/intervals/interval-choice.ts';
import { poolForecasts } from '#evaluation/intervals/out-of-fold-forecasts.ts';
import type { Fold } from '#evaluation/splits.ts';
import { measureShapBackground } from '#explain/model-shap.ts';
import { maskFeatures } from '#inference/mask-features.ts';
import { buildModelFeatures } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { fitConstant } from '#models/constant.ts';
import { createSpec } from '#models/model-spec.ts';
import { createFittedModel, type FittedModel, fitModel } from '#models/regressor.ts';
import { calibrateSpec } from './calibration.ts';
import type { ResolvedSettings } from './contract.ts';
import { splitFolds } from './row-split.ts';
import { defaultTrainingSettings } from './training-settings.ts';

/** The outages a model was fitted on, with the table they stand in. */
export interface LearntOutages {
  readonly table: Table;
  readonly outages: OutageSet;
}

/**
 * The model fitted anew without some columns of the file, and without all that is made of them: what it answers is the
 * same whatever stands there. The same spec, outages, lead and kind of folds; its levels rest on outages forecast by
 * fits that did not look at these columns either, and there are none where too few outages are left to check them. One
 * fit and one a fold. Throws `cancelled` and the errors of a fit.
 */
export async function refitWithout(
  open: ModelAtWork,
  without: ReadonlySet<string>,
  { table, outages }: LearntOutages,
  settings: ResolvedSettings | null,
  context: JobContext,
): Promise<ModelAtWork> {
  const masked = maskFeatures(open, without);
  const built = buildModelFeatures({ ...open, ...masked }, table);
  const features = orderByContent(selectRows(built, outages.positions));
  const { elapsed, positions } = outages.underWay;
  const beside = elapsed.length > 0 ? { underWay: { features: selectRows(built, positions), elapsed } } : {};
  const ofClass = open.calibration?.classColumn ?? null;
  const classColumn = ofClass !== null && without.has(ofClass) ? null : ofClass;
  const classes = listClasses(table, classColumn, outages);
  const folds = findFolds(open, outages, settings);
  const stage = createStages(context, { fitting: 1, calibrating: Math.max(1, folds?.length ?? 0) });
  const hasFeatures = features.columns.length > 0;
  const { target } = outages;
  const model = hasFeatures
    ? await fitModel(open.model.spec, features, target, beside, stage('fitting'))
    : fitMedian(target);
  const choice =
    folds &&
    (hasFeatures
      ? await calibrateSpec(
          open.model.spec,
          { features, target, folds, ...beside },
          classes,
          stage('calibrating'),
          listClasses(table, classColumn, outages.underWay),
        )
      : await calibrateMedian(target, folds, classes, stage('calibrating')));
  return {
    ...open,
    ...masked,
    model,
    calibration: {
      classColumn,
      intervals: choice?.calibration ?? null,
      background: measureShapBackground(model, features),
    },
    without,
  };
}

/** Null where the embargo leaves nothing to check a level by. */
function findFolds(
  { description }: ModelAtWork,
  outages: OutageSet,
  asked: ResolvedSettings | null,
): readonly Fold[] | null {
  const { horizon = atStart } = description;
  const kind = horizon.kind === 'plan' ? 'time' : 'random';
  const { seed, folds } = defaultTrainingSettings;
  const settings = asked ?? { seed, folds, split: { kind, testShare: 0.2 } };
  try {
    return splitFolds(outages, { ...settings, repeats: 1 }, horizon);
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'too-few-rows') return null;
    throw thrown;
  }
}

function listClasses(
  table: Table,
  name: string | null,
  { positions }: Pick<OutageSet, 'positions'>,
): readonly (string | null)[] | null {
  const column = name === null ? undefined : findColumn(table, name);
  return column?.type === 'category' ? listLabels(selectColumnRows(column, positions)) : null;
}

/** What is left where nothing at all is known. */
function fitMedian(target: Float64Array): FittedModel {
  return createFittedModel(createSpec('median'), { features: [], notes: [] }, fitConstant(target));
}

function calibrateMedian(
  target: Float64Array,
  folds: readonly Fold[],
  classes: readonly (string | null)[] | null,
  context: JobContext,
): Promise<IntervalChoice> {
  const forecasts = folds.map(({ trainRows, testRows }) => ({
    predicted: new Float64Array(testRows.length).fill(median(gather(target, trainRows))),
  }));
  const { outages, foldOf } = poolForecasts(forecasts, folds, target);
  return chooseIntervals({ ...outages, ...(classes && { classes }) }, foldOf, context);
}
