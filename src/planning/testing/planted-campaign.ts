import { createRng, deriveSeed } from '#base/random.ts';
import type { CampaignProblem, OutageMode } from '../campaign/contract.ts';

/** A campaign drawn at random: outages at three sites, each with up to so many modes, under a limit that binds. */
export function plantCampaign(nOutages: number, nModes: number, seed: number): CampaignProblem {
  const rng = createRng(deriveSeed(seed, nOutages));
  const sites = ['Amont', 'Aval', 'Bois'];
  const outages = Array.from({ length: nOutages }, () => {
    const crew = 10 + rng.nextBelow(30);
    const days = 15 + rng.nextBelow(60);
    const modes = Array.from({ length: 1 + rng.nextBelow(nModes) }, (_, i): OutageMode => {
      const shorter = Math.max(3, Math.round(days * (1 - 0.15 * i)));
      return { crew: crew + 6 * i, days: shorter, p50: shorter - 2, p80: shorter };
    });
    const earliest = rng.nextBelow(6 * nOutages);
    return {
      site: sites[rng.nextBelow(3)] ?? null,
      earliest,
      deadline: rng.nextBelow(2) === 0 ? null : earliest + days + rng.nextBelow(40),
      announced: null,
      modes,
    };
  });
  return {
    outages,
    limits: { all: 75 + nOutages, sites: new Map([['Amont', 60]]) },
    costs: { day: 10, person: rng.nextBelow(2) / 10, wait: 3, late: 8, move: 0 },
  };
}

/** The least cost of all starts up to a day and all modes, without any rule: the twin of a search, for a few short outages. */
export function tryAllStarts(problem: CampaignProblem, lastDay: number): number {
  const { outages, limits, costs } = problem;
  let least = Infinity;
  const use = new Map<string, number[]>();
  const limitOf = (key: string) =>
    key === '' ? (limits.all ?? Infinity) : (limits.sites.get(key) ?? Infinity);
  const place = (index: number, sum: number): void => {
    const outage = outages[index];
    if (sum >= least) return;
    if (!outage) {
      least = sum;
      return;
    }
    for (const { crew, days } of outage.modes) {
      for (let start = outage.earliest; start <= lastDay; start++) {
        const keys = ['', ...(outage.site === null ? [] : [outage.site])];
        const isFree = keys.every((key) => {
          const used = use.get(key) ?? [];
          for (let day = start; day < start + days; day++) {
            if ((used[day] ?? 0) + crew > limitOf(key)) return false;
          }
          return true;
        });
        if (!isFree) continue;
        const change = (by: number) => {
          for (const key of keys) {
            const used = use.get(key) ?? [];
            use.set(key, used);
            for (let day = start; day < start + days; day++) used[day] = (used[day] ?? 0) + by;
          }
        };
        const late = outage.deadline === null ? 0 : Math.max(0, start + days - outage.deadline);
        const moved = outage.announced === null ? 0 : Math.abs(start - outage.announced);
        change(crew);
        place(
          index + 1,
          sum +
            costs.day * days +
            costs.person * crew * days +
            costs.wait * (start - outage.earliest) +
            costs.late * late +
            costs.move * moved,
        );
        change(-crew);
      }
    }
  };
  place(0, 0);
  return least;
}
