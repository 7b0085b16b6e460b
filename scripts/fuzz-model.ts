/**
 * npm run fuzz:model [-- 20000 --seed 1]
 *
 * Opens so many hostile model files, every second one damaged as text and every other one changed by structure and
 * hashed again, and demands of each: a refusal in words or a model that answers, of the damaged ones no other answer than
 * before, and all within 5 s. Prints a tally; each failure with its seed; exit 1 on any.
 */
import { createRng, deriveSeed } from '#base/random.ts';
import { checkOpening } from './model-fuzz/check-opening.ts';
import { damageText, forgeContent } from './model-fuzz/mutate-model.ts';
import { readSeedModels, type SeedModel } from './model-fuzz/seed-models.ts';

function readOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const nFiles = Number(
  process.argv
    .slice(2)
    .find((argument, i, all) => /^\d+$/u.test(argument) && !all[i - 1]?.startsWith('--')) ?? 20_000,
);
const seed = readOption('seed', 1);
const first = readOption('from', 0);
const models = readSeedModels();
const tally = new Map<string, number>();
let slowest = { milliseconds: 0, index: -1 };
let nFailures = 0;

for (let index = first; index < first + nFiles; index++) {
  const rng = createRng(deriveSeed(seed, index));
  const { name, text, answers } = models[rng.nextBelow(models.length)] as SeedModel;
  const isForged = index % 2 === 1;
  const mutant = isForged ? forgeContent(text, rng) : damageText(text, rng);
  const startedAt = process.cpuUsage();
  const verdict = checkOpening(mutant, isForged ? null : answers);
  // Processor time: other work on the machine is no hang.
  const milliseconds = process.cpuUsage(startedAt).user / 1000;
  if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
  const key = `${isForged ? 'forged' : 'damaged'} ${verdict.kind === 'refused' ? verdict.code : verdict.kind}`;
  tally.set(key, (tally.get(key) ?? 0) + 1);
  const why = milliseconds > 5000 ? `${milliseconds} ms` : verdict.kind === 'wrong' ? verdict.why : null;
  if (why === null) continue;
  nFailures++;
  if (nFailures <= 30) console.error(`FAIL 1 --seed ${seed} --from ${index} (${name}): ${why}`);
  if (process.argv.includes('--show')) console.error(mutant);
}

console.log(
  JSON.stringify(
    { files: nFiles, seed, ...Object.fromEntries(tally), slowest, failures: nFailures },
    null,
    1,
  ),
);
process.exitCode = nFailures === 0 ? 0 : 1;
