import { AppError } from '#base/errors.ts';
import { createSilentContext } from '#base/job-context.ts';
import { createRng, deriveSeed, type Rng } from '#base/random.ts';
import type { CellRow, CellValue } from '#data/cell.ts';
import { MS_PER_DAY } from '#data/dates.ts';
import { isClaimed } from '#evaluation/intervals/prediction-interval.ts';
import { predictCases } from '#inference/forecast-cases.ts';
import type { LeverSpec, PlanAnswer, PlanRequest } from '../contract.ts';
import { findPlan } from '../find-plan.ts';
import { countPlans, tryAllPlans, type TriedPlan } from './brute-force.ts';
import type { PlantedModel } from './planted-model.ts';

/** Plans of one case at most: the twin asks each. */
const MAX_PLANS = 600;

/** A question drawn at random: its case, levers, bounds, steps, costs, objective. */
export function drawRequest({ model, cases }: PlantedModel, rng: Rng): PlanRequest {
  const chance = (share: number) => rng.nextFloat() < share;
  const between = (low: number, high: number) => low + rng.nextBelow(high - low + 1);
  const { features } = model.summary;
  const known = cases[rng.nextBelow(cases.length)] ?? [];
  const cells: CellRow = features.map((feature, i): CellValue => {
    if (feature.type === 'category' && chance(0.04)) return 'jamais vu';
    if (feature.name === 'Tâches' && chance(0.05)) return 25;
    return known[i] ?? null;
  });
  const candidates: readonly (() => LeverSpec)[] = [
    () => {
      const min = between(8, 30);
      return {
        column: 'Effectif',
        min,
        max: min + between(0, 14),
        step: between(1, 4),
        costPerTime: chance(0.3) ? between(1, 20) : 0,
      };
    },
    () => ({ column: 'Ressources', min: 0.2, max: 1, step: 0.1 }),
    () => (chance(0.5) ? { column: 'Équipes' } : { column: 'Équipes', values: ['2x8', '3x8'] }),
    () => ({ column: 'Type' }),
    () => ({ column: 'Tranche' }),
    () => ({ column: 'Site' }),
    () => ({ column: 'Tâches', min: 1, max: between(3, 11) }),
    () => ({ column: 'Annoncé', min: 5, max: between(20, 40), step: 5 }),
    () => {
      const min = Date.UTC(2019, 0, 1) + between(0, 600) * MS_PER_DAY;
      return { column: 'Début', min, max: min + between(0, 80) * MS_PER_DAY, step: between(7, 30) };
    },
    () => ({ column: 'Mois', min: 1, max: 6 }),
  ];
  const chosen = candidates
    .map((make) => ({ make, at: rng.nextFloat() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, between(1, 4))
    .map(({ make }): LeverSpec => {
      const spec = make();
      const isCategory = features.find(({ name }) => name === spec.column)?.type === 'category';
      return {
        ...spec,
        ...(chance(0.5) && !isCategory && { cost: between(0, 30) }),
        ...(chance(0.4) && { switchCost: between(0, 60) }),
        ...(chance(0.12) && { frozen: true }),
      };
    });
  const drawTarget = (start: CellValue) =>
    typeof start === 'number' && chance(0.5)
      ? { end: start + between(20, 60) * MS_PER_DAY }
      : { duration: between(5, 45) };
  const objective = (['p50', 'p80', 'cost'] as const)[rng.nextBelow(3)] ?? 'p80';
  return {
    cells,
    from: 'file',
    levers: chosen,
    objective,
    timeCost: chance(0.2) ? 0 : between(1, 100),
    costLevel: chance(0.5) ? 'p50' : 'p80',
    target: chance(0.3)
      ? {
          atMost: drawTarget(cells[features.findIndex(({ role }) => role === 'start')] ?? null),
          least: chance(0.5) ? 'change' : 'cost',
        }
      : null,
    wantsFront: chance(0.3),
    maxSeconds: 1e9,
  };
}

function isSame(a: number | null, b: number | null): boolean {
  if (a === null || b === null) return a === b;
  return Math.abs(a - b) <= 1e-9 * (1 + Math.abs(a));
}

/** Null where the search says what trying every plan says; `skipped` where there are too many to try. */
export async function checkPlan(
  models: readonly PlantedModel[],
  seed: number,
  index: number,
): Promise<{ readonly verdict: 'same' | 'skipped' | 'wrong'; readonly why: string }> {
  const rng = createRng(deriveSeed(seed, index));
  const planted = models[rng.nextBelow(models.length)] as PlantedModel;
  const request = drawRequest(planted, rng);
  const { model, name } = planted;
  if (countPlans(model, request) > MAX_PLANS) return { verdict: 'skipped', why: name };
  const tried = tryAllPlans(model, request).filter(({ p80, p50 }) =>
    Number.isFinite(request.target === null && levelOf(request) === 'p50' ? p50 : p80),
  );
  const answer = await findPlan(model, request, createSilentContext()).catch((thrown: unknown) => {
    if (thrown instanceof AppError && thrown.code === 'plan-target-before-start') return null;
    throw thrown;
  });
  if (answer === null) return { verdict: 'skipped', why: name };
  const problem = compareAnswers(planted, request, answer, tried);
  return problem === null
    ? { verdict: 'same', why: name }
    : {
        verdict: 'wrong',
        why: `${name}: ${problem} ${JSON.stringify({ ...request, cells: request.cells })}`,
      };
}

function startOf({ summary }: PlantedModel['model'], { cells }: PlanRequest): number {
  return cells[summary.features.findIndex(({ role }) => role === 'start')] as number;
}

function levelOf({ objective, costLevel }: PlanRequest): 'p50' | 'p80' {
  return objective === 'cost' ? costLevel : objective;
}

function compareAnswers(
  { model }: PlantedModel,
  request: PlanRequest,
  answer: PlanAnswer,
  tried: readonly TriedPlan[],
): string | null {
  const { target } = request;
  const least = (pick: (plan: TriedPlan) => number, plans = tried) => Math.min(...plans.map(pick));
  if (tried.length === 0) return answer.status === 'infeasible' ? null : `no plan, but ${answer.status}`;
  if (target) {
    const { atMost } = target;
    const over = ({ p80, delay }: TriedPlan) =>
      'end' in atMost
        ? p80 + delay - (atMost.end - startOf(model, request)) / MS_PER_DAY
        : p80 - atMost.duration;
    // What is within rounding of the limit may go either way.
    if (tried.some((plan) => Math.abs(over(plan)) < 1e-6)) return null;
    const kept = tried.filter((plan) => over(plan) <= 0);
    if (kept.length === 0) {
      if (answer.status !== 'infeasible') return `out of reach, but ${answer.status}`;
      const nearest = least(over);
      const reached = tried.filter((plan) => isSame(over(plan), nearest));
      return reached.some(({ p80 }) => isSame(answer.value, p80)) ? null : `reaches ${answer.value}`;
    }
    const effort = least(
      target.least === 'cost' ? ({ leverCostAtP80 }) => leverCostAtP80 : ({ effort: size }) => size,
      kept,
    );
    if (answer.status !== 'optimal') return `within reach, but ${answer.status}`;
    if (!isSame(answer.effort, effort)) return `effort ${answer.effort}, tried ${effort}`;
    if (!kept.some(({ p80 }) => isSame(answer.value, p80))) return `breaks the target: ${answer.value}`;
  } else {
    const best = least(
      request.objective === 'cost' ? ({ total }) => total : (plan) => plan[levelOf(request)],
    );
    if (answer.status !== 'optimal') return `status ${answer.status}`;
    if (!isSame(answer.value, best)) return `value ${answer.value}, tried ${best}`;
    if (!isSame(answer.bound, best)) return `bound ${answer.bound}, tried ${best}`;
  }
  const { plan, front } = answer;
  const [again] = predictCases(model, [plan?.cells ?? []], undefined, request.from);
  const bound = again?.interval?.[levelOf(request)];
  const claimed = bound && isClaimed(bound) ? bound.value : null;
  if (claimed !== (plan?.[levelOf(request)] ?? null)) return `predicted again ${claimed}`;
  if (front) {
    const beaten = compareFront(front, tried);
    if (beaten !== null) return beaten;
  }
  return null;
}

/** The front of all that was tried, as values. */
function compareFront(front: NonNullable<PlanAnswer['front']>, tried: readonly TriedPlan[]): string | null {
  if (!front.isComplete) return 'front not complete';
  const crumb = 1e-7;
  for (const plan of tried.filter(({ p80 }) => Number.isFinite(p80))) {
    const isCovered = front.plans.some(
      ({ leverCost, p80 }) => leverCost <= plan.leverCostAtP80 + crumb && p80 <= plan.p80 + crumb,
    );
    if (!isCovered) return `front misses cost ${plan.leverCostAtP80}, P80 ${plan.p80}`;
  }
  const strays = front.plans.filter(({ leverCost, p80 }) =>
    tried.some(
      (plan) =>
        (plan.leverCostAtP80 < leverCost - crumb && plan.p80 <= p80 + 1e-12) ||
        (plan.p80 < p80 - crumb && plan.leverCostAtP80 <= leverCost + 1e-12),
    ),
  );
  return strays.length > 0 ? `front holds ${strays.length} beaten plans` : null;
}
