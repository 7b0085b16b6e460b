import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { plantCampaign, tryAllStarts } from '../testing/planted-campaign.ts';
import { measureRisk } from './campaign-risk.ts';
import { checkSchedule } from './check-schedule.ts';
import type { CampaignOutage, CampaignProblem } from './contract.ts';
import { findSchedule, tryAll } from './find-schedule.ts';
import { boundCost } from './lower-bound.ts';

const context = createSilentContext();
const costs = { day: 1, person: 0, wait: 1, late: 10, move: 0 };

function outage(crew: number, days: number, more: Partial<CampaignOutage> = {}): CampaignOutage {
  const modes = [{ crew, days, p50: days, p80: days }];
  return { site: null, earliest: 0, deadline: null, announced: null, modes, ...more };
}

/** Few and short enough for every start to be tried. */
function plantShort(seed: number): CampaignProblem {
  const { outages, ...problem } = plantCampaign(3, 2, seed);
  const short = outages.map(({ modes, earliest, deadline, ...each }) => ({
    ...each,
    earliest: Math.round(earliest / 4),
    deadline: deadline === null ? null : Math.round(deadline / 8),
    modes: modes.map((mode) => ({ ...mode, days: Math.ceil(mode.days / 8) })),
  }));
  return { ...problem, outages: short, limits: { ...problem.limits, all: 50 } };
}

describe('a campaign under a limit on people', () => {
  it('costs as little as the best of all starts and modes, and no more than the bound says it must', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const problem = plantShort(seed);
      const found = await findSchedule(problem, context);
      expect(checkSchedule(problem, found)).toEqual([]);
      expect(found.status).toBe('optimal');
      expect(found.cost).toBeCloseTo(tryAllStarts(problem, 34), 9);
      expect(boundCost(problem)).toBeLessThanOrEqual(found.cost + 1e-9);
    }
  });

  it('costs by annealing what the best of all orders and modes costs', async () => {
    for (let seed = 1; seed <= 4; seed++) {
      const problem = plantCampaign(5, 3, seed);
      // An announced start that costs nothing to move: as little is known of it as of no start at all, but all are not tried.
      const [first, ...others] = problem.outages as [CampaignOutage, ...CampaignOutage[]];
      const moved = { ...problem, outages: [{ ...first, announced: first.earliest }, ...others] };
      const almostFree = { ...moved, costs: { ...problem.costs, move: 1e-12 } };
      const found = await findSchedule(almostFree, context, { nTried: 4000 });
      expect(checkSchedule(almostFree, found)).toEqual([]);
      expect(found.cost).toBeCloseTo(tryAll(problem).cost, 6);
    }
  });

  it('puts the shortest first where one can be under way at a time (Smith’s rule)', async () => {
    const days = [9, 4, 7, 2, 12, 5, 3];
    const problem = {
      outages: days.map((each) => outage(10, each)),
      limits: { all: 15, sites: new Map() },
      costs,
    };
    const { starts } = await findSchedule(problem, context, { nTried: 6000 });
    const byStart = [...days.keys()].sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
    expect(byStart.map((i) => days[i])).toEqual([2, 3, 4, 5, 7, 9, 12]);
  });

  it('keeps an announced start that costs more to move than to wait for', async () => {
    const outages = [outage(10, 5, { announced: 8 }), outage(10, 4)];
    const limits = { all: 10, sites: new Map() };
    const kept = await findSchedule({ outages, limits, costs: { ...costs, move: 5 } }, context);
    expect(kept.starts).toEqual([8, 0]);
    const free = await findSchedule({ outages, limits, costs }, context);
    expect(free.starts[0]).toBe(4);
  });

  it('finds, of fifty-six outages, one that keeps all limits and is not far from the bound', async () => {
    const problem = plantCampaign(56, 4, 1);
    const found = await findSchedule(problem, context, { nTried: 800 });
    expect(checkSchedule(problem, found)).toEqual([]);
    expect(found.status).toBe('gap');
    expect(found.bound).toBeLessThan(found.cost);
    expect(found.bound).toBeGreaterThan(0.4 * found.cost);
    const again = await findSchedule(problem, context, { nTried: 800 });
    expect(again).toEqual(found);
  });

  it('says which outage needs more people than there are', async () => {
    const problem = { outages: [outage(5, 3), outage(12, 3)], limits: { all: 10, sites: new Map() }, costs };
    await expect(findSchedule(problem, context)).rejects.toMatchObject({
      code: 'campaign-crew',
      details: { row: 2, crew: 12, limit: 10 },
    });
  });
});

describe('the checker', () => {
  it('finds whatever is wrong, whoever made it', async () => {
    const problem = plantCampaign(6, 1, 2);
    const found = await findSchedule(problem, context);
    const all = found.starts.map(() => 0);
    expect(checkSchedule(problem, { ...found, cost: found.cost + 1 })).toHaveLength(1);
    expect(checkSchedule(problem, { ...found, starts: all }).length).toBeGreaterThan(0);
    expect(checkSchedule(problem, { ...found, starts: all.slice(1) })).toHaveLength(1);
    const free = { ...problem, outages: problem.outages.map((each) => ({ ...each, earliest: 0 })) };
    expect(checkSchedule(free, { ...found, starts: all }).join(' ')).toMatch(/people of/u);
  });
});

describe('what may come of a schedule', () => {
  it('ends when it must where nothing is left to luck, and later the wider its outages', async () => {
    const problem = { outages: [outage(10, 6), outage(10, 4)], limits: { all: 10, sites: new Map() }, costs };
    const found = await findSchedule(problem, context);
    const sure = measureRisk(problem, found, [Float64Array.of(6), Float64Array.of(4)], 0.3);
    expect(sure).toMatchObject({ endP50: 10, endP80: 10, overLimit: 0 });
    const wide = [6, 4].map((days) => Float64Array.from({ length: 20 }, (_, i) => (days * (i + 10)) / 20));
    const risk = measureRisk(problem, found, wide, 0.3);
    expect(risk.endP80).toBeGreaterThan(risk.endP50);
    expect(risk.overLimit).toBeGreaterThan(0.2);
  });
});
