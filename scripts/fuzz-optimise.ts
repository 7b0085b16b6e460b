/**
 * npm run fuzz:optimise [-- 10000 --seed 1]
 *
 * Asks for the best plan of so many random cases (family, case, levers, bounds, step, costs, frozen, categories, missing and
 * unseen values, objective, target, front) and demands what trying every plan through `predict` gives, to 1e-9. Prints a
 * tally; each failure with its seed; exit 1 on any.
 */
import { checkPlan } from '#planning/testing/check-plan.ts';
import { plantAllModels } from '#planning/testing/planted-model.ts';

function readOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const nCases = Number(
  process.argv
    .slice(2)
    .find((argument, i, all) => /^\d+$/u.test(argument) && !all[i - 1]?.startsWith('--')) ?? 10_000,
);
const seed = readOption('seed', 1);
const models = await plantAllModels();
const tally = { same: 0, wrong: 0, skipped: 0 };
const startedAt = performance.now();
for (let index = readOption('from', 0); tally.same + tally.wrong < nCases; index++) {
  const { verdict, why } = await checkPlan(models, seed, index).catch((thrown: unknown) => ({
    verdict: 'wrong' as const,
    why: String(thrown instanceof Error ? thrown.stack : thrown),
  }));
  tally[verdict] += 1;
  if (verdict === 'wrong' && tally.wrong <= 20)
    console.error(`FAIL 1 --seed ${seed} --from ${index}: ${why}`);
}
console.log(JSON.stringify({ seed, ...tally, seconds: Math.round((performance.now() - startedAt) / 1000) }));
process.exitCode = tally.wrong === 0 ? 0 : 1;
