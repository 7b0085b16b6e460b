import { gather, spreadEvenly } from '#base/arrays.ts';
import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import { type Column, findColumn, selectRows, type Table } from '#data/table.ts';
import { explainPredictions, isEstimated } from '#explain/model-shap.ts';
import type { ModelState } from '#models/regressor.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { ExplanationRequest, MeanContributions } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ModelAtWork } from '#inference/open-model.ts';

/** Outages explained, evenly spread; a forest takes some 30 ms each, the nearest past outages nearly as long. */
const MAX_ROWS = 1000;
const MAX_ROWS_SLOW = 300;
/** Of boosted hazards, each some 150 ms. */
const MAX_ROWS_HAZARD = 80;

/**
 * How far each column moves each prediction, and by how much on average: SHAP values of a sample of the known outages. Unlike permutation
 * importance it says what the model does with a column, not what the column is worth. Throws `too-few-rows` without
 * a known outage, `invalid-setting` for a model file that holds no background.
 */
export async function measureMeanContributions(
  open: ModelAtWork,
  { cleaned }: OpenDataset,
  { today }: ExplanationRequest,
  context: JobContext,
): Promise<MeanContributions> {
  const { model, description, history, calibration } = open;
  if (calibration === null) {
    throw new AppError('invalid-setting', 'the model file holds no background to explain against', {
      name: 'calibration',
      value: null,
    });
  }
  const { positions } = findKnownOutages(open, cleaned.table, today);
  const nKnown = positions.length;
  if (nKnown === 0) {
    throw new AppError('too-few-rows', 'no outage of the file has a known duration', {
      nRows: 0,
      minimum: 1,
    });
  }
  const most = countExplained(model.state);
  const sample = gather(positions, spreadEvenly(nKnown, most));
  const features = selectRows(buildModelFeatures(open, cleaned.table), sample);
  const file = selectRows(cleaned.table, sample);
  const origins = [...description.origins, ...(history?.plan.features ?? [])];
  const shap = await explainPredictions(model, calibration.background, features, origins, context);
  const columns = shap.columns.map(({ column, values }) => ({
    column,
    mean: values.reduce((sum, value) => sum + Math.abs(value), 0) / sample.length,
    values,
    cells: findCells(column, file, features, origins),
  }));
  return {
    columns: columns.sort((a, b) => b.mean - a.mean || (a.column < b.column ? -1 : 1)),
    rows: gather(cleaned.rowOrigins, sample),
    nKnown,
    isEstimated: isEstimated(model.state),
  };
}

/** What stands in the file's column of that name; a column from the past stands among the features alone. */
function findCells(name: string, file: Table, features: Table, origins: readonly FeatureOrigin[]): Column {
  const feature = origins.find(({ column }) => column === name)?.feature ?? name;
  const cells = findColumn(file, name) ?? findColumn(features, feature);
  if (!cells) throw new AppError('internal', `no cells of the column ${name}`, { column: name });
  return cells;
}

function countExplained(state: ModelState): number {
  switch (state.family) {
    case 'blend':
      return Math.min(...state.members.map((member) => countExplained(member.state)));
    case 'hazard':
      return MAX_ROWS_HAZARD;
    case 'forest':
    case 'nearest-past':
      return MAX_ROWS_SLOW;
    default:
      return MAX_ROWS;
  }
}
