import type { JobContext } from '#base/job-context.ts';
import { findOpenNames, settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { findPlan } from '#planning/find-plan.ts';
import { measureOptimism } from '#planning/optimism.ts';
import { fitFoldModels } from '#training/fit-folds.ts';
import type { OpenDataset } from '../dataset/open-dataset.ts';
import { findLearntOutages, findRefit } from '../refits/find-refit.ts';
import { judgeLevers } from './judge-levers.ts';
import { readCase } from './read-cases.ts';
import type { OptimiseAnswer, OptimiseRequest } from './contract.ts';

/**
 * The best plan for a case. Cells that nobody knows are done without, by a fit that never saw them, where the open data are
 * those of the training. Errors: those of `findPlan`, `invalid-setting` for a row there is not, `model-columns-missing`.
 */
export async function optimise(
  open: ModelAtWork,
  dataset: OpenDataset | null,
  { subject, ...request }: OptimiseRequest,
  context: JobContext,
): Promise<OptimiseAnswer> {
  const cells = 'cells' in subject ? subject.cells : readCase(open, dataset, subject.row);
  const unknown = findOpenNames(open.description, settleCells(open.summary.features, cells), request.from);
  const anew = { today: request.today, settings: null };
  const refit =
    dataset === null || unknown.length === 0 ? null : await findRefit(open, dataset, unknown, anew, context);
  const asked = { ...request, cells };
  const free = request.levers.filter(({ frozen }) => frozen !== true);
  const answer = await findPlan(refit ?? open, asked, context);
  const learnt =
    dataset === null || refit || !request.wantsDoubt || answer.plan === null
      ? null
      : findLearntOutages(open, dataset, request.today);
  const models = learnt ? await fitFoldModels(open, learnt, N_MODELS, context) : [];
  return {
    ...answer,
    evidence: learnt
      ? await judgeLevers(
          open,
          learnt,
          free,
          { cells: answer.base.cells, bounds: answer.support.bounds },
          context,
        )
      : [],
    optimism: models.length > 0 ? await measureOptimism(models, asked, context) : null,
    without: refit ? unknown : [],
  };
}

/** Fits that the optimism is measured by. */
const N_MODELS = 5;
