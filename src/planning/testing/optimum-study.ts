import { gather } from '#base/arrays.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed } from '#base/random.ts';
import { selectRows } from '#data/table.ts';
import { splitRandomFolds } from '#evaluation/splits.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { fitModel } from '#models/regressor.ts';
import type { PlanRequest } from '../contract.ts';
import { findPlan } from '../find-plan.ts';
import { measureOptimism } from '../optimism.ts';
import { drawWorldCase, plantWorld, worldLevers, type WorldName } from './planted-worlds.ts';

/** Of outages planned by a search, the shares that ended by the P80 of the model, and by what is announced. */
export interface OptimumStudy {
  readonly naive: number;
  readonly announced: number;
  readonly optimism: number;
  readonly nPlans: number;
}

/** Times that a plan is carried out. */
const N_DRAWS = 200;

/** One model of a planted world, asked for the least P80 of some outages; what they then take is drawn from the law. */
export async function studyOptimum(
  name: WorldName,
  n: number,
  seed: number,
  nPlans: number,
): Promise<OptimumStudy> {
  const context = createSilentContext();
  const { model, table, target, draw } = await plantWorld(name, n, seed);
  const models: ModelAtWork[] = [];
  for (const { trainRows } of splitRandomFolds(n, 5, 1)) {
    const learnt = gather(target, trainRows);
    const fitted = await fitModel(model.model.spec, selectRows(table, trainRows), learnt, {}, context);
    models.push({ ...model, model: fitted });
  }
  const rng = createRng(deriveSeed(seed, 13));
  const sum = { naive: 0, announced: 0, optimism: 0 };
  for (let i = 0; i < nPlans; i++) {
    const request: PlanRequest = {
      cells: drawWorldCase(rng),
      from: 'file',
      levers: worldLevers.map((column) => ({ column })),
      objective: 'p80',
      timeCost: 0,
      costLevel: 'p80',
      target: null,
      wantsFront: false,
      maxSeconds: 1e9,
    };
    const { plan } = await findPlan(model, request, context);
    const optimism = (await measureOptimism(models, request, context))?.value ?? 0;
    const p80 = plan?.p80 ?? NaN;
    const took = Array.from({ length: N_DRAWS }, () => draw(plan?.cells ?? [], rng));
    sum.naive += took.filter((each) => each <= p80).length / N_DRAWS / nPlans;
    sum.announced += took.filter((each) => each <= p80 + optimism).length / N_DRAWS / nPlans;
    sum.optimism += optimism / nPlans;
  }
  return { ...sum, nPlans };
}
