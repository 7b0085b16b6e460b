import type { ModelName } from '#models/model-catalogue.ts';
import type { ModelSpec, SpecId } from '#models/model-spec.ts';
import type { TargetScale } from '#models/target-scale.ts';
import { computeMetrics, type Metrics } from './metrics.ts';
import type { Fold } from './splits.ts';

/** What predicting outages it had not seen found out about one model, or about the announced durations. */
export interface OutOfFoldScore {
  readonly id: SpecId;
  readonly name: ModelName;
  readonly scale: TargetScale;
  /** Predictions by row (first repeat), in the target's unit; NaN where never tested. */
  readonly predictions: Float64Array;
  /** Absolute error of each row, meaned over the repeats; NaN where never tested. For paired comparison. */
  readonly absoluteErrors: Float64Array;
  /** Of all test predictions pooled over the folds and repeats. */
  readonly metrics: Metrics;
  readonly perFold: readonly Metrics[];
}

/** Pools one model's test predictions over its folds; `predictions[f]` are those of `folds[f].testRows`. */
export function scoreOutOfFold(
  { id, name, scale }: Pick<ModelSpec, 'id' | 'name' | 'scale'>,
  target: Float64Array,
  folds: readonly Fold[],
  predictions: readonly Float64Array[],
): OutOfFoldScore {
  const firstRepeat = new Float64Array(target.length).fill(NaN);
  const errorSums = new Float64Array(target.length);
  const errorCounts = new Float64Array(target.length);
  const actualParts: number[] = [];
  const predictedParts: number[] = [];
  const perFold = folds.map((fold, f) => {
    const predicted = predictions[f];
    const actual = Float64Array.from(fold.testRows, (row) => target[row]);
    fold.testRows.forEach((row, i) => {
      const prediction = predicted[i];
      if (fold.repeat === 0) firstRepeat[row] = prediction;
      if (Number.isNaN(prediction)) return;
      errorSums[row] = errorSums[row] + Math.abs(actual[i] - prediction);
      errorCounts[row] = errorCounts[row] + 1;
      actualParts.push(actual[i]);
      predictedParts.push(prediction);
    });
    return computeMetrics(actual, predicted);
  });
  return {
    id,
    name,
    scale,
    predictions: firstRepeat,
    absoluteErrors: errorSums.map((sum, row) => sum / errorCounts[row]),
    metrics: computeMetrics(actualParts, predictedParts),
    perFold,
  };
}
