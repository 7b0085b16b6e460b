/**
 * Regret of the choice on few outages over the ten planted worlds: `npm run bench:small-worlds [n] [seeds] [yes|no]`.
 * `no` hides the unit of the duration. Regret: error on 2,000 fresh outages over the least of all candidates', − 1.
 */
import { createSilentContext } from '#base/job-context.ts';
import { measureSmallWorld } from '#training/testing/small-world-regret.ts';
import { smallWorldNames } from '#training/testing/small-worlds.ts';

const [n = '30', seeds = '25', unit = 'yes'] = process.argv.slice(2);
const context = createSilentContext(() => performance.now());
let all: number[] = [];
let lost = 0;
for (const name of smallWorldNames) {
  const regrets: number[] = [];
  const planRatios: number[] = [];
  let nLost = 0;
  for (let seed = 0; seed < Number(seeds); seed++) {
    const { regret, toReference, toPlanRatio } = await measureSmallWorld(
      { name, n: Number(n), seed, isUnitKnown: unit !== 'no' },
      context,
    );
    regrets.push(regret);
    if (toReference > 1.05) nLost++;
    if (toPlanRatio !== null) planRatios.push(toPlanRatio);
  }
  all = [...all, ...regrets];
  lost += nLost;
  const meanOf = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
  console.log(
    `${name.padEnd(14)} regret ${meanOf(regrets).toFixed(3)}  > 5 % worse than the best reference ${nLost}/${regrets.length}` +
      (planRatios.length > 0 ? `  to plan × ratio ${meanOf(planRatios).toFixed(3)}` : ''),
  );
}
const mean = all.reduce((a, b) => a + b, 0) / all.length;
console.log(`all            regret ${mean.toFixed(3)}  lost ${(lost / all.length).toFixed(3)}`);
