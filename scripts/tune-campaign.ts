/**
 * Does a search that is killed go on to the same end? (npm run campaign:tune [-- --kills 100 --seed 1 --trials 40])
 *
 * The command line's `tune` runs once to its end. Then it is killed (SIGKILL) at random instants of its work, and
 * started again with the same log, until it ends by itself: the log is then to be byte for byte that of the run without a break, and the
 * answer the same but for times; then the next search begins. Printed as JSON, with
 * how many kills fell into each tenth of the log; ends with an error where one differs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRng } from '#base/random.ts';

function readOption(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
}

const nKills = readOption('kills', 100);
const seed = readOption('seed', 1);
const nTrials = readOption('trials', 40);
const folder = mkdtempSync(join(tmpdir(), 'tranche-tune-'));
const data = join(folder, 'sample.csv');

const sizeOf = (path: string) => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

interface Ending {
  /** What it printed; null where it was killed before its end. */
  readonly out: string | null;
  /** From the first event that it added to its log to its end. */
  readonly workedMs: number;
}

/** Killed so long after it added to its log. */
function run(args: readonly string[], log: string | null = null, killAfterMs = Infinity): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const sizeBefore = log === null ? 0 : sizeOf(log);
    let startedAt = Infinity;
    let timer: NodeJS.Timeout | undefined;
    const watching = setInterval(() => {
      if (log === null || sizeOf(log) <= sizeBefore) return;
      clearInterval(watching);
      startedAt = performance.now();
      if (Number.isFinite(killAfterMs)) timer = setTimeout(() => child.kill('SIGKILL'), killAfterMs);
    }, 2);
    let [out, said] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('close', (code, signal) => {
      clearInterval(watching);
      clearTimeout(timer);
      const workedMs = Math.max(0, performance.now() - startedAt);
      if (signal === 'SIGKILL') resolve({ out: null, workedMs });
      else if (code === 0) resolve({ out, workedMs });
      else reject(new Error(`exit code ${code}: ${said}`));
    });
  });
}

const tune = (log: string, killAfterMs?: number) =>
  run(
    [
      'tune',
      data,
      '--target',
      'Durée',
      '--workers',
      '1',
      '--trials',
      `${nTrials}`,
      '--resume',
      log,
      '--json',
    ],
    log,
    killAfterMs,
  );

const withoutTimes = (text: string) =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'seconds' ? 0 : value));

try {
  await run(['generate', '--out', data, '--rows', '120']);
  const whole = join(folder, 'whole.jsonl');
  const first = await tune(whole);
  const expected = withoutTimes(first.out ?? '');
  const log = readFileSync(whole);

  const rng = createRng(seed);
  const outcome = { nKilled: 0, nFinished: 0, nDifferent: 0, killedAt: Array.from({ length: 10 }, () => 0) };
  while (outcome.nKilled < nKills) {
    const path = join(folder, `${outcome.nFinished}.jsonl`);
    let answer: string | null = null;
    while (answer === null) {
      const isLast = outcome.nKilled >= nKills;
      ({ out: answer } = await tune(path, isLast ? undefined : first.workedMs * rng.nextFloat()));
      if (answer !== null) break;
      outcome.nKilled++;
      const tenth = Math.min(9, Math.floor((10 * sizeOf(path)) / log.length));
      outcome.killedAt[tenth] = (outcome.killedAt[tenth] ?? 0) + 1;
    }
    outcome.nFinished++;
    if (!readFileSync(path).equals(log) || withoutTimes(answer) !== expected) outcome.nDifferent++;
    process.stderr.write(
      `${outcome.nKilled} of ${nKills} killed, ${outcome.nFinished} searches at their end\n`,
    );
  }
  console.log(
    JSON.stringify(
      { nTrials, wholeSeconds: first.workedMs / 1000, logBytes: log.length, ...outcome },
      null,
      2,
    ),
  );
  process.exitCode = outcome.nDifferent === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
