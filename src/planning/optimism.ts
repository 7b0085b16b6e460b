import type { JobContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { levelOfRequest, type PlanRequest } from './contract.ts';
import { findPlan } from './find-plan.ts';

/** By how much longer a plan takes than it was chosen for, in the unit of the duration; never below 0. */
export interface Optimism {
  readonly value: number;
  /** Models that it was measured by. */
  readonly nModels: number;
}

/** A search that is only to tell of the optimism needs no proof. */
const MAX_SECONDS = 2;

/**
 * The optimiser's curse, by models fitted on other outages each: what all others say of the plan that is best by one of
 * them, less what that one says, on average over all of them. Null where fewer than two of them find a plan. A search a
 * model. Throws as `findPlan` does.
 */
export async function measureOptimism(
  models: readonly ModelAtWork[],
  request: PlanRequest,
  context: JobContext,
): Promise<Optimism | null> {
  const level = levelOfRequest(request);
  const asked = { ...request, wantsFront: false, maxSeconds: MAX_SECONDS };
  const durationOf = (model: ModelAtWork, cells: PlanRequest['cells']): number => {
    const bound = predictCases(model, [cells], undefined, request.from)[0]?.interval?.[level];
    return bound && isClaimed(bound) ? bound.value : NaN;
  };
  const excesses: number[] = [];
  for (const [k, model] of models.entries()) {
    const { plan } = await findPlan(model, asked, context);
    if (plan === null) continue;
    const others = models.filter((_, l) => l !== k).map((other) => durationOf(other, plan.cells));
    const excess = mean(others.filter(Number.isFinite)) - durationOf(model, plan.cells);
    if (Number.isFinite(excess)) excesses.push(excess);
  }
  return excesses.length < 2 ? null : { value: Math.max(0, mean(excesses)), nModels: excesses.length };
}
