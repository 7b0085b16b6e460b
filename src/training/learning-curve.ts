import { createPacer, type JobContext } from '#base/job-context.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { stagedPredict } from '#engine/predictor.ts';
import { encode } from '#models/encoder.ts';
import type { FittedModel } from '#models/regressor.ts';
import { predictRidge } from '#models/ridge.ts';
import { fromScaleInPlace } from '#models/target-scale.ts';
import type { Samples } from './training-set.ts';
import type { LearningCurve } from './contract.ts';

/** Samples a curve is drawn from: more would cost time and change nothing that can be seen. */
const MAX_SAMPLES = 5000;

/** The curve of a fitted boosting model; null for any other kind. O(trees × samples), at most 5,000 of each side. */
export async function computeLearningCurve(
  model: FittedModel,
  train: Samples,
  test: Samples,
  context: JobContext,
): Promise<LearningCurve | null> {
  const validation = await stageErrors(model, test, context);
  if (validation === null || validation.length === 0) return null;
  const lowest = validation.reduce((least, error) => Math.min(least, error), Infinity);
  return {
    model: model.spec.name,
    train: (await stageErrors(model, train, context)) ?? [],
    validation,
    bestIteration: validation.indexOf(lowest) + 1,
  };
}

/** Mean absolute error in the target's unit after each tree. */
async function stageErrors(
  { state, spec, encoder }: FittedModel,
  { features, target }: Samples,
  context: JobContext,
): Promise<number[] | null> {
  if (state.family !== 'gradient-boosting') return null;
  const { matrix } = encode(encoder, features);
  const some = takeFirstSamples(matrix);
  const init = state.start ? { init: predictRidge(state.start, some) } : {};
  const pace = createPacer(context);
  const errors: number[] = [];
  for (const raw of stagedPredict(state.trees, some, init)) {
    const predicted = fromScaleInPlace(Float64Array.from(raw), spec.scale);
    let sum = 0;
    for (let i = 0; i < predicted.length; i++)
      sum += Math.abs((target[i] as number) - (predicted[i] as number));
    errors.push(sum / predicted.length);
    await pace();
  }
  return errors;
}

function takeFirstSamples(matrix: FeatureMatrix): FeatureMatrix {
  if (matrix.nSamples <= MAX_SAMPLES) return matrix;
  return {
    ...matrix,
    nSamples: MAX_SAMPLES,
    columns: matrix.columns.map((values) => values.subarray(0, MAX_SAMPLES)),
  };
}
