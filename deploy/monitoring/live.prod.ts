import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { buildServer } from '../../scripts/build-server.ts';
import { panels } from '../dashboards/dashboard.ts';

/** Prometheus and Alertmanager as they are shipped, but for addresses, with the service, at the intervals of production. */
const ports = {
  service: 18_101,
  metrics: 18_102,
  prometheus: 18_103,
  alertmanager: 18_104,
  webhook: 18_105,
  jobs: 18_106,
};
const MAX_SECONDS_TO_PAGE = 90;
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let folder: string;
let service: ChildProcess;
const children: ChildProcess[] = [];
const servers: Server[] = [];
const received: { readonly at: number; readonly name: string; readonly status: string }[] = [];

/** What `tranche score` and `tranche retrain` write for a collector of text files. */
const ofJobs = [
  'tranche_quality_mae_days{window="180d"} 3.1',
  'tranche_quality_bias_days{window="180d"} 0.2',
  'tranche_quality_share_late{window="180d"} 0.19',
  'tranche_quality_coverage{window="180d"} 0.81',
  'tranche_quality_outages{window="180d"} 64',
  'tranche_retrain_runs_total{result="promoted"} 2',
  `tranche_retrain_last_success_timestamp_seconds ${Date.now() / 1000}`,
  '',
].join('\n');

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tranche-live-'));
  const model = join(folder, 'model.json');
  writeFileSync(model, await trainSampleModel());
  const bundle = await buildServer(join(folder, 'bundle'));
  const shipped = readFileSync(here('prometheus.yml'), 'utf8')
    .replace('rules.json', here('../alerts/rules.json'))
    .replace('alertmanager:9093', `127.0.0.1:${ports.alertmanager}`)
    .replace('tranche:9464', `127.0.0.1:${ports.metrics}`);
  const jobs = `  - job_name: tranche-jobs\n    static_configs:\n      - targets: ['127.0.0.1:${ports.jobs}']\n`;
  writeFileSync(join(folder, 'prometheus.yml'), shipped + jobs);
  const routes = readFileSync(here('alertmanager.yml'), 'utf8').replace(
    '127.0.0.1:9099',
    `127.0.0.1:${ports.webhook}`,
  );
  writeFileSync(join(folder, 'alertmanager.yml'), routes);
  for (const place of ['p', 'a']) mkdirSync(join(folder, place));

  listen(ports.jobs, (_body, answer) => answer(ofJobs));
  listen(ports.webhook, (body, answer) => {
    const { alerts } = JSON.parse(body) as { alerts: { labels: { alertname: string }; status: string }[] };
    for (const { labels, status } of alerts)
      received.push({ at: Date.now(), name: labels.alertname, status });
    answer('');
  });
  service = start(process.execPath, [
    bundle,
    'serve',
    '--model',
    model,
    '--port',
    String(ports.service),
    '--metrics-port',
    String(ports.metrics),
  ]);
  start(
    'alertmanager',
    [
      `--config.file=${folder}/alertmanager.yml`,
      `--storage.path=${folder}/a`,
      `--web.listen-address=127.0.0.1:${ports.alertmanager}`,
      '--cluster.listen-address=',
    ],
    'prometheus-alertmanager',
  );
  start('prometheus', [
    `--config.file=${folder}/prometheus.yml`,
    `--storage.tsdb.path=${folder}/p`,
    `--web.listen-address=127.0.0.1:${ports.prometheus}`,
  ]);
  await until(async () => (await ask('up{job="tranche"} == 1')) > 0);
}, 60_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of servers) server.close();
  rmSync(folder, { recursive: true, force: true });
});

function start(command: string, args: readonly string[], otherName = command): ChildProcess {
  const child = spawn(command, args, { stdio: 'ignore' });
  children.push(child);
  child.on('error', () => {
    if (otherName !== command) start(otherName, args);
  });
  return child;
}

function listen(port: number, handle: (body: string, answer: (text: string) => void) => void): void {
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => handle(body, (text) => response.end(text)));
  });
  server.listen(port, '127.0.0.1');
  servers.push(server);
}

/** How many series a query gives. */
async function ask(query: string): Promise<number> {
  const response = await fetch(
    `http://127.0.0.1:${ports.prometheus}/api/v1/query?query=${encodeURIComponent(query)}`,
  );
  const { status, data } = (await response.json()) as { status: string; data: { result: unknown[] } };
  if (status !== 'success') throw new Error(`${query}: ${JSON.stringify(data)}`);
  return data.result.length;
}

async function until(isDone: () => Promise<boolean>, seconds = 40): Promise<void> {
  for (const last = Date.now() + seconds * 1000; Date.now() < last; await pause(500)) {
    if (await isDone().catch(() => false)) return;
  }
  throw new Error('it did not come about');
}

it('has data for every panel of the dashboard', async () => {
  for (let i = 0; i < 60; i++) {
    const features = [i % 2 === 0 ? 'préventive' : 'décennale', 7, 15, 0.5];
    const init = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ features }),
    };
    expect((await fetch(`http://127.0.0.1:${ports.service}/predict`, init)).status).toBe(200);
    await pause(400);
  }
  const count = async () =>
    Promise.all(panels.map(async ({ title, query }) => [title, await ask(query)] as const));
  await until(async () => (await count()).every(([, n]) => n > 0)).catch(() => null);
  expect((await count()).filter(([, n]) => n === 0)).toEqual([]);
}, 120_000);

it('pages within 90 s of a kill', async () => {
  const killed = Date.now();
  service.kill('SIGKILL');
  const find = () => received.find(({ name, status }) => name === 'TrancheDown' && status === 'firing');
  await until(() => Promise.resolve(find() !== undefined), 120);
  const seconds = ((find()?.at ?? Infinity) - killed) / 1000;
  console.log(`from the kill to the webhook: ${seconds.toFixed(0)} s`);
  expect(seconds).toBeLessThanOrEqual(MAX_SECONDS_TO_PAGE);
}, 150_000);
