import { createRng, deriveSeed } from '#base/random.ts';
import { quantileOfSorted } from '#base/statistics.ts';
import type { CampaignProblem, FoundSchedule } from './contract.ts';
import { buildSchedule } from './serial-schedule.ts';

/** What may come of a schedule, over joint draws of what its outages take. */
export interface CampaignRisk {
  /** Days from the campaign's first: the last end, when the outages are given their people in the same order. */
  readonly endP50: number;
  readonly endP80: number;
  /** How often more people would be at work than there are, were every start kept. */
  readonly overLimit: number;
  readonly nDraws: number;
}

const N_DRAWS = 500;
const SEED = 1;

/**
 * `curves`: of each outage, in its mode, the days that it takes at even shares, ascending. `link`: how far the luck of
 * outages at one site goes together, in [0, 1]. O(draws · outages · days).
 */
export function measureRisk(
  problem: CampaignProblem,
  { order, modes, starts }: Pick<FoundSchedule, 'order' | 'modes' | 'starts'>,
  curves: readonly Float64Array[],
  link: number,
): CampaignRisk {
  const { outages, limits } = problem;
  const sites = [...new Set(outages.map(({ site }) => site))];
  const ends = new Float64Array(N_DRAWS);
  let nOver = 0;
  for (let draw = 0; draw < N_DRAWS; draw++) {
    const rng = createRng(deriveSeed(SEED, draw));
    const shocks = new Map(sites.map((site) => [site, rng.nextNormal()]));
    const days = outages.map(({ site }, i) => {
      const luck = Math.sqrt(link) * (shocks.get(site) ?? 0) + Math.sqrt(1 - link) * rng.nextNormal();
      const curve = curves[i] ?? new Float64Array(0);
      const place = Math.min(curve.length - 1, Math.floor(curve.length * normalShare(luck)));
      return Math.max(1, Math.ceil(curve[place] ?? 1));
    });
    const drawn: CampaignProblem = {
      ...problem,
      outages: outages.map((outage, i) => {
        const mode = outage.modes[modes[i] ?? 0];
        return { ...outage, modes: mode ? [{ ...mode, days: days[i] ?? 1 }] : [] };
      }),
    };
    const { starts: redone } = buildSchedule(drawn, order, new Int32Array(outages.length));
    ends[draw] = Math.max(...redone.map((start, i) => start + (days[i] ?? 0)));
    if (isOver(drawn, starts, limits)) nOver += 1;
  }
  ends.sort();
  return {
    endP50: quantileOfSorted(ends, 0.5),
    endP80: quantileOfSorted(ends, 0.8),
    overLimit: nOver / N_DRAWS,
    nDraws: N_DRAWS,
  };
}

/** People are most at the start of some outage. */
function isOver(
  { outages }: CampaignProblem,
  starts: readonly number[],
  limits: CampaignProblem['limits'],
): boolean {
  return starts.some((day, i) => {
    const count = (site?: string | null) =>
      outages.reduce((sum, outage, j) => {
        const [mode] = outage.modes;
        const start = starts[j] ?? 0;
        const isAtWork = mode && start <= day && day < start + mode.days;
        return isAtWork && (site === undefined || outage.site === site) ? sum + mode.crew : sum;
      }, 0);
    const site = outages[i]?.site ?? null;
    const ofSite = site === null ? undefined : limits.sites.get(site);
    return (limits.all !== null && count() > limits.all) || (ofSite !== undefined && count(site) > ofSite);
  });
}

/** The share of a normal below z, to 1e-3 (Bowling et al. 2009): beside 500 draws nothing finer tells. */
function normalShare(z: number): number {
  return 1 / (1 + Math.exp(-(1.5976 * z + 0.07056 * z ** 3)));
}
