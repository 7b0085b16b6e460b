/**
 * `npm run soak:serve [-- MINUTES]`: an hour at half of what the service can answer, and by how much its memory grew after the
 * first sixth of the time, when it is warm.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { buildServer } from './build-server.ts';
import { runClosed, runOpen, writeRequest } from './http-load/client.ts';

const MINUTES = Number(process.argv[2] ?? 60);
const PORT = 18_111;
const ROUND_SECONDS = 10;
const MAX_GROWTH_MB = 5;
const folder = mkdtempSync(join(tmpdir(), 'tranche-soak-'));

/** In megabytes; the middle of some looks, for the collector comes and goes. */
function readMemory(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? NaN) / 1024;
}

async function main(): Promise<number> {
  const model = join(folder, 'model.json');
  writeFileSync(model, await trainSampleModel());
  const bundle = await buildServer(join(folder, 'bundle'));
  const args = [bundle, 'serve', '--model', model, '--port', String(PORT), '--metrics-port', 'off'];
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const pid = child.pid ?? 0;
  try {
    const load = { port: PORT, request: writeRequest('/predict', '{"features":["préventive",7,15,0.66]}') };
    while (
      !(await fetch(`http://127.0.0.1:${PORT}/ping`).then(
        ({ ok }) => ok,
        () => false,
      ))
    ) {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await runClosed(load, 16, ROUND_SECONDS);
    const { nAnswered, seconds } = await runClosed(load, 16, ROUND_SECONDS);
    const perSecond = Math.max(1, Math.floor(nAnswered / seconds / 2));
    const memory: number[] = [];
    const until = Date.now() + MINUTES * 60_000;
    let n = 0;
    while (Date.now() < until) {
      n += (await runOpen(load, perSecond, ROUND_SECONDS)).length;
      memory.push(readMemory(pid));
    }
    const middle = (of: readonly number[]) => of.toSorted((a, b) => a - b)[Math.floor(of.length / 2)] ?? NaN;
    const sixth = Math.max(1, Math.floor(memory.length / 6));
    const growth = middle(memory.slice(-sixth)) - middle(memory.slice(sixth, 2 * sixth));
    console.log(
      `${MINUTES} min at ${perSecond} requests/s, ${n} requests: ${middle(memory.slice(sixth, 2 * sixth)).toFixed(1)} MB after the first sixth, ${growth.toFixed(1)} MB more at the end`,
    );
    return growth < MAX_GROWTH_MB ? 0 : 1;
  } finally {
    child.kill();
  }
}

process.exitCode = await main().finally(() => rmSync(folder, { recursive: true, force: true }));
