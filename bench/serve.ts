/** `npm run bench:serve`: the service beside the brief's own (Flask and scikit-learn, where Debian's packages are present). */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSilentContext } from '#base/job-context.ts';
import { createWorkbench } from '#jobs/workbench.ts';
import { atStartSettings } from '#training/testing/at-start-settings.ts';
import { buildServer } from '../scripts/build-server.ts';
import { type Load, runClosed, runOpen, writeRequest } from '../scripts/http-load/client.ts';

const SECONDS = Number(process.argv[2] ?? 5);
const PER_SECOND = 2000;
const BATCH_ROWS = 200_000;
const CONNECTIONS = 16;
/** Requests before anything is measured: a service runs for months, its first second tells nothing of it. */
const WARM_UP = 60_000;

const folder = mkdtempSync(join(tmpdir(), 'tranche-bench-'));
const children: ChildProcess[] = [];

/** Clock ticks of /proc a second. */
const TICKS = 100;

/** Of a process with all threads that it ever had, and of its children, in seconds. */
function readCpu(pid: number): number {
  const own = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const used = (Number(own[11]) + Number(own[12])) / TICKS;
  const below = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return below
    .split(' ')
    .filter(Boolean)
    .reduce((sum, child) => sum + readCpu(Number(child)), used);
}

async function start(command: string, args: readonly string[], port: number): Promise<number> {
  const child = spawn(command, args, { stdio: 'ignore' });
  children.push(child);
  for (let attempt = 0; attempt < 300; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    const isThere = await fetch(`http://127.0.0.1:${port}/ping`).then(
      () => true,
      () => false,
    );
    if (isThere) return child.pid ?? 0;
  }
  throw new Error(`${command} does not listen`);
}

interface Measured {
  readonly perSecond: number;
  /** Of the server's own time. */
  readonly perCore: number;
}

async function measure(name: string, pid: number, load: Load, nBefore: number): Promise<Measured> {
  for (let n = 0, rounds = 0; n < nBefore && rounds < 90; rounds++)
    n += (await runClosed(load, CONNECTIONS, 1)).nAnswered;
  const before = readCpu(pid);
  const { nAnswered, nFailed, seconds } = await runClosed(load, CONNECTIONS, SECONDS);
  const cpu = readCpu(pid) - before;
  const measured = { perSecond: nAnswered / seconds, perCore: nAnswered / cpu };
  console.log(
    `${name}: ${measured.perSecond.toFixed(0)} requests/s, ${((1e6 * cpu) / nAnswered).toFixed(0)} µs of processor each = ${measured.perCore.toFixed(0)} requests/s and core, ${nFailed} failed`,
  );
  return measured;
}

/** The text of a model of the brief's sample. */
async function train(csv: string): Promise<string> {
  const context = createSilentContext();
  const workbench = createWorkbench();
  const file = { name: 'sample.csv', bytes: new TextEncoder().encode(csv) };
  const { roles } = await workbench.run('read-dataset', { datasetId: 'd', file, overrides: {} }, context);
  const request = { datasetId: 'd', modelId: 'm', roles, settings: atStartSettings, today: Date.now() };
  return (await workbench.run('train', request, context)).modelText;
}

async function main(): Promise<void> {
  console.log(`load of the machine ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}`);
  const workbench = createWorkbench();
  const sample = { kind: 'simple', seed: 42, rows: 1000, noise: 2 } as const;
  const { text: csv } = await workbench.run(
    'generate-sample',
    { sample, dialect: 'international' },
    createSilentContext(),
  );
  const path = join(folder, 'model.json');
  writeFileSync(path, await train(csv));
  writeFileSync(join(folder, 'sample.csv'), csv.replace('\uFEFF', ''));
  const bundle = await buildServer(join(folder, 'bundle'));

  const flags = ['--model', path, '--metrics-port', 'off', '--max-body', '64'];
  const pid = await start(process.execPath, [bundle, 'serve', ...flags, '--port', '18081'], 18_081);
  const load = { port: 18_081, request: writeRequest('/predict', '{"features":["préventive",7,15,0.66]}') };
  const ours = await measure('tranche, levels and notes, with a log', pid, load, WARM_UP);
  const waits = await runOpen(load, PER_SECOND, SECONDS);
  const at = (share: number) => (waits[Math.floor(share * (waits.length - 1))] ?? NaN).toFixed(2);
  console.log(
    `tranche, open loop of ${PER_SECOND} requests/s: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, worst ${at(1)} ms`,
  );

  const lines = csv.replace('\uFEFF', '').trim().split('\r\n');
  const rows = lines.slice(1).map((line) => line.split(',').slice(0, 4).join(','));
  const body = Array.from({ length: BATCH_ROWS }, (_, i) => rows[i % rows.length]).join('\n');
  for (let round = 0; round < 3; round++) {
    const before = readCpu(pid);
    const started = performance.now();
    const response = await fetch('http://127.0.0.1:18081/invocations', {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body,
    });
    const nLines = (await response.text()).split('\n').length - 1;
    const seconds = (performance.now() - started) / 1000;
    const cpu = readCpu(pid) - before;
    console.log(
      `tranche, CSV: ${nLines} rows, ${(nLines / seconds).toFixed(0)} rows/s, ${(nLines / cpu).toFixed(0)} rows/s and core`,
    );
  }

  const python = '/usr/bin/python3';
  if (spawnSync(python, ['-c', 'import flask, sklearn, pandas']).status !== 0) {
    console.log('python3-flask and python3-sklearn are not here: nothing to compare with');
    return;
  }
  const script = fileURLToPath(new URL('serve/brief.py', import.meta.url));
  const briefLoad = (port: number) => ({
    port,
    request: writeRequest('/predict', '{"features":[7,15,0.66,1]}'),
  });
  const flask = await start(python, [script, join(folder, 'sample.csv'), '18082'], 18_082);
  const theirs = await measure('the brief: Flask, a point alone', flask, briefLoad(18_082), 500);
  console.log(`a core answers ${(ours.perCore / theirs.perCore).toFixed(1)} times the brief's requests`);
}

try {
  await main();
} finally {
  for (const child of children) child.kill();
  rmSync(folder, { recursive: true, force: true });
}
