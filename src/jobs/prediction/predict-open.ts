import type { JobContext } from '#base/job-context.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import { findOpenNames, settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { predictRemaining } from '#inference/remaining.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { explainCase } from '../explanation/explain-case.ts';
import type { OpenCaseAnswer, PredictOpenRequest } from './contract.ts';
import { findRefit } from '../refits/find-refit.ts';

/**
 * Answers a case whose open cells nobody knows by a fit that never saw these columns. Null where nothing is open, and
 * where there is no such fit (`findRefit`): `predict` has then said what there is to say. Throws `cancelled`.
 */
export async function predictOpenCase(
  open: ModelAtWork,
  dataset: OpenDataset,
  request: PredictOpenRequest,
  context: JobContext,
): Promise<OpenCaseAnswer | null> {
  const { cells, atMost } = request;
  const without = findOpenNames(open.description, settleCells(open.summary.features, cells));
  if (without.length === 0) return null;
  const refit = await findRefit(open, dataset, without, request, context);
  const [prediction] = refit ? predictCases(refit, [cells], atMost) : [];
  if (refit === null || !prediction) return null;
  const { elapsed } = request;
  const remaining = elapsed === undefined ? null : predictRemaining(open, cells, elapsed);
  return {
    prediction: { ...prediction, ...(remaining && { remaining }) },
    explanation: await explainCase(refit, { cells }, context),
  };
}
