import type { OutageSet } from '#data/outages.ts';
import { findColumn } from '#data/table.ts';
import type { CategoryColumn } from '#data/table.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { FittedModel } from '#models/regressor.ts';
import { selectSamples } from './training-set.ts';
import type { TestPredictions } from './training.ts';

/** The category that separates the durations best, as the median-per-class model found; else the first there is. */
export function findClasses(
  fitted: ReadonlyMap<ModelName, FittedModel>,
  { features }: OutageSet,
): CategoryColumn | null {
  const perClass = fitted.get('median-per-class');
  if (perClass?.state.family === 'median-per-class') {
    const feature = perClass.encoder.features[perClass.state.featureIndex];
    const column = feature && findColumn(features, feature.name);
    if (column?.type === 'category') return column;
  }
  return features.columns.find((column) => column.type === 'category') ?? null;
}

/** How a model did on each test outage. */
export function listTestPredictions(
  outages: OutageSet,
  testRows: Int32Array,
  model: FittedModel,
  classes: CategoryColumn | null,
): TestPredictions {
  const { features, target } = selectSamples(outages, testRows);
  const pick = (values: ArrayLike<number>) => Array.from(testRows, (position) => values[position] as number);
  return {
    rows: pick(outages.rows),
    actual: Array.from(target),
    predicted: Array.from(model.predict(features)),
    classes: classes && { column: classes.name, labels: classes.categories, codes: pick(classes.codes) },
    starts: outages.start && pick(outages.start),
  };
}
