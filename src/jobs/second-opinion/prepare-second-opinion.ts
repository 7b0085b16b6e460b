import { openTrainingSource } from '../dataset/training-source.ts';
import { AppError } from '#base/errors.ts';
import type { SecondOpinionSamples, PrepareSecondOpinionRequest } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { openTraining } from '#training/open-training.ts';
import { splitFolds } from '#training/row-split.ts';

/**
 * The samples of a training once more, for a model that is fitted elsewhere. Errors: those of `openTraining`, and
 * `training-outdated` where the data no longer give the same test rows (an ongoing outage has ended since).
 */
export function prepareSecondOpinion(
  dataset: OpenDataset,
  request: PrepareSecondOpinionRequest,
): SecondOpinionSamples {
  const { set, settings, rows } = openTraining(openTrainingSource(dataset, request), request);
  const { outages, horizon } = set;
  const { trainRows, testRows } = rows;
  const isSame =
    testRows.length === request.testFileRows.length &&
    testRows.every((position, i) => outages.rows[position] === request.testFileRows[i]);
  if (!isSame) throw new AppError('training-outdated', 'the data no longer give the rows that were tested');
  return {
    features: outages.features,
    target: outages.target,
    trainRows,
    testRows,
    folds: splitFolds(outages, settings, horizon),
  };
}
