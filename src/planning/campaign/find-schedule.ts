import { AppError } from '#base/errors.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { createRng } from '#base/random.ts';
import { range } from '#base/arrays.ts';
import { exactExp } from '#base/exact-math.ts';
import type { CampaignProblem, FoundSchedule, Schedule } from './contract.ts';
import { boundCost } from './lower-bound.ts';
import { buildSchedule } from './serial-schedule.ts';

const SEED = 1;
/** Schedules tried by the search; as many as take some seconds of fifty outages. */
export const N_TRIED = 60_000;
/** Where all orders and modes are no more than this, all are tried. */
const MOST_TO_TRY_ALL = 6000;
const COOLEST = 1e-3;
/** It is heated anew from the best so often, each time less. */
const N_ROUNDS = 4;

type List = Pick<FoundSchedule, 'order' | 'modes'>;

/**
 * Dates and modes of a campaign at the least cost that was found, with the bound below which none lies. By simulated
 * annealing over the order in which outages get their people and their modes (one outage moved, or one mode changed), from the
 * rule of release and from `from`, or by trying all where these are few. The same problem gives the same schedule. A stop gives the best so far. Throws
 * `campaign-crew` where an outage needs more people than there are, `cancelled`.
 */
export async function findSchedule(
  problem: CampaignProblem,
  context: JobContext,
  { nTried = N_TRIED, from }: { readonly nTried?: number; readonly from?: List } = {},
): Promise<FoundSchedule> {
  checkCrew(problem);
  const bound = boundCost(problem);
  const isRegular = problem.costs.move === 0 || problem.outages.every(({ announced }) => announced === null);
  if (isRegular && countAll(problem) <= MOST_TO_TRY_ALL) {
    const best = tryAll(problem);
    return { ...best, bound: best.cost, status: 'optimal' };
  }
  const found = await anneal(problem, context, nTried, from);
  const status = found.cost <= bound + 1e-9 * (1 + Math.abs(bound)) ? 'optimal' : 'gap';
  return { ...found, bound: Math.min(bound, found.cost), status };
}

function checkCrew({ outages, limits }: CampaignProblem): void {
  outages.forEach(({ modes, site }, i) => {
    const crew = Math.min(...modes.map((mode) => mode.crew));
    const limit = Math.min(
      limits.all ?? Infinity,
      site === null ? Infinity : (limits.sites.get(site) ?? Infinity),
    );
    if (crew <= limit) return;
    throw new AppError('campaign-crew', `outage ${i + 1} needs ${crew} people, there are ${limit}`, {
      row: i + 1,
      crew,
      limit,
    });
  });
}

/** Modes that no limit allows are left out. */
function listModes({ outages, limits }: CampaignProblem): readonly (readonly number[])[] {
  return outages.map(({ modes, site }) => {
    const limit = Math.min(
      limits.all ?? Infinity,
      site === null ? Infinity : (limits.sites.get(site) ?? Infinity),
    );
    return modes.flatMap(({ crew }, i) => (crew <= limit ? [i] : []));
  });
}

function countAll(problem: CampaignProblem): number {
  const nModes = listModes(problem).reduce((product, modes) => product * modes.length, 1);
  return problem.outages.reduce((product, _, i) => product * (i + 1), nModes);
}

/** The best of all orders and modes. */
export function tryAll(problem: CampaignProblem): Schedule & List {
  const choices = listModes(problem).reduce<number[][]>(
    (all, modes) => all.flatMap((chosen) => modes.map((mode) => [...chosen, mode])),
    [[]],
  );
  let best: (Schedule & List) | null = null;
  for (const order of listOrders(problem.outages.length)) {
    for (const modes of choices) {
      const schedule = buildSchedule(problem, order, modes);
      if (best === null || schedule.cost < best.cost) best = { ...schedule, order };
    }
  }
  return best ?? { starts: [], modes: [], order: [], cost: 0 };
}

function listOrders(n: number): readonly (readonly number[])[] {
  return Array.from(range(n)).reduce<number[][]>(
    (orders, index) =>
      orders.flatMap((order) =>
        Array.from({ length: order.length + 1 }, (_, at) => [
          ...order.slice(0, at),
          index,
          ...order.slice(at),
        ]),
      ),
    [[]],
  );
}

/** See Kirkpatrick, Gelatt & Vecchi 1983; the temperature falls from half of what an outage costs at first. */
async function anneal(
  problem: CampaignProblem,
  context: JobContext,
  nTried: number,
  from?: List,
): Promise<Schedule & List> {
  const rng = createRng(SEED);
  const pace = createPacer(context);
  const allowed = listModes(problem);
  const n = problem.outages.length;
  const { outages } = problem;
  const byRelease = Array.from(range(n)).sort(
    (a, b) => (outages[a]?.earliest ?? 0) - (outages[b]?.earliest ?? 0) || a - b,
  );
  const first = { order: byRelease, modes: allowed.map((modes) => modes[0] ?? 0) };
  const within = from && {
    order: from.order,
    modes: from.modes.map((mode, i) => (allowed[i]?.includes(mode) === true ? mode : (allowed[i]?.[0] ?? 0))),
  };
  const starts = within ? [within, first] : [first];
  const build = ({ order, modes }: List) => ({ ...buildSchedule(problem, order, modes), order });
  let now = starts.map(build).reduce((a, b) => (b.cost < a.cost ? b : a));
  let best = now;
  const hottest = (0.5 * now.cost) / n + Number.EPSILON;
  for (let i = 0; i < nTried && !context.stop.aborted; i++) {
    const round = (i * N_ROUNDS) / nTried;
    if (i > 0 && Math.floor(round) > Math.floor(((i - 1) * N_ROUNDS) / nTried)) now = best;
    const heat = (hottest / (1 + Math.floor(round))) * Math.pow(COOLEST, round % 1);
    const order = [...now.order];
    const modes = [...now.modes];
    if (rng.nextBelow(3) === 0) {
      const index = rng.nextBelow(n);
      const choices = allowed[index] ?? [0];
      modes[index] = choices[rng.nextBelow(choices.length)] ?? 0;
    } else {
      const [moved = 0] = order.splice(rng.nextBelow(n), 1);
      order.splice(rng.nextBelow(n), 0, moved);
    }
    const tried = build({ order, modes });
    const worse = tried.cost - now.cost;
    if (worse <= 0 || rng.nextFloat() < exactExp(-worse / heat)) now = tried;
    if (now.cost < best.cost) best = now;
    if (i % 16 === 0) await pace(() => ({ phase: 'optimising', done: i, total: nTried }));
  }
  return best;
}
