import type { JobContext } from '#base/job-context.ts';
import { throwIfCancelled } from '#base/job-context.ts';
import { createRng, shuffleInPlace } from '#base/random.ts';
import { median } from '#base/statistics.ts';
import { computeMetrics } from '#evaluation/metrics.ts';
import { type FittedModel, fitModel, MINIMUM_ROWS, type ModelSpec } from '#models/regressor.ts';
import type { DataCurve, DataCurveRequest } from './insight.ts';
import type { OpenDataset } from './open-dataset.ts';
import type { OpenModel } from './open-model.ts';
import { splitTestRows } from './split-rows.ts';
import { prepareTrainingSet, selectSamples } from './training-set.ts';

/** Shares of the training outages that are learnt from. */
const SHARES = [0.1, 0.2, 0.35, 0.5, 0.7, 1];
/** Fewer outages than this teach nothing worth a point. */
const LEAST = Math.max(20, MINIMUM_ROWS);

/**
 * Fits the model's kind on more and more of the training outages (each set holds the one before, drawn at random) and
 * scores it on the test outages of its training. One fit a point, smaller ones first; what is done after a stop is
 * kept. Errors: those of `prepareTrainingSet`, `cancelled`.
 */
export async function computeDataCurve(
  { model }: OpenModel,
  dataset: OpenDataset,
  request: DataCurveRequest,
  context: JobContext,
): Promise<DataCurve> {
  const { settings } = request;
  const spec = findSpec(model);
  const { outages } = prepareTrainingSet(dataset, request);
  const { trainRows, testRows } = splitTestRows(outages, settings);
  const test = selectSamples(outages, testRows);
  const order = trainRows.slice();
  shuffleInPlace(order, createRng(settings.seed));
  const sizes = [...new Set(SHARES.map((share) => Math.round(share * order.length)))].filter(
    (size) => size >= LEAST || size === order.length,
  );
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const points: DataCurve['points'][number][] = [];
  let done = 0;
  for (const size of sizes) {
    const samples = selectSamples(outages, order.subarray(0, size).toSorted());
    const watched: JobContext = {
      ...context,
      onProgress: (progress) =>
        context.onProgress({
          phase: 'scoring',
          done: done + (size * progress.done) / Math.max(1, progress.total),
          total,
          model: spec.name,
        }),
    };
    const fitted = await fitModel(spec, samples.features, samples.target, {}, watched);
    throwIfCancelled(context.signal);
    // A fit cut short is not what so many outages teach.
    if (context.stop.aborted) break;
    const middle = median(samples.target);
    points.push({
      nOutages: size,
      mae: computeMetrics(test.target, fitted.predict(test.features)).meanAbsoluteError,
      medianMae: computeMetrics(test.target, new Float64Array(test.target.length).fill(middle))
        .meanAbsoluteError,
    });
    done += size;
    context.onProgress({ phase: 'scoring', done, total });
  }
  return { points, nTest: testRows.length };
}

/** How the model was fitted. A file tells the members of a blend by what they have become. */
function findSpec({ spec, state }: FittedModel): ModelSpec {
  if (state.family !== 'blend') return spec;
  const members = state.members.map(({ weight, name, scale }) => ({
    weight,
    spec: { ...spec, name, scale },
  }));
  return { ...spec, members };
}
