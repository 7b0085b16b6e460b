import { createPacer, type JobContext } from '#base/job-context.ts';
import type { FeatureMatrix } from '#engine/feature-matrix.ts';
import { stagedPredict } from '#engine/predictor.ts';
import { encode } from '#models/encoder.ts';
import { modelCatalogue } from '#models/model-catalogue.ts';
import type { SpecId } from '#models/model-spec.ts';
import type { FittedModel } from '#models/regressor.ts';
import { predictRidge } from '#models/ridge.ts';
import { fromScaleInPlace } from '#models/target-scale.ts';
import type { Comparison } from './comparison.ts';
import type { LearningCurve } from './contract.ts';
import type { TestedModel } from './final-fits.ts';
import type { Samples } from './training-set.ts';

/** Samples a curve is drawn from: more would cost time and change nothing that can be seen. */
const MAX_SAMPLES = 5000;

/** The curve of the chosen model if it boosts, else of the best that does; null without any. O(trees × samples), at most 5,000 of each side. */
export async function computeLearningCurve(
  chosen: SpecId,
  comparison: Comparison,
  tested: ReadonlyMap<SpecId, TestedModel>,
  train: Samples,
  test: Samples,
  context: JobContext,
): Promise<LearningCurve | null> {
  const model = findCurveModel(chosen, comparison, tested);
  const validation = model && (await stageErrors(model, test, context));
  if (!model || !validation || validation.length === 0) return null;
  const lowest = validation.reduce((least, error) => Math.min(least, error), Infinity);
  return {
    model: model.spec.name,
    train: (await stageErrors(model, train, context)) ?? [],
    validation,
    bestIteration: validation.indexOf(lowest) + 1,
  };
}

function findCurveModel(
  chosen: SpecId,
  { scores }: Comparison,
  tested: ReadonlyMap<SpecId, TestedModel>,
): FittedModel | null {
  const errorOf = (score: (typeof scores)[number]) =>
    score.id === chosen ? -Infinity : score.metrics.meanAbsoluteError;
  const [first] = scores
    .filter(({ id, name }) => modelCatalogue[name].family === 'gradient-boosting' && tested.has(id))
    .sort((a, b) => errorOf(a) - errorOf(b));
  return (first && tested.get(first.id)?.model) ?? null;
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
