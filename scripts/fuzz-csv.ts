/**
 * npm run fuzz:csv [-- --files 100000 --seed 1]
 * npm run fuzz:csv -- --kinds [--files 10000 --seed 1]
 *
 * Reads mutated CSV files and demands of each: no crash, no hang (1 s per 100 kB), a balanced ledger, and
 * the same grid as csv-parse or a reject shown. Then cuts six accented files (one an encoding) in two at every
 * byte and demands the same table. Prints a tally; each failure with its seed; exit 1 on any.
 *
 * With `--kinds` it writes lists of outages as people do (`csv-fuzz/plant-kind.ts`) and demands that what is learnt from
 * is what the plain list says, or that a person is told.
 */
import { createRng, deriveSeed } from '#base/random.ts';
import { createBorderFiles, findBadBorders } from './csv-fuzz/chunk-borders.ts';
import { checkReading, pickUneven } from './csv-fuzz/check-reading.ts';
import { mutateCsv } from './csv-fuzz/mutate-csv.ts';
import { runKinds } from './csv-fuzz/run-kinds.ts';
import { createSeedFiles, type SeedFile } from './csv-fuzz/seed-files.ts';

function readOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const isOfKinds = process.argv.includes('--kinds');
const nFiles = readOption('files', isOfKinds ? 10_000 : 100_000);
const seed = readOption('seed', 1);
const first = readOption('from', 0);
const seeds = createSeedFiles();
const tally = new Map<string, number>();
let slowest = { milliseconds: 0, index: -1 };
let nFailures = 0;

function fail(index: number, name: string, why: string): void {
  nFailures++;
  if (nFailures <= 30) console.error(`FAIL --seed ${seed} --from ${index} --files 1 (${name}): ${why}`);
}

async function fuzzBytes(): Promise<void> {
  for (let index = first; index < first + nFiles; index++) {
    const rng = createRng(deriveSeed(seed, index));
    const { name, bytes } = seeds[index % seeds.length] as SeedFile;
    const mutated = mutateCsv(bytes, rng);
    const startedAt = process.cpuUsage();
    const verdict = await checkReading(mutated, 1 + rng.nextBelow(4096), pickUneven(rng));
    // Processor time: other work on the machine is no hang.
    const milliseconds = process.cpuUsage(startedAt).user / 1000;
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, index };
    const key = verdict.kind === 'refused' ? `refused: ${verdict.code}` : verdict.kind;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    if (verdict.kind === 'wrong') fail(index, name, verdict.why);
    if (milliseconds > 1000 * Math.max(1, mutated.length / 100_000)) fail(index, name, `${milliseconds} ms`);
    if (process.argv.includes('--show')) console.error(new TextDecoder('windows-1252').decode(mutated));
  }

  let nBorders = 0;
  // One file asked for by its index is a failure looked at again.
  for (const { name, bytes } of nFiles > 1 ? createBorderFiles() : []) {
    nBorders += bytes.length;
    const bad = await findBadBorders(bytes, bytes.keys());
    nFailures += bad.length;
    if (bad.length > 0)
      console.error(`FAIL ${name}: another table when cut at ${bad.slice(0, 10).join(', ')}`);
  }

  const counts = Object.fromEntries(tally);
  console.log(
    JSON.stringify({ files: nFiles, seed, ...counts, slowest, borders: nBorders, failures: nFailures }),
  );
}

async function fuzzKinds(): Promise<void> {
  for await (const { index, name, verdict } of runKinds(seed, first, nFiles)) {
    const key = `${name}: ${verdict.kind}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    if (verdict.kind === 'silent') fail(index, `--kinds, ${name}`, verdict.why);
  }
  const nJudged = [...tally.values()].reduce((sum, count) => sum + count, 0);
  console.log(
    JSON.stringify(
      { files: nFiles, seed, judged: nJudged, ...Object.fromEntries(tally), failures: nFailures },
      null,
      1,
    ),
  );
}

await (isOfKinds ? fuzzKinds() : fuzzBytes());
process.exitCode = nFailures === 0 ? 0 : 1;
