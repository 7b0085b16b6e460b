/**
 * Whom does tuning fool? On the ten planted worlds, 200 outages each and 2,000 fresh ones (npm run study:tuning -- PART [SEEDS] [TRIALS]):
 * `null`: durations shuffled, so that no settings are better; how often the default is kept, and how far the corrected error is off.
 * `worse`: durations as they are; how often what was chosen is worse than the default on the fresh outages.
 * `equal`: no fits: trials that are equal but for chance, 300 outages, 100 trials; how far the corrected error is off.
 */
import { createSilentContext } from '#base/job-context.ts';
import { mean, sampleDeviation } from '#base/statistics.ts';
import { measureLoss, measureFlattery, tuneWorld } from '#jobs/tuning/testing/tune-world.ts';
import { smallWorldNames } from '#training/testing/small-worlds.ts';
import type { Method } from '#tuning/proposer.ts';
import { measureEqualTrials } from '#tuning/testing/equal-trials.ts';

const [part = 'null', seeds = '10', trials = '40'] = process.argv.slice(2);
const context = createSilentContext(() => performance.now());
const LOSS = 0.005;

function tell(name: string, values: readonly number[]): void {
  const error = sampleDeviation(values) / Math.sqrt(values.length);
  console.log(`${name}: ${(100 * mean(values)).toFixed(2)} % ± ${(100 * error).toFixed(2)}`);
}

if (part === 'equal') {
  const found = Array.from({ length: Number(seeds) }, (_, seed) => measureEqualTrials(300, 100, seed));
  tell(
    'the best trial below the truth',
    found.map(({ best }) => best),
  );
  tell(
    'the corrected error below the truth',
    found.map(({ corrected }) => corrected),
  );
} else {
  const isPermuted = part === 'null';
  const losses: number[] = [];
  const optimism: number[] = [];
  const gains: number[] = [];
  let nKept = 0;
  for (const [i, name] of smallWorldNames.entries()) {
    for (let seed = 1; seed <= Number(seeds); seed++) {
      const method: Method = (i + seed) % 2 === 0 ? 'bayes' : 'random';
      const world = { name, n: 200, seed, method, nTrials: Number(trials), isPermuted, folds: 5 };
      const result = await tuneWorld(world, context);
      const loss = measureLoss(result);
      losses.push(loss);
      optimism.push(measureFlattery(result));
      if (result.chosen === 'default') nKept++;
      else gains.push(-loss);
    }
    console.log(
      `${name}: ${losses.length} searches so far, default kept in ${nKept}, more than 0.5 % worse on fresh outages in ` +
        `${losses.filter((loss) => loss > LOSS).length}`,
    );
  }
  tell('fresh error of what was chosen above the default’s', losses);
  if (gains.length > 0) tell(`gain where other settings were taken (${gains.length})`, gains);
  tell('the corrected error below the truth', optimism);
}
