import { openTrainingSource } from '../dataset/training-source.ts';
import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { median } from '#base/statistics.ts';
import { forecastUnseen } from '#evaluation/forecast-unseen.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { MINIMUM_ROWS } from '#models/regressor.ts';
import { findModelSpec } from '#models/find-model-spec.ts';
import type { DataCurve, DataCurveRequest } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { splitTestRows } from '#training/split-rows.ts';
import { prepareTrainingSet, selectSamples } from '#training/training-set.ts';

/** Shares of the training outages that are learnt from. */
const SHARES = [0.1, 0.2, 0.35, 0.5, 0.7, 1];
/** Fewer outages than this teach nothing worth a point. */
const LEAST = Math.max(20, MINIMUM_ROWS);

/**
 * Fits the model's kind on more and more of the training outages (each set holds the one before, drawn at random) and
 * scores it on the test outages of its training. One fit a point, smaller ones first; what is done before a stop is
 * kept. Errors: those of `prepareTrainingSet`, `cancelled`.
 */
export async function computeDataCurve(
  { model }: ModelAtWork,
  dataset: OpenDataset,
  request: DataCurveRequest,
  context: JobContext,
): Promise<DataCurve> {
  const { settings } = request;
  const spec = findModelSpec(model);
  const { outages } = prepareTrainingSet(openTrainingSource(dataset, request), request);
  const { trainRows, testRows } = splitTestRows(outages, settings);
  const order = trainRows.slice();
  shuffleInPlace(order, createRng(settings.seed));
  const sizes = [...new Set(SHARES.map((share) => Math.round(share * order.length)))].filter(
    (size) => size >= LEAST || size === order.length,
  );
  const folds = sizes.map((size) => ({
    trainRows: order.subarray(0, size).toSorted(),
    testRows,
    repeat: 0,
  }));
  const { features, target } = outages;
  const requests = folds.map((_, fold) => ({ spec, fold }));
  const finished = new Set<number>();
  const forecasts = await runParts(forecastUnseen, { features, target, folds }, requests, context, {
    onProgress: (done) =>
      context.onProgress({ phase: 'scoring', done, total: requests.length, model: spec.name }),
    // A fit cut short is not what so many outages teach.
    onResult: (_, index) => {
      if (!context.stop.aborted) finished.add(index);
    },
  });
  const actual = selectSamples(outages, testRows).target;
  const measure = (predicted: Float64Array) => computeMetrics(actual, predicted).meanAbsoluteError;
  const points = forecasts.flatMap((forecast, i): DataCurve['points'] => {
    if (forecast === null || !finished.has(i)) return [];
    const { trainRows } = folds[i] as (typeof folds)[number];
    const middle = median(selectSamples(outages, trainRows).target);
    return [
      {
        nOutages: trainRows.length,
        mae: measure(forecast.predicted),
        medianMae: measure(new Float64Array(actual.length).fill(middle)),
      },
    ];
  });
  return { points, nTest: testRows.length };
}
