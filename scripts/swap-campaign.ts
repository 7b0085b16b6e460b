/**
 * `npm run campaign:swap [-- REQUESTS]`: two instances behind clients that look at /ping as a balancer does, while models are
 * swapped under them 20 times, each is started anew 3 times, and both end. No request may be lost, and none answered by
 * anything but a whole model.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { predictCases } from '#inference/forecast-cases.ts';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { openServedModel } from '#serve/answering/served-model.ts';
import { buildServer } from './build-server.ts';
import { type Connection, openConnection, writeRequest } from './http-load/client.ts';

const N_REQUESTS = Number(process.argv[2] ?? 100_000);
const N_SWAPS = 20;
const N_RESTARTS = 3;
const N_CLIENTS = 12;
const PORTS = [18_091, 18_092] as const;
/** How often clients look at /ping. */
const PROBE = 250;

const folder = mkdtempSync(join(tmpdir(), 'tranche-swap-'));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const isWell = (port: number) =>
  fetch(`http://127.0.0.1:${port}/ping`).then(
    ({ status }) => status === 200,
    () => false,
  );

async function main(): Promise<number> {
  const texts = [await trainSampleModel(42), await trainSampleModel(7)];
  const expected = new Map(
    texts.map((text) => {
      const { hash, model } = openServedModel('tranche', text, 0);
      return [hash, predictCases(model, [['préventive', 7, 15, 0.66]])[0]?.value];
    }),
  );
  const bundle = await buildServer(join(folder, 'bundle'));
  const model = join(folder, 'model.json');
  const putModel = (n: number) => {
    writeFileSync(`${model}.part`, texts[n % 2] ?? '');
    renameSync(`${model}.part`, model);
  };
  putModel(0);

  const instances = new Map<number, ChildProcess>();
  const start = async (port: number) => {
    const args = ['serve', '--model', model, '--port', String(port), '--metrics-port', 'off', '--log', 'off'];
    instances.set(
      port,
      spawn(process.execPath, [bundle, ...args], { stdio: ['ignore', 'ignore', 'inherit'] }),
    );
    while (!(await isWell(port))) await pause(50);
  };
  const stop = (port: number) =>
    new Promise<number | null>((resolve) => {
      const child = instances.get(port);
      child?.once('exit', (code) => resolve(code));
      child?.kill('SIGTERM');
    });
  await Promise.all(PORTS.map(start));

  const well = new Set<number>(PORTS);
  const prober = setInterval(() => {
    for (const port of PORTS) void isWell(port).then((is) => (is ? well.add(port) : well.delete(port)));
  }, PROBE);

  const request = writeRequest('/predict', '{"features":["préventive",7,15,0.66]}');
  const counts = { answered: 0, lost: 0, refused: 0, wrong: 0 };
  const byModel = new Map<string, number>();
  const over = new AbortController();
  const runClient = async (n: number) => {
    const connections = new Map<number, Connection>();
    for (let i = n; !over.signal.aborted; i++) {
      const ports = [...well];
      const port = ports[i % ports.length];
      if (port === undefined) {
        await pause(20);
        continue;
      }
      try {
        const connection = connections.get(port) ?? (await openConnection({ port, request }));
        connections.set(port, connection);
        const { status, body } = await connection.ask();
        if (status === 0) counts.lost++;
        else if (status !== 200) counts.refused++;
        else {
          const { model: hash, prediction } = JSON.parse(body) as { model: string; prediction: number };
          byModel.set(hash, (byModel.get(hash) ?? 0) + 1);
          if (prediction !== expected.get(hash)) counts.wrong++;
          counts.answered++;
        }
      } catch {
        counts.lost++;
        connections.delete(port);
      }
    }
    for (const connection of connections.values()) connection.end();
  };
  const clients = Array.from({ length: N_CLIENTS }, (_, n) => runClient(n));

  let [nSwaps, nRestarts] = [0, 0];
  const codes: (number | null)[] = [];
  for (; counts.answered < N_REQUESTS || nSwaps < N_SWAPS || nRestarts < N_RESTARTS;) {
    if (nSwaps < N_SWAPS) {
      putModel(++nSwaps);
      await Promise.all(
        PORTS.map((port) =>
          fetch(`http://127.0.0.1:${port}/admin/reload`, { method: 'POST' }).catch(() => null),
        ),
      );
    }
    await pause(300);
    if (nRestarts < N_RESTARTS && nSwaps >= ((nRestarts + 1) * N_SWAPS) / (N_RESTARTS + 1)) {
      nRestarts++;
      for (const port of PORTS) {
        codes.push(await stop(port));
        await start(port);
        while (!well.has(port)) await pause(50);
      }
    }
  }
  // The last ones end under load, as a machine that is shut down does.
  const ending = stop(PORTS[0]);
  codes.push(await ending);
  over.abort();
  await Promise.all(clients);
  codes.push(await stop(PORTS[1]));
  clearInterval(prober);
  const { answered, lost, refused, wrong } = counts;
  console.log(
    `${answered} answered through ${nSwaps} swaps, ${nRestarts} rolling restarts and a SIGTERM: ${lost} lost, ${refused} refused, ${wrong} by no whole model; by model ${[...byModel.values()].join(' and ')}; exit codes ${codes.join(', ')}`,
  );
  for (const child of instances.values()) child.kill('SIGKILL');
  return lost + refused + wrong === 0 && codes.every((code) => code === 0) && byModel.size === 2 ? 0 : 1;
}

process.exitCode = await main().finally(() => rmSync(folder, { recursive: true, force: true }));
