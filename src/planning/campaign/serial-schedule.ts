import type { CampaignOutage, CampaignProblem, CrewLimits, OutageMode, Schedule } from './contract.ts';

/**
 * Starts in turn each outage of `order`, in its mode, on the day that costs least where there are people for all of its days
 * (serial schedule generation, Kolisch 1996). Where only waiting and lateness cost, some order gives the best schedule there
 * is of these modes. O(outages · days).
 */
export function buildSchedule(
  problem: CampaignProblem,
  order: ArrayLike<number>,
  modes: ArrayLike<number>,
): Schedule {
  const { outages, limits } = problem;
  const profile = createCrewProfile(limits);
  const starts: number[] = outages.map(() => 0);
  let cost = 0;
  for (let i = 0; i < order.length; i++) {
    const index = order[i] ?? 0;
    const outage = outages[index] as CampaignOutage;
    const mode = outage.modes[modes[index] ?? 0] as OutageMode;
    const start = findStart(problem, profile, outage, mode);
    profile.add(outage.site, mode, start);
    starts[index] = start;
    cost += costOf(problem, outage, mode, start);
  }
  return { starts, modes: Array.from(modes), cost };
}

/** The day that costs least; as costs rise from the earliest start on but for the way to the announced one, none after it need be tried once one was found. */
function findStart(
  problem: CampaignProblem,
  profile: CrewProfile,
  outage: CampaignOutage,
  mode: OutageMode,
): number {
  const { earliest, announced, site } = outage;
  let best = profile.findFree(site, mode, earliest);
  if (announced === null || problem.costs.move === 0) return best;
  let least = costOf(problem, outage, mode, best);
  for (let day = best + 1; day <= announced || day === best + 1;) {
    const start = profile.findFree(site, mode, day);
    const cost = costOf(problem, outage, mode, start);
    if (cost < least) [best, least] = [start, cost];
    if (start >= announced) break;
    day = start + 1;
  }
  return best;
}

/** What an outage costs that starts on a day. */
export function costOf(
  { costs }: Pick<CampaignProblem, 'costs'>,
  { earliest, deadline, announced }: CampaignOutage,
  { crew, days }: OutageMode,
  start: number,
): number {
  const late = deadline === null ? 0 : Math.max(0, start + days - deadline);
  const moved = announced === null ? 0 : Math.abs(start - announced);
  return (
    costs.day * days +
    costs.person * crew * days +
    costs.wait * (start - earliest) +
    costs.late * late +
    costs.move * moved
  );
}

type CrewProfile = ReturnType<typeof createCrewProfile>;

/** People at work by day against a limit; grown as days are asked about. */
interface CrewUse {
  used: Float64Array;
  readonly limit: number;
}

const FIRST_DAYS = 1024;

/** People at work by day, in all and by site. */
function createCrewProfile({ all, sites }: CrewLimits) {
  const open = (limit: number): CrewUse => ({ used: new Float64Array(FIRST_DAYS), limit });
  const total = all === null ? null : open(all);
  const bySite = new Map<string, CrewUse>();
  const findSite = (site: string | null): CrewUse | null => {
    const limit = site === null ? undefined : sites.get(site);
    if (site === null || limit === undefined) return null;
    const known = bySite.get(site) ?? open(limit);
    bySite.set(site, known);
    return known;
  };
  return {
    /** The first day from `day` on with people for all of the mode's days. */
    findFree(site: string | null, { crew, days }: OutageMode, day: number): number {
      const own = findSite(site);
      let start = day;
      for (;;) {
        // Beyond a day that is too full there may be room again.
        const full = Math.max(
          total ? findFull(total, crew, start, start + days) : -1,
          own ? findFull(own, crew, start, start + days) : -1,
        );
        if (full < 0) return start;
        start = full + 1;
      }
    },
    add(site: string | null, { crew, days }: OutageMode, start: number): void {
      const own = findSite(site);
      if (total) addCrew(total, crew, start, start + days);
      if (own) addCrew(own, crew, start, start + days);
    },
  };
}

/** The last day in [from, to) without room for so many more; −1 where there is room on all. */
function findFull({ used, limit }: CrewUse, crew: number, from: number, to: number): number {
  const room = limit - crew;
  for (let day = Math.min(to, used.length) - 1; day >= from; day--) {
    if ((used[day] as number) > room) return day;
  }
  return -1;
}

function addCrew(use: CrewUse, crew: number, from: number, to: number): void {
  if (to > use.used.length) {
    const longer = new Float64Array(2 * to);
    longer.set(use.used);
    use.used = longer;
  }
  for (let day = from; day < to; day++) use.used[day] = (use.used[day] ?? 0) + crew;
}
