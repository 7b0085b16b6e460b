import type { JobContext } from '#base/job-context.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import type { FittedModel, ModelSpec } from '#models/regressor.ts';
import { fitModel } from '#models/regressor.ts';
import { withGrace } from './grace.ts';
import { isReference } from './model-scores.ts';
import type { Samples } from './training-set.ts';

/** Fits the candidates on the training rows, the chosen one first (a chosen blend last); after a stop only those that cost nothing. */
export async function fitAll(
  chosen: ModelSpec,
  specs: readonly ModelSpec[],
  training: Samples,
  context: JobContext,
): Promise<ReadonlyMap<ModelName, FittedModel>> {
  const fitted = new Map<ModelName, FittedModel>();
  const others = specs.filter((spec) => spec !== chosen);
  // A blend takes its members from those already fitted.
  const inOrder = chosen.members ? [...others, chosen] : [chosen, ...others];
  for (const [i, spec] of inOrder.entries()) {
    const isCheap = isReference(spec.name);
    if (context.stop.aborted && spec !== chosen && !isCheap) continue;
    const watched = watch(
      spec === chosen ? withGrace(context) : context,
      'scoring',
      i,
      inOrder.length,
      spec.name,
    );
    const model = await fitModel(spec, training.features, training.target, { fitted }, watched);
    // Cut short by a stop, it is no fair picture of its kind. The chosen one is: it is what will predict.
    if (context.stop.aborted && spec !== chosen && !isCheap) continue;
    fitted.set(spec.name, model);
  }
  return fitted;
}

/** The last fit, on every kept row; null after a stop: then the model stays the one that was scored. */
export async function fitOnAllRows(
  spec: ModelSpec,
  { features, target }: Samples,
  context: JobContext,
): Promise<FittedModel | null> {
  if (context.stop.aborted) return null;
  const model = await fitModel(spec, features, target, {}, watch(context, 'refitting', 0, 1, spec.name));
  return context.stop.aborted ? null : model;
}

/** A context that reports one fit of several as a part of their common phase. */
function watch(
  context: JobContext,
  phase: 'scoring' | 'refitting',
  nDone: number,
  total: number,
  model: ModelName,
): JobContext {
  return {
    ...context,
    onProgress: ({ done, total: parts }) =>
      context.onProgress({ phase, done: nDone + done / parts, total, model }),
  };
}
