import { createSilentContext } from '#base/job-context.ts';
import { createSpec } from '#models/model-spec.ts';
import { findPlan } from '../find-plan.ts';
import { drawWorldCase, plantWorld, worldColumns } from './planted-worlds.ts';
import { createRng } from '#base/random.ts';

/** A person more is so many days less in the linear world (`planted-worlds.ts`). */
const DAYS_A_PERSON = 0.4;
const DAY_COST = 100;

/**
 * The cost of a person at which the cheapest crew falls from the most to the fewest, over the cost at which it should: what a
 * person saves. By halving, on a linear model of the linear world.
 */
export async function findSwitch(n: number, seed: number): Promise<number> {
  const { model } = await plantWorld('linear', n, seed, createSpec('linear'));
  const cells = drawWorldCase(createRng(seed)).with(worldColumns.indexOf('crew'), 10);
  const crewAt = async (cost: number): Promise<number> => {
    const { plan } = await findPlan(
      model,
      {
        cells,
        from: 'file',
        levers: [{ column: 'crew', min: 10, max: 40, cost }],
        objective: 'cost',
        timeCost: DAY_COST,
        costLevel: 'p50',
        target: null,
        wantsFront: false,
        maxSeconds: 1e9,
      },
      createSilentContext(),
    );
    return Number(plan?.cells[worldColumns.indexOf('crew')]);
  };
  let [low, high] = [0, 2 * DAYS_A_PERSON * DAY_COST];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if ((await crewAt(middle)) > 25) low = middle;
    else high = middle;
  }
  return low / (DAYS_A_PERSON * DAY_COST);
}
