/**
 * npm run study:planning -- differences|optimum|confounding|switch|campaign [--seeds 40] [--from 1] [--n 200,800,2000] [--world log]
 *
 * What the rooms of planning promise, in planted worlds: a line a cell of the study, with its tally.
 */
import { createSilentContext } from '#base/job-context.ts';
import { checkSchedule } from '#planning/campaign/check-schedule.ts';
import { findSchedule, tryAll } from '#planning/campaign/find-schedule.ts';
import { plantCampaign } from '#planning/testing/planted-campaign.ts';
import { studyDifferences } from '#planning/testing/difference-study.ts';
import { studyOptimum } from '#planning/testing/optimum-study.ts';
import { findSwitch } from '#planning/testing/switch-study.ts';
import { worldNames } from '#planning/testing/planted-worlds.ts';
import { judgeCrew, plantConfounding } from '#training/testing/planted-confounding.ts';

function readOption(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
}

const seeds = Array.from(
  { length: Number(readOption('seeds', '40')) },
  (_, i) => i + Number(readOption('from', '1')),
);
/** All, or the one that is named. */
const worlds = worldNames.filter((world) => [world, ''].includes(readOption('world', '')));
const sizes = (otherwise: string) => readOption('n', otherwise).split(',').map(Number);

const studies: Readonly<Record<string, () => Promise<void>>> = {
  /** 80 % intervals of what the model expects of one scenario less another. */
  differences: async () => {
    for (const world of worlds) {
      for (const n of sizes('200,800,2000')) {
        const startedAt = performance.now();
        const sum = { nPairs: 0, held: 0, nTogether: 0, heldTogether: 0, halfWidth: 0 };
        for (const seed of seeds) {
          const one = await studyDifferences(world, n, seed, 4);
          sum.nPairs += one.nPairs;
          sum.held += one.held;
          sum.nTogether += one.nTogether;
          sum.heldTogether += one.heldTogether;
          sum.halfWidth += one.halfWidth / seeds.length;
        }
        tell({
          world,
          n,
          coverage: sum.held / sum.nPairs,
          together: sum.heldTogether / sum.nTogether,
          halfWidth: sum.halfWidth,
          nPairs: sum.nPairs,
          seconds: (performance.now() - startedAt) / 1000,
        });
      }
    }
  },

  /** The P80 of plans that a search chose. */
  optimum: async () => {
    for (const world of worlds) {
      for (const n of sizes('200,800')) {
        const sum = { naive: 0, announced: 0, optimism: 0 };
        for (const seed of seeds) {
          const one = await studyOptimum(world, n, seed, 4);
          sum.naive += one.naive / seeds.length;
          sum.announced += one.announced / seeds.length;
          sum.optimism += one.optimism / seeds.length;
        }
        tell({ world, n, ...sum, nPlans: 4 * seeds.length });
      }
    }
  },

  /** The lever whose effect is selection turns amber, and only where the file does not hold what it was chosen by. */
  confounding: async () => {
    for (const isKnown of [false, true]) {
      let amber = 0;
      for (const seed of seeds) {
        const judged = await judgeCrew(plantConfounding(seed, isKnown));
        if (judged && judged.doubt !== null) amber += 1;
      }
      tell({ complexity: isKnown ? 'known' : 'hidden', amber: amber / seeds.length, nWorlds: seeds.length });
    }
  },

  /** The cost of a person at which the cheapest crew falls, over what a person saves. */
  switch: async () => {
    const shares: number[] = [];
    for (const seed of seeds) shares.push(await findSwitch(400, seed));
    const within = shares.filter((share) => Math.abs(share - 1) <= 0.1).length;
    tell({ within: within / shares.length, least: Math.min(...shares), most: Math.max(...shares) });
  },

  /** Six outages of up to three modes against all orders and modes, and fifty-six against the bound. */
  campaign: async () => {
    const context = createSilentContext(() => performance.now());
    let same = 0;
    for (const seed of seeds) {
      const problem = plantCampaign(6, 3, seed);
      const found = await findSchedule(problem, context);
      const isSound = checkSchedule(problem, found).length === 0;
      if (isSound && Math.abs(found.cost - tryAll(problem).cost) < 1e-6) same += 1;
    }
    tell({ nOutages: 6, equal: same, nCampaigns: seeds.length });
    for (const seed of seeds.slice(0, 5)) {
      const problem = plantCampaign(56, 4, seed);
      const startedAt = process.cpuUsage();
      const { cost, bound } = await findSchedule(problem, context);
      const seconds = process.cpuUsage(startedAt).user / 1e6;
      tell({ nOutages: 56, seed, cost, bound, gap: 1 - bound / cost, seconds });
    }
  },
};

function tell(cell: Readonly<Record<string, string | number>>): void {
  const rounded = Object.entries(cell).map(([name, value]) => [
    name,
    typeof value === 'number' ? Number(value.toPrecision(4)) : value,
  ]);
  console.log(JSON.stringify(Object.fromEntries(rounded)));
}

const study = studies[process.argv[2] ?? ''];
if (study) await study();
else {
  console.error(`one of: ${Object.keys(studies).join(', ')}`);
  process.exitCode = 2;
}
