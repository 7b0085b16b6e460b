/**
 * `npm run campaign:retrain -- 300`: kills a retraining at random instants, and looks from outside what is left. Half of the
 * kills fall anywhere in a whole retraining, half on the writes of one whose model was trained before. Then 20 at once, a disk that
 * is full, and a clock that was set back.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { createRng } from '#base/random.ts';
import { checkStore } from '#pipeline/check-store.ts';
import { createFolderStore } from '#pipeline/folder-store.ts';
import { keys } from '#pipeline/store-layout.ts';

const nKills = Number(process.argv[2] ?? 300);
const seed = Number(process.argv[3] ?? 1);
const rng = createRng(seed);
const root = mkdtempSync(join(tmpdir(), 'tranche-campaign-'));
const script = join(root, 'retrain.mjs');
const faults: string[] = [];
const expect = (holds: boolean, what: string) => {
  if (!holds) faults.push(what);
};

await build({
  configFile: false,
  logLevel: 'error',
  ssr: { noExternal: true, external: ['@aws-sdk/client-s3'] },
  build: {
    ssr: fileURLToPath(new URL('retrain-campaign/retrain-once.ts', import.meta.url)),
    outDir: root,
    emptyOutDir: false,
    rolldownOptions: { output: { entryFileNames: 'retrain.mjs' } },
  },
});

const header = 'unit,start date,crew,duration (days)';
const rows = Array.from({ length: 160 }, (_, i) => {
  const start = new Date(Date.UTC(2016, 0, 1 + 12 * i)).toISOString().slice(0, 10);
  const crew = rng.nextBelow(20);
  return `T${i % 4},${start},${crew},${40 - crew + Math.round(4 * rng.nextNormal())}`;
});
const dataFile = (n: number) => {
  const path = join(root, `${n}.csv`);
  writeFileSync(path, [header, ...rows.slice(0, n)].join('\n'));
  return path;
};
const [older, newer] = [dataFile(100), dataFile(160)];
const challenger = join(root, 'challenger.json');

function start(
  data: string,
  store: string,
  mode: 'whole' | 'quick',
  env: NodeJS.ProcessEnv = {},
): ChildProcess {
  const args = [script, data, store, challenger, mode];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  });
}
const finish = (child: ChildProcess) =>
  new Promise<number | null>((resolve) => child.on('close', (code) => resolve(code)));

async function pointerOf(folder: string): Promise<string> {
  const { bytes } = await createFolderStore(folder).get(keys.pointer);
  return (JSON.parse(new TextDecoder().decode(bytes)) as { model: string }).model;
}

// The state before, and the one after.
const before = join(root, 'before');
expect((await finish(start(older, before, 'whole'))) === 0, 'the first model is promoted');
const after = join(root, 'after');
cpSync(before, after, { recursive: true });
const begin = performance.now();
expect((await finish(start(newer, after, 'whole'))) === 0, 'the second model is promoted');
const wholeMs = performance.now() - begin;
const [old, next] = [await pointerOf(before), await pointerOf(after)];
cpSync(before, join(root, 'timed'), { recursive: true });
const quickBegin = performance.now();
await finish(start(newer, join(root, 'timed'), 'quick'));
const quickMs = performance.now() - quickBegin;

/** Old or new, nothing altered; and whoever comes next brings it to its end. */
async function check(store: string, what: string): Promise<'old' | 'new'> {
  const seen = await checkStore(createFolderStore(store));
  expect(seen.isSound, `${what}: ${JSON.stringify(seen.problems)}`);
  expect(seen.champion === old || seen.champion === next, `${what}: at work is ${seen.champion}`);
  const pointer = await pointerOf(store);
  expect(pointer === old || pointer === next, `${what}: the pointer says ${pointer}`);
  const code = await finish(start(newer, store, 'quick'));
  expect(code === 0 || code === 11, `${what}: goes on with ${code}`);
  const done = await checkStore(createFolderStore(store));
  expect(done.isSound && done.champion === next, `${what}: ends with ${done.champion}`);
  expect(!done.isPointerLate && done.orphans.length === 0, `${what}: leaves ${done.orphans.join()}`);
  return seen.champion === old ? 'old' : 'new';
}

