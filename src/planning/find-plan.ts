import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { CellRow } from '#data/cell.ts';
import { msPerDurationUnit } from '#data/duration-unit.ts';
import { isClaimed, type PredictionInterval } from '#evaluation/intervals/prediction-interval.ts';
import { hideCells, isLookedAway, predictCases } from '#inference/forecast-cases.ts';
import { findOpenInputs, settleCells } from '#inference/open-cells.ts';
import type { ModelAtWork } from '#inference/open-model.ts';
import { createPointAsker } from './ask-points.ts';
import type { FrontPlan, Plan, PlanAnswer, PlanRequest, PlanSupport } from './contract.ts';
import { explainBindings } from './bindings.ts';
import { type ClassSupport, findClassSupport, NEAR } from './class-support.ts';
import { type ResolvedLevers, resolveLevers } from './levers.ts';
import { buildPlanLattice, findStartInput, type PlanLattice } from './plan-lattice.ts';
import { type Search, searchBest, type SearchResult, slackAt } from './search/branch-and-bound.ts';
import { countPoints, type LatticePoint } from './search/lattice.ts';
import { boundLevels } from './search/level-bound.ts';
import { leverCost, type SearchGoal, sumPoint } from './search/objective.ts';
import { searchFront } from './search/pareto-front.ts';

/**
 * The best plan within the levers' bounds by what the model announces, with proof: no other one has less. Of a target that
 * none keeps, the best reachable one. Errors, before any work: those of `resolveLevers` and `buildPlanLattice`,
 * `plan-no-levels`, `plan-target`, `plan-target-before-start`, `invalid-setting`; later `cancelled`. A stop, and the end of
 * the time, leave the best found and what is known of the rest.
 */
export async function findPlan(
  model: ModelAtWork,
  request: PlanRequest,
  context: JobContext,
): Promise<PlanAnswer> {
  const startedAt = context.now();
  const intervals = model.calibration?.intervals ?? null;
  if (intervals === null) throw new AppError('plan-no-levels', 'the model has no calibrated levels', {});
  const { features } = model.summary;
  const cells = hideCells(model, settleCells(features, request.cells));
  const seen = findClassSupport(model, cells);
  const levers = resolveLevers(features, cells, request.levers, seen.rangeOf);
  const space = buildPlanLattice(model, cells, levers);
  const goal = createGoal(model, cells, space, request);
  const isOpen = findOpenInputs(model.description, cells, request.from).some(
    (position) => !isLookedAway(model, position),
  );
  const search: Search = {
    lattice: space.lattice,
    bound: isOpen ? null : boundLevels(model.model, intervals, space.lattice),
    ask: createPointAsker(model, space, request.from, isOpen),
    starts: space.present === null ? [] : [space.present],
    leastDuration: intervals.leastDuration ?? -Infinity,
  };
  const deadline = startedAt + 1000 * request.maxSeconds;
  const found = await searchBest(search, goal, deadline, context);
  const first = found.best === null ? await searchBest(search, towards(goal), deadline, context) : found;
  const reached = await settleTies(search, goal, first, context);
  const describe = createDescription(model, space, request);
  const base = describe(cells, space.present);
  const plan = reached.best && describe(space.toCells(reached.best.point), reached.best.point);
  const front = request.wantsFront
    ? await searchFront(search, goal.level === 0.8 ? goal : { ...goal, level: 0.8 }, deadline, context)
    : null;
  return {
    ...conclude(found, reached, goal, plan),
    plan,
    base,
    gain: {
      duration: subtract(levelOf(base, goal), plan && levelOf(plan, goal)),
      cost: subtract(base.totalCost, plan?.totalCost ?? null),
    },
    binding: reached.best ? explainBindings(search, space, goal, request.levers, reached.best.point) : [],
    nOutside: space.nOutside,
    support: describeSupport(seen, levers, cells, plan),
    front: front && {
      plans: front.points.map(({ point, cost, duration }): FrontPlan => ({
        cells: space.toCells(point),
        leverCost: cost,
        p80: duration,
      })),
      isComplete: front.isComplete,
    },
    nPoints: countPoints(space.lattice.axes),
    nNodes: reached.nNodes,
    seconds: (context.now() - startedAt) / 1000,
  };
}

const levels = { p50: 0.5, p80: 0.8 } as const;

function createGoal(
  model: ModelAtWork,
  cells: CellRow,
  space: PlanLattice,
  { objective, timeCost, costLevel, target, maxSeconds }: PlanRequest,
): SearchGoal {
  if (!(timeCost >= 0) || !Number.isFinite(timeCost)) {
    throw new AppError('invalid-setting', `timeCost must be at least 0, got ${timeCost}`, {
      name: 'timeCost',
      value: timeCost,
    });
  }
  if (!(maxSeconds > 0)) {
    throw new AppError('invalid-setting', `maxSeconds must be above 0, got ${maxSeconds}`, {
      name: 'maxSeconds',
      value: maxSeconds,
    });
  }
  if (target === null) {
    const level = levels[objective === 'cost' ? costLevel : objective];
    return { kind: objective === 'cost' ? 'cost' : 'level', level, timeCost, atMost: null, isEnd: false };
  }
  const kind = target.least === 'cost' ? 'levers' : 'change';
  const atMost = measureTarget(model, cells, space, target.atMost);
  return { kind, level: 0.8, timeCost, atMost, isEnd: 'end' in target.atMost };
}

