/**
 * Does a search that is killed go on to the same end? (npm run campaign:tune [-- --kills 100 --seed 1 --trials 40])
 *
 * The command line's `tune` runs once to its end. Then it is killed (SIGKILL) at random instants from its start to beyond its end, and
 * started again with the same log, until it ends by itself: the log is then to be byte for byte that of the run without a break, and the
 * answer the same but for times; then the next search begins. Printed as JSON; ends with an error where one differs.
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

/** What it printed; null where it was killed before its end. */
function run(args: readonly string[], killAfterMs = Infinity): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['scripts/cli.mjs', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const timer = Number.isFinite(killAfterMs)
      ? setTimeout(() => child.kill('SIGKILL'), killAfterMs)
      : undefined;
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString('utf8')));
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL') resolve(null);
      else if (code === 0) resolve(out);
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
    killAfterMs,
  );

const withoutTimes = (text: string) =>
  JSON.stringify(JSON.parse(text), (key, value: unknown) => (key === 'seconds' ? 0 : value));

try {
  await run(['generate', '--out', data, '--rows', '120']);
  const whole = join(folder, 'whole.jsonl');
  const begun = performance.now();
  const expected = withoutTimes((await tune(whole)) ?? '');
  const wholeMs = performance.now() - begun;
  const log = readFileSync(whole);

  const rng = createRng(seed);
  const outcome = { nKilled: 0, nKilledInLog: 0, nFinished: 0, nDifferent: 0 };
  while (outcome.nKilled < nKills) {
    const path = join(folder, `${outcome.nFinished}.jsonl`);
    let answer: string | null = null;
    while (answer === null) {
      const isLast = outcome.nKilled >= nKills;
      answer = await tune(path, isLast ? undefined : 1.2 * wholeMs * rng.nextFloat());
      if (answer !== null) break;
      outcome.nKilled++;
      const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
      if (size > 0 && size < log.length) outcome.nKilledInLog++;
    }
    outcome.nFinished++;
    if (!readFileSync(path).equals(log) || withoutTimes(answer) !== expected) outcome.nDifferent++;
    process.stderr.write(
      `${outcome.nKilled} of ${nKills} killed, ${outcome.nFinished} searches at their end\n`,
    );
  }
  console.log(
    JSON.stringify({ nTrials, wholeSeconds: wholeMs / 1000, logBytes: log.length, ...outcome }, null, 2),
  );
  process.exitCode = outcome.nDifferent === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true });
}