const seenAfter = { old: 0, new: 0, finished: 0 };
for (let k = 0; k < nKills; k++) {
  const store = join(root, 'killed');
  rmSync(store, { recursive: true, force: true });
  cpSync(before, store, { recursive: true });
  const mode = k % 2 === 0 ? 'quick' : 'whole';
  const child = start(newer, store, mode);
  const ended = finish(child);
  // The writes of a quick one lie in its second half.
  const [from, to] = mode === 'quick' ? [0.5 * quickMs, 1.1 * quickMs] : [0, 1.1 * wholeMs];
  const timer = setTimeout(() => child.kill('SIGKILL'), from + (to - from) * rng.nextFloat());
  if ((await ended) !== null) seenAfter.finished++;
  clearTimeout(timer);
  seenAfter[await check(store, `kill ${k} (${mode})`)]++;
}
console.log(
  `${nKills} kills: old ${seenAfter.old}, new ${seenAfter.new}; ${seenAfter.finished} came to their end before`,
);

{
  const store = join(root, 'twenty');
  cpSync(before, store, { recursive: true });
  const codes = await Promise.all(Array.from({ length: 20 }, () => finish(start(newer, store, 'quick'))));
  const count = (code: number) => codes.filter((each) => each === code).length;
  expect(count(0) === 1, `20 at once: ${codes.join()}`);
  expect(count(0) + count(11) + count(12) === 20, `20 at once: ${codes.join()}`);
  expect((await checkStore(createFolderStore(store))).nEntries === 5, '20 at once: entries');
  console.log(`20 at once: ${count(0)} promoted, ${count(12)} locked out, ${count(11)} found nothing new`);
}

{
  const disk = join(root, 'disk');
  mkdirSync(disk);
  const needed = Number(spawnSync('du', ['-sk', before]).stdout.toString().split('\t')[0]);
  const ends: string[] = [];
  for (const spare of [0, 8, 16, 24, 40, 80, 120, 160]) {
    const options = `size=${needed + spare}k`;
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', disk]).status !== 0) break;
    const store = join(disk, 'store');
    cpSync(before, store, { recursive: true });
    const child = start(newer, store, 'quick');
    let error = '';
    child.stderr?.on('data', (piece: Buffer) => (error += piece.toString()));
    const code = await finish(child);
    expect(code === 0 || (code === 6 && error.includes('output-full')), `disk full: ${code} ${error}`);
    spawnSync('mount', ['-o', 'remount,size=64m', disk]);
    ends.push(`${spare} KB spare: code ${code}, ${await check(store, `disk full at ${spare} KB`)}`);
    spawnSync('umount', [disk]);
  }
  console.log(
    ends.length > 0 ? `disk full: ${ends.join('; ')}` : 'disk full: skipped, only root can make a small disk',
  );
}

{
  const store = join(root, 'clock');
  cpSync(before, store, { recursive: true });
  const code = await finish(start(newer, store, 'quick', { SET_BACK_MS: String(3 * 365 * 86_400_000) }));
  const entries = [3, 4, 5].map(
    (n) => JSON.parse(readFileSync(join(store, keys.logEntry(n)), 'utf8')) as { at: number },
  );
  expect(code === 0 && entries.every(({ at }) => at < Date.now() - 86_400_000), `clock set back: ${code}`);
  await check(store, 'clock set back');
  console.log('clock set back by three years: promoted, the chain holds');
}

rmSync(root, { recursive: true, force: true });
console.log(`seed ${seed}: ${faults.length === 0 ? 'all held' : faults.join('\n')}`);
process.exitCode = faults.length === 0 ? 0 : 1;
