/** `npm run fuzz:versions -- 10000 [seed]`: histories of versions with crashes between any two writes, each checked. */
import { runHistories } from '#versions/testing/histories.ts';

const [nRuns = 10_000, seed = 1] = process.argv.slice(2).map(Number);
const begin = performance.now();
await runHistories(nRuns, seed);
const seconds = ((performance.now() - begin) / 1000).toFixed(0);
console.log(`${nRuns} histories, seed ${seed}: one champion always, no promoted version lost (${seconds} s)`);
