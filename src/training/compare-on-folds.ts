import type { JobContext } from '#base/job-context.ts';
import type { OutageSet } from '#data/outages.ts';
import { type ComparedSpecs, compareSpecs, type Comparison, type GivenPredictions } from './comparison.ts';
import type { FoldScore, ResolvedSettings } from './contract.ts';
import { splitFolds } from './row-split.ts';
import { toScores } from './score-summary.ts';
import { selectSamples, type TrainingSet } from './training-set.ts';

/** What candidates are compared on: positions of outages that are over, and of those under way. */
export interface ComparedOutages {
  readonly positions: Int32Array;
  readonly underWay: Int32Array;
}

/** Compares candidates on folds of some of the outages, with the announced durations where the file has them. */
export function compareOnFolds(
  { outages, horizon }: TrainingSet,
  { positions, underWay }: ComparedOutages,
  candidates: ComparedSpecs,
  settings: ResolvedSettings,
  context: JobContext,
): Promise<Comparison> {
  const folds = splitFolds(outages, positions, settings, horizon, underWay);
  const nFolds = folds.length;
  const total = nFolds * candidates.specs.length;
  context.onProgress({ phase: 'cross-validating', done: 0, total, fold: 1, nFolds });
  const compared = { ...candidates, given: listGiven(outages, positions) };
  return compareSpecs(compared, { ...selectSamples(outages, positions), folds }, context);
}

/** What the candidates score on folds drawn at random, beside the folds that chose between them. */
export async function compareAtRandom(
  set: TrainingSet,
  outages: ComparedOutages,
  candidates: ComparedSpecs,
  settings: ResolvedSettings,
  context: JobContext,
): Promise<readonly FoldScore[]> {
  const random: ResolvedSettings = { ...settings, split: { kind: 'random', testShare: 0.2 } };
  const { scores } = await compareOnFolds(set, outages, candidates, random, context);
  return scores.map(({ id, metrics }) => ({ id, n: metrics.nSamples, ...toScores(metrics) }));
}

/** The planner's own durations, scored beside the models. */
function listGiven({ announced }: OutageSet, positions: Int32Array): readonly GivenPredictions[] {
  if (announced === null) return [];
  const predictions = Float64Array.from(positions, (position) => announced[position] as number);
  return predictions.every(Number.isNaN) ? [] : [{ name: 'announced', predictions }];
}