/** What the duration, of an end with the delay of the start, may come to: the delay of an axis is told from its first cell. */
function measureTarget(
  model: ModelAtWork,
  cells: CellRow,
  { lattice, toCells }: PlanLattice,
  atMost: NonNullable<PlanRequest['target']>['atMost'],
): number {
  if ('duration' in atMost) {
    const { duration } = atMost;
    if (duration > 0 && Number.isFinite(duration)) return duration;
    throw new AppError('plan-target', `a duration to keep must be above 0, got ${duration}`, {
      value: duration,
    });
  }
  const position = findStartInput(model);
  const first = toCells(new Int32Array(lattice.axes.length))[position];
  if (position < 0 || typeof first !== 'number') {
    throw new AppError('plan-target', 'an end can only be reached from a start', { value: null });
  }
  const room = (atMost.end - first) / msPerDurationUnit(model.description.target.unit);
  const soonest = lattice.axes.reduce((sum, { delay }) => sum + Math.min(...delay), 0);
  if (room - soonest > 0) return room;
  throw new AppError('plan-target-before-start', 'the end to reach is before every start', {
    end: atMost.end,
    start: cells[position] ?? null,
  });
}

/** Among plans as short, the cheapest, or the one of the least change: it need not be proven. */
async function settleTies(
  search: Search,
  goal: SearchGoal,
  found: SearchResult,
  context: JobContext,
): Promise<SearchResult> {
  const { best } = found;
  if (best === null || goal.kind !== 'level') return found;
  const hasCosts = search.lattice.axes.some(({ cost, rate }) =>
    [cost, rate].some((values) => values.some((value) => value > 0)),
  );
  const ties: SearchGoal = {
    ...goal,
    kind: hasCosts ? 'levers' : 'change',
    atMost: best.value + slackAt(best.value),
  };
  const starts = [best.point, ...search.starts];
  const settled = await searchBest({ ...search, starts }, ties, context.now() + MAX_TIE_MS, context);
  return settled.best === null ? found : { ...found, best: { ...best, point: settled.best.point } };
}

const MAX_TIE_MS = 1000;

function describeSupport(
  { label, n, rangeOf, countNear }: ClassSupport,
  { levers }: ResolvedLevers,
  cells: CellRow,
  plan: Plan | null,
): PlanSupport {
  const planned = plan?.cells ?? cells;
  const moved = levers.filter(({ position }) => planned[position] !== cells[position]);
  const isBeyond = (position: number) => {
    const [value, range] = [planned[position], rangeOf(position)];
    if (typeof value !== 'number' || range === null) return false;
    const slack = NEAR * (range.max - range.min);
    return value < range.min - slack || value > range.max + slack;
  };
  return {
    label,
    n,
    nNear: countNear(
      planned,
      moved.map(({ position }) => position),
    ),
    beyond: moved.filter(({ position }) => isBeyond(position)).map(({ column }) => column),
    bounds: levers.flatMap(({ column, values }) => {
      const numbers = values.filter((value) => typeof value === 'number');
      return numbers.length === 0 ? [] : [{ column, min: Math.min(...numbers), max: Math.max(...numbers) }];
    }),
  };
}

/** What comes nearest to a target that cannot be kept. */
function towards(goal: SearchGoal): SearchGoal {
  return goal.atMost === null ? goal : { ...goal, kind: 'lateness' };
}

function conclude(found: SearchResult, reached: SearchResult, goal: SearchGoal, plan: Plan | null) {
  const hasTarget = goal.atMost !== null;
  const isImpossible = found.best === null && found.isProven;
  const value = plan && valueOf(plan, goal);
  const isDurationBound = !hasTarget || found.best === null;
  const bound = Number.isFinite(reached.lowerBound) ? reached.lowerBound : null;
  const isExact = isImpossible ? reached.isProven : found.isProven && found.best !== null;
  const status = isImpossible ? ('infeasible' as const) : isExact ? ('optimal' as const) : ('gap' as const);
  // How late it is becomes a duration again.
  const asDuration = (late: number | null) =>
    late === null
      ? null
      : hasTarget && found.best === null
        ? (value ?? 0) + late - (reached.best?.value ?? 0)
        : late;
  const best = reached.best?.value ?? null;
  return {
    status,
    value,
    bound: isDurationBound ? asDuration(bound) : bound,
    gap: best === null || bound === null ? null : Math.max(0, best - bound),
    effort: hasTarget && found.best ? found.best.value : null,
  };
}

/** As the model answers the plan. */
function valueOf(plan: Plan, goal: SearchGoal): number | null {
  if (goal.kind === 'cost') return plan.totalCost;
  return levelOf(plan, goal);
}

function levelOf(plan: Plan, { level }: SearchGoal): number | null {
  return level === 0.5 ? plan.p50 : plan.p80;
}

function subtract(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a - b;
}

/** A plan as the model answers it: nothing of the search is taken on trust. */
function createDescription(model: ModelAtWork, { lattice }: PlanLattice, request: PlanRequest) {
  const { timeCost, from, target } = request;
  const costLevel = target === null ? request.costLevel : 'p80';
  return (cells: CellRow, point: LatticePoint | null): Plan => {
    const [answer] = predictCases(model, [cells], undefined, from);
    const interval = answer?.interval as PredictionInterval;
    const [p50, p80] = [interval.p50, interval.p80].map((bound) => (isClaimed(bound) ? bound.value : null));
    const duration = (costLevel === 'p50' ? p50 : p80) ?? null;
    const ofLevers =
      duration === null || point === null ? null : leverCost(sumPoint(lattice.axes, point), duration);
    return {
      cells,
      interval,
      p50: p50 ?? null,
      p80: p80 ?? null,
      leverCost: ofLevers,
      totalCost: ofLevers === null || duration === null ? null : ofLevers + timeCost * duration,
    };
  };
}
