import type { JobContext } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import { settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import type { LeverSpec, PlanSupport } from '#planning/contract.ts';
import { doubtLever, measureModelSlope } from '#planning/evidence.ts';
import { measureLeverEvidence } from '#training/lever-evidence.ts';
import type { LearntOutages } from '#training/refit-without.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findLearntOutages } from '../refits/find-refit.ts';
import type { JudgedLever, JudgeLeversRequest } from './contract.ts';

/**
 * What outages alike say of each lever of numbers before any plan is sought, within its bounds or what training saw. Empty
 * where the open data are not those of the training. Ten fits a lever.
 */
export function judgeLeversAlone(
  open: ModelAtWork,
  dataset: OpenDataset,
  { levers, cells, today }: JudgeLeversRequest,
  context: JobContext,
): Promise<readonly JudgedLever[]> {
  const { features } = open.summary;
  const learnt = findLearntOutages(open, dataset, today);
  const bounds = levers.flatMap(({ column, min, max }) => {
    const feature = features.find(({ name }) => name === column);
    return feature?.type === 'number' ? [{ column, min: min ?? feature.min, max: max ?? feature.max }] : [];
  });
  return learnt === null
    ? Promise.resolve([])
    : judgeLevers(open, learnt, levers, { cells: settleCells(features, cells), bounds }, context);
}

/** Of the levers that have bounds. */
export async function judgeLevers(
  open: ModelAtWork,
  learnt: LearntOutages,
  levers: readonly LeverSpec[],
  { cells, bounds }: { readonly cells: CellRow; readonly bounds: PlanSupport['bounds'] },
  context: JobContext,
): Promise<readonly JudgedLever[]> {
  const judged: JudgedLever[] = [];
  for (const { column, expected } of levers) {
    const range = bounds.find((each) => each.column === column);
    const evidence = range ? await measureLeverEvidence(open, learnt, column, context) : null;
    if (!range || !evidence) continue;
    judged.push({
      ...evidence,
      doubt: doubtLever(evidence, expected, measureModelSlope(open, cells, range)),
    });
  }
  return judged;
}
