import { describe, expect, it } from 'vitest';
import { createSilentContext } from '#base/job-context.ts';
import { mean } from '#base/statistics.ts';
import { measureSmallWorld } from './testing/small-world-regret.ts';
import { smallWorldNames, type SmallWorldName } from './testing/small-worlds.ts';

const context = createSilentContext();
const N_SEEDS = 2;

const measured = new Map<string, ReturnType<typeof measureAnew>>();

/** Each world is measured once. The whole campaign, 25 seeds a world: `npm run bench:small-worlds`. */
function measure(name: SmallWorldName, isUnitKnown = true) {
  const key = `${name} ${isUnitKnown}`;
  const found = measured.get(key) ?? measureAnew(name, isUnitKnown);
  measured.set(key, found);
  return found;
}

function measureAnew(name: SmallWorldName, isUnitKnown: boolean) {
  const seeds = Array.from({ length: N_SEEDS }, (_, seed) => seed);
  return Promise.all(seeds.map((seed) => measureSmallWorld({ name, n: 30, seed, isUnitKnown }, context)));
}

describe('what is chosen on thirty outages', () => {
  it('loses little to the best model there is, and does not lose to what anyone could say', async () => {
    const names = smallWorldNames.filter((name) => name !== 'memory');
    const outcomes = (await Promise.all(names.map((name) => measure(name)))).flat();
    expect(mean(outcomes.map(({ regret }) => regret))).toBeLessThan(0.1);
    const nLost = outcomes.filter(({ toReference }) => toReference > 1.05).length;
    expect(nLost / outcomes.length).toBeLessThan(0.16);
  });

  it('is no worse for knowing the unit of the duration', async () => {
    for (const name of ['additive', 'noise'] as const) {
      const [known, unknown] = [await measure(name), await measure(name, false)].map((outcomes) =>
        mean(outcomes.map(({ mae }) => mae)),
      );
      expect(known).toBeLessThan(1.03 * (unknown ?? NaN));
    }
  });

  it('uses the plan where there is one', async () => {
    for (const name of ['plan', 'plan-skewed', 'plan-is-class'] as const) {
      const ratios = (await measure(name)).map(({ toPlanRatio }) => toPlanRatio ?? NaN);
      expect(mean(ratios)).toBeLessThan(1.02);
    }
  });
});
