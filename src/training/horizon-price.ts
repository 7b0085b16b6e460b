import type { JobContext } from '#base/job-context.ts';
import { atStart } from '#data/known-when.ts';
import type { ModelName } from '#models/model-catalogue.ts';
import { listMembers, type ModelSpec } from '#models/model-spec.ts';
import { compareSpecs, type Comparison } from './comparison.ts';
import type { HorizonPrice, LearningRequest, ResolvedSettings } from './contract.ts';
import { splitFolds } from './row-split.ts';
import { compareOnSame, findBest } from './score-summary.ts';
import { prepareTrainingSet, samplesOf, type TrainingSource } from './training-set.ts';

/** Beyond, the fits would take minutes. */
const MAX_OUTAGES = 20_000;

/**
 * What answering ahead of time costs: the chosen model's out-of-fold errors beside those of the best of a few models on
 * the same outages, were they asked at the start. Null at the start, after a stop, on more than 20,000 outages. A few
 * fits a fold, on all that had begun before those that are tested.
 */
export async function measureHorizonPrice(
  source: TrainingSource,
  request: LearningRequest,
  settings: ResolvedSettings,
  planned: { readonly chosen: ModelSpec; readonly comparison: Comparison },
  context: JobContext,
): Promise<HorizonPrice | null> {
  const isPlanned = settings.horizon.kind === 'plan';
  const nOutages = planned.comparison.scores[0]?.absoluteErrors.length ?? 0;
  if (!isPlanned || context.stop.aborted || nOutages > MAX_OUTAGES) return null;
  const score = planned.comparison.scores.find(({ id }) => id === planned.chosen.id);
  if (!score) return null;
  const { outages } = prepareTrainingSet(source, request, { ...settings, horizon: atStart });
  const folds = splitFolds(outages, settings, atStart);
  const specs = listRivals(planned.chosen, planned.comparison);
  const scoring: JobContext = {
    ...context,
    onProgress: ({ done, total }) => context.onProgress({ phase: 'scoring', done, total }),
  };
  const comparison = await compareSpecs({ specs }, { ...samplesOf(outages), folds }, scoring);
  if (!comparison.isComplete) return null;
  const same = compareOnSame(score, findBest(comparison), settings.seed);
  return same && { n: same.n, plan: same.a, start: same.b, difference: same.difference };
}

/** A model that wins months ahead may be a plain one because nothing is known by then: at the start others would. */
const startNames: ReadonlySet<ModelName> = new Set<ModelName>(['linear', 'linear-log', 'quantile-forest']);

/** The chosen model, or the members of a blend, and those that are quick to fit. */
function listRivals(chosen: ModelSpec, { specs }: Comparison): readonly ModelSpec[] {
  const own = new Set([chosen.id, ...listMembers(chosen).map(({ spec }) => spec.id)]);
  return specs.filter(
    ({ id, name, settings }) => settings.family !== 'blend' && (own.has(id) || startNames.has(name)),
  );
}
