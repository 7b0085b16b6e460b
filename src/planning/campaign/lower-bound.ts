import type { CampaignOutage, CampaignProblem } from './contract.ts';
import { costOf } from './serial-schedule.ts';

/**
 * No schedule costs less: of each outage alone, its cheapest mode on its cheapest day; and of all together, that people can
 * do no more work a day than there are of them, at best those with the least left to do first (Schrage 1968). O(n² log n).
 */
export function boundCost(problem: CampaignProblem): number {
  const { outages, costs, limits } = problem;
  const least = (pick: (outage: CampaignOutage) => number) =>
    outages.reduce((sum, outage) => sum + pick(outage), 0);
  const alone = least((outage) => Math.min(...outage.modes.map((mode) => cheapest(problem, outage, mode))));
  if (costs.day < costs.wait) return alone;
  // A day of an outage costs no less than one of waiting: from its end alone, what it took and the wait are one.
  const beside = least(({ modes }) =>
    Math.min(...modes.map(({ days, crew }) => (costs.day - costs.wait) * days + costs.person * crew * days)),
  );
  const groups: readonly CrewGroup[] =
    limits.all === null ? groupBySite(problem) : [{ own: outages, limit: limits.all }];
  const soonest = ({ earliest, modes }: CampaignOutage) =>
    earliest + Math.min(...modes.map(({ days }) => days));
  const ends = groups.reduce((sum, { own, limit }) => {
    const single = own.reduce((total, outage) => total + soonest(outage), 0);
    return sum + Math.max(single, limit === null ? 0 : sumOfEnds(own, limit));
  }, 0);
  return Math.max(alone, beside + costs.wait * (ends - least(({ earliest }) => earliest)));
}

function cheapest(
  problem: CampaignProblem,
  outage: CampaignOutage,
  mode: CampaignOutage['modes'][number],
): number {
  const { earliest, deadline, announced } = outage;
  // Costs bend there alone, and rise beyond the last of these.
  const days = [earliest, announced ?? earliest, deadline === null ? earliest : deadline - mode.days];
  return Math.min(...days.map((day) => costOf(problem, outage, mode, Math.max(earliest, day))));
}

/** Outages that share their people; null: as many as they want. */
interface CrewGroup {
  readonly own: readonly CampaignOutage[];
  readonly limit: number | null;
}

function groupBySite({ outages, limits }: CampaignProblem): CrewGroup[] {
  const sites = [...new Set(outages.map(({ site }) => site))];
  return sites.map((site) => ({
    own: outages.filter((outage) => outage.site === site),
    limit: site === null ? null : (limits.sites.get(site) ?? null),
  }));
}

/** The least sum of ends, were people free to change outages at any time: the one with the least work left comes first. */
function sumOfEnds(outages: readonly CampaignOutage[], limit: number): number {
  const waiting = outages
    .map(({ earliest, modes }) => ({
      earliest,
      left: Math.min(...modes.map(({ crew, days }) => crew * days)) / limit,
    }))
    .sort((a, b) => a.earliest - b.earliest);
  const open: number[] = [];
  let [now, sum, next] = [0, 0, 0];
  while (open.length > 0 || next < waiting.length) {
    if (open.length === 0) now = Math.max(now, waiting[next]?.earliest ?? now);
    for (; next < waiting.length && (waiting[next]?.earliest ?? 0) <= now; next++) {
      open.push(waiting[next]?.left ?? 0);
    }
    open.sort((a, b) => b - a);
    const shortest = open.pop() ?? 0;
    const until = waiting[next]?.earliest ?? Infinity;
    if (now + shortest <= until) {
      now += shortest;
      sum += now;
    } else {
      open.push(shortest - (until - now));
      now = until;
    }
  }
  return sum;
}
