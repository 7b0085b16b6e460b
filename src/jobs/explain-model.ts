import type { JobContext } from '#base/job-context.ts';
import { computePermutationImportance, type FeatureOrigin } from '#explain/permutation-importance.ts';
import type { FittedModel } from '#models/regressor.ts';
import type { Samples } from './training-set.ts';
import { selectSamples } from './training-set.ts';
import type { TrainingResult } from './training.ts';

/** Test rows whose cells are shuffled: more would cost time and hardly narrow the bars. */
const MAX_ROWS = 20_000;

/** What the model loses without each column, on rows it did not learn from; quicker and coarser after a stop. */
export async function explainModel(
  chosen: FittedModel,
  origins: readonly FeatureOrigin[],
  training: Samples,
  test: Samples,
  seed: number,
  context: JobContext,
): Promise<TrainingResult['importance']> {
  const { features, target } = thin(test);
  // After a stop: fewer repeats, and no further fit for the floor.
  const isHurried = context.stop.aborted;
  const importance = await computePermutationImportance(
    chosen.predict,
    features,
    target,
    origins,
    {
      seed,
      ...(isHurried ? { nRepeats: 3 } : { probe: { spec: chosen.spec, ...training } }),
    },
    context,
  );
  const { columns, floor, nRepeats, nSamples } = importance;
  return { columns, floor: context.stop.aborted ? null : floor, nRepeats, nRows: nSamples };
}

/** At most 20,000 samples, evenly spread. */
function thin({ features, target }: Samples): Samples {
  if (target.length <= MAX_ROWS) return { features, target };
  const step = target.length / MAX_ROWS;
  const positions = Int32Array.from({ length: MAX_ROWS }, (_, i) => Math.floor(i * step));
  return selectSamples({ features, target }, positions);
}
