import type { JobContext } from '#base/job-context.ts';
import { atStart } from '#data/known-when.ts';
import { compareSpecs, type Comparison } from './comparison.ts';
import type { HorizonPrice, LearningRequest, ResolvedSettings } from './contract.ts';
import { splitFolds } from './row-split.ts';
import { compareOnSame, findBest } from './score-summary.ts';
import { prepareTrainingSet, selectSamples, type TrainingSource } from './training-set.ts';
import { listMembers, type ModelSpec } from '#models/model-spec.ts';

/** Beyond, the fits would take minutes. */
const MAX_OUTAGES = 20_000;

/**
 * What answering ahead of time costs: the chosen model's out-of-fold errors beside those of the same model (of a blend's
 * members, the best) on the same outages, were it asked at the start. Null at the start, after a stop, on more than
 * 20,000 outages. One fit a fold and model, on all that had begun before those that are tested.
 */
export async function measureHorizonPrice(
  source: TrainingSource,
  request: LearningRequest,
  settings: ResolvedSettings,
  compared: Int32Array,
  planned: { readonly chosen: ModelSpec; readonly comparison: Comparison },
  context: JobContext,
): Promise<HorizonPrice | null> {
  const isPlanned = settings.horizon.kind === 'plan';
  if (!isPlanned || context.stop.aborted || compared.length > MAX_OUTAGES) return null;
  const score = planned.comparison.scores.find(({ id }) => id === planned.chosen.id);
  if (!score) return null;
  const { outages } = prepareTrainingSet(source, request, atStart);
  const folds = splitFolds(outages, compared, settings, atStart);
  const members = listMembers(planned.chosen).map(({ spec }) => spec);
  const specs = members.length > 0 ? members : [planned.chosen];
  const scoring: JobContext = {
    ...context,
    onProgress: ({ done, total }) => context.onProgress({ phase: 'scoring', done, total }),
  };
  const comparison = await compareSpecs({ specs }, { ...selectSamples(outages, compared), folds }, scoring);
  if (!comparison.isComplete) return null;
  const same = compareOnSame(score, findBest(comparison), settings.seed);
  return same && { n: same.n, plan: same.a, start: same.b, difference: same.difference };
}
