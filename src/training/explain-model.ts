import type { JobContext } from '#base/job-context.ts';
import type { FeatureOrigin } from '#data/feature-plan.ts';
import { computePermutationImportance } from '#explain/permutation-importance.ts';
import type { NoiseFittedModel } from '#explain/noise-features.ts';
import type { FittedModel, ModelState } from '#models/regressor.ts';
import { type Samples, selectSamples } from './training-set.ts';
import type { TrainingResult } from './contract.ts';

/** Test rows whose cells are shuffled: more would cost time and hardly narrow the bars. */
const MAX_ROWS = 5000;
const MAX_ROWS_HURRIED = 2000;
const FEW_REPEATS = 3;

/** What the model loses without each column, on rows it did not learn from; quicker and coarser after a stop. */
export async function explainModel(
  chosen: FittedModel,
  withNoise: NoiseFittedModel | null,
  origins: readonly FeatureOrigin[],
  test: Samples,
  seed: number,
  context: JobContext,
): Promise<TrainingResult['importance']> {
  const isHurried = context.stop.aborted;
  const { features, target } = thin(test, isHurried ? MAX_ROWS_HURRIED : MAX_ROWS);
  const isCoarse = isHurried || isSlow(chosen.state);
  const options = {
    seed,
    ...(isCoarse && { nRepeats: FEW_REPEATS }),
    ...(withNoise && !isHurried && { withNoise }),
  };
  const importance = await computePermutationImportance(chosen, features, target, origins, options, context);
  const { columns, floor, nRepeats, nSamples } = importance;
  return { columns, floor, nRepeats, nRows: nSamples };
}

/** Hazards are predicted interval by interval: ten repeats would take as long as all the rest of a training. */
function isSlow(state: ModelState): boolean {
  return state.family === 'blend'
    ? state.members.some((member) => isSlow(member.state))
    : state.family === 'hazard';
}

/** At most so many samples, evenly spread. */
function thin({ features, target }: Samples, maximum: number): Samples {
  if (target.length <= maximum) return { features, target };
  const step = target.length / maximum;
  const positions = Int32Array.from({ length: maximum }, (_, i) => Math.floor(i * step));
  return selectSamples({ features, target }, positions);
}
