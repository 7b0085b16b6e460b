import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { selectRows } from '#data/table.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { completeInputs } from '#inference/input-rows.ts';
import { buildModelFeatures, findKnownOutages } from '#inference/model-features.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { answerGaps } from './answer-gaps.ts';
import type { EvaluateRequest, Evaluation } from './contract.ts';
import { completeDataset } from '../dataset/complete-dataset.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { predictAll } from '../dataset/row-slices.ts';

/**
 * Scores a model on the outages of a file whose duration is known, by what an export would say of each. Errors: `model-columns-missing`, `no-target`,
 * `too-few-rows` where no duration is known.
 */
export async function evaluateModel(
  model: ModelAtWork,
  given: OpenDataset,
  { today }: EvaluateRequest,
  context: JobContext,
): Promise<Evaluation> {
  const { dataset, told } = completeDataset(model, given);
  const { read, cleaned } = dataset;
  const table = completeInputs(model.description, cleaned.table);
  const features = buildModelFeatures(model, table);
  const { positions, target } = findKnownOutages(model, table, today);
  if (positions.length === 0) {
    throw new AppError('too-few-rows', 'no outage of the file has a known duration', {
      nRows: 0,
      minimum: 1,
    });
  }
  const predicted = await predictAll(model.model, selectRows(features, positions), context);
  const known = selectRows(table, positions);
  for (const { row, prediction } of await answerGaps(model, dataset, known, null, context)) {
    predicted[row] = prediction.value;
  }
  const metrics = computeMetrics(target, predicted);
  const { kept, rejected } = read.ledger;
  return {
    rows: { read: kept + rejected, kept: positions.length, rejected, setAside: kept - positions.length },
    target: model.summary.target,
    mae: metrics.meanAbsoluteError,
    rmse: metrics.rootMeanSquaredError,
    medianAbsoluteError: metrics.medianAbsoluteError,
    r2: metrics.r2Score,
    bias: metrics.bias,
    factors: told,
  };
}
