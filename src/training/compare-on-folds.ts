import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import { type ComparedSpecs, compareSpecs, type Comparison, type GivenPredictions } from './comparison.ts';
import type { FoldScore, ResolvedSettings } from './contract.ts';
import { splitFolds } from './row-split.ts';
import { toScores } from './score-summary.ts';
import { samplesOf, type TrainingSet } from './training-set.ts';

/** Compares candidates on folds of all outages, with the announced durations where the file has them. */
export function compareOnFolds(
  { outages, horizon }: TrainingSet,
  candidates: ComparedSpecs,
  settings: ResolvedSettings,
  context: JobContext,
): Promise<Comparison> {
  const folds = splitFolds(outages, settings, horizon);
  const nFolds = folds.length;
  const total = nFolds * candidates.specs.length;
  context.onProgress({ phase: 'cross-validating', done: 0, total, fold: 1, nFolds });
  const compared = { ...candidates, given: listGiven(outages) };
  return compareSpecs(compared, { ...samplesOf(outages), folds }, context);
}

/** What the candidates score on folds drawn at random, beside the folds that chose between them. */
export async function compareAtRandom(
  set: TrainingSet,
  candidates: ComparedSpecs,
  settings: ResolvedSettings,
  context: JobContext,
): Promise<readonly FoldScore[]> {
  const random: ResolvedSettings = { ...settings, split: { kind: 'random', testShare: 0.2 } };
  const { scores } = await compareOnFolds(set, candidates, random, context);
  return scores.map(({ id, metrics }) => ({ id, n: metrics.nSamples, ...toScores(metrics) }));
}

/** The planner's own durations, scored beside the models. */
function listGiven({ announced }: OutageSet): readonly GivenPredictions[] {
  return announced === null || announced.every(Number.isNaN)
    ? []
    : [{ name: 'announced', predictions: announced }];
}
