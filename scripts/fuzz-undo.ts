/**
 * npm run fuzz:undo [-- 10000 --seed 1]
 *
 * So many random histories of what can be done to scenarios and levers, with reloads anywhere: taking all back must give the
 * first state and taking all again the last one, byte for byte. Prints a tally; each failure with its index; exit 1 on any.
 */
import { checkHistory } from '#store/testing/fuzz-history.ts';

const at = process.argv.indexOf('--seed');
const seed = at < 0 ? 1 : Number(process.argv[at + 1]);
const n = Number(process.argv[2] ?? 10_000) || 10_000;
const wrong = Array.from({ length: n }, (_, index) => ({ index, why: checkHistory(seed, index) })).filter(
  ({ why }) => why !== null,
);
for (const { index, why } of wrong.slice(0, 10)) console.error(`FAIL ${index}: ${why}`);
console.log(JSON.stringify({ seed, n, same: n - wrong.length, wrong: wrong.length }));
process.exitCode = wrong.length === 0 ? 0 : 1;
