import { openTrainingSource } from '../dataset/training-source.ts';
import { gather, spreadEvenly } from '#base/arrays.ts';
import type { JobContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { median } from '#base/statistics.ts';
import type { UnderWayFold } from '#evaluation/splits.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { MINIMUM_ROWS } from '#models/regressor.ts';
import type { DataCurve, DataCurveRequest } from './contract.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { evaluateOnFold } from '#training/fold-parts.ts';
import { openTraining } from '#training/open-training.ts';
import { selectSamples } from '#training/training-set.ts';

/** Shares of the training outages that are learnt from. */
const SHARES = [0.1, 0.2, 0.35, 0.5, 0.7, 1];
/** Fewer outages than this teach nothing worth a point. */
const LEAST = Math.max(20, MINIMUM_ROWS);

/**
 * Fits the model's kind on more and more of the training outages (each set holds the one before, drawn at random) and
 * scores it on the test outages of its training. One fit a point, smaller ones first; what is done before a stop is
 * kept. Errors: those of `openTraining`, `cancelled`.
 */
export async function computeDataCurve(
  { model }: ModelAtWork,
  dataset: OpenDataset,
  request: DataCurveRequest,
  context: JobContext,
): Promise<DataCurve> {
  const { settings } = request;
  const { spec } = model;
  const { set, rows } = openTraining(openTrainingSource(dataset, request), request);
  const { outages } = set;
  const { trainRows, testRows, underWay } = rows;
  const order = trainRows.slice();
  shuffleInPlace(order, createRng(settings.seed));
  const sizes = [...new Set(SHARES.map((share) => Math.round(share * order.length)))].filter(
    (size) => size >= LEAST || size === order.length,
  );
  const folds = sizes.map((size) => ({
    trainRows: order.subarray(0, size).toSorted(),
    testRows,
    repeat: 0,
    ...(underWay && { underWay: takeShare(underWay, size / order.length) }),
  }));
  const samples = selectSamples(outages, Int32Array.from(outages.target.keys()));
  const requests = folds.map((_, fold) => ({ specs: [spec], fold }));
  const finished = new Set<number>();
  const forecasts = await runParts(evaluateOnFold, { ...samples, folds }, requests, context, {
    onProgress: (done) =>
      context.onProgress({ phase: 'scoring', done, total: requests.length, model: spec.name }),
    // A fit cut short is not what so many outages teach.
    onResult: (_, index) => {
      if (!context.stop.aborted) finished.add(index);
    },
  });
  const actual = selectSamples(outages, testRows).target;
  const measure = (predicted: Float64Array) => computeMetrics(actual, predicted).meanAbsoluteError;
  const points = forecasts.flatMap((each, i): DataCurve['points'] => {
    const forecast = each?.[0];
    if (!forecast || !finished.has(i)) return [];
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

/** As large a share of the outages under way, evenly spread. */
function takeShare({ learnt, elapsed }: UnderWayFold, share: number): UnderWayFold {
  const places = spreadEvenly(learnt.length, Math.round(share * learnt.length));
  return { learnt: gather(learnt, places), elapsed: gather(elapsed, places), judged: new Int32Array(0) };
}
