import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trainSampleModel } from '#jobs/testing/trained-sample.ts';
import { noCapture } from './answering/capture.ts';
import { readKeyRing } from './answering/keys.ts';
import { createLog } from './answering/log.ts';
import { openServedModel } from './answering/served-model.ts';
import { createApp } from './app.ts';
import { createEmfWriter } from './emf.ts';
import { type RunningService, type StartOptions, startService } from './start-service.ts';
import { ask } from './testing/check.ts';
import { drawRequests } from './testing/drawn-requests.ts';
import { createAppTarget, createTestService, noPressure, usualSettings } from './testing/targets.ts';

const cells = '{"features":["préventive",7,15,0.66]}';
const asJson = { 'content-type': 'application/json' };
const predict = { method: 'POST', headers: asJson, body: cells };
let folder: string;
let texts: readonly [string, string];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tranche-life-'));
  texts = [await trainSampleModel(42), await trainSampleModel(7)];
});
afterAll(() => rm(folder, { recursive: true }));

/** As stores name a version: the hash of its file. */
const idOf = (text: string) => createHash('sha256').update(text).digest('hex');
const hashOf = (text: string) => (JSON.parse(text) as { hash: string }).hash;
const start = (source: StartOptions['source'], more: Partial<StartOptions> = {}) =>
  startService({
    source,
    name: 'tranche',
    host: '127.0.0.1',
    port: 0,
    metricsPort: null,
    readKeys: null,
    capture: { mode: 'off', folder },
    logLevel: 'off',
    writesEmf: false,
    settings: usualSettings,
    page: '<!doctype html><title>Tranche</title>',
    write: () => {},
    ...more,
  });
const get = ({ port }: RunningService, path: string, init?: RequestInit) =>
  fetch(`http://127.0.0.1:${port}${path}`, init);
const modelOf = async (running: RunningService) =>
  ((await (await get(running, '/predict', predict)).json()) as { model: string }).model;

describe('a service', () => {
  it('waits for a pointer, takes what it names, refuses what is broken and keeps the one before', async () => {
    const store = join(folder, 'store');
    const point = async (text: string, hash = idOf(text)) => {
      await mkdir(join(store, 'models', hash), { recursive: true });
      await writeFile(join(store, 'models', hash, 'model.json'), text);
      await writeFile(join(store, 'part'), JSON.stringify({ model: hash, previous: null }));
      await rename(join(store, 'part'), join(store, 'current.json'));
    };
    const running = await start({ kind: 'pointer', path: join(store, 'current.json') });
    expect([(await get(running, '/ping')).status, (await get(running, '/predict', predict)).status]).toEqual([
      503, 503,
    ]);
    expect((await get(running, '/v2/health/live')).status).toBe(200);

    await point(texts[0]);
    await running.reload();
    expect([(await get(running, '/ping')).status, await modelOf(running)]).toEqual([200, hashOf(texts[0])]);
    await point(texts[1]);
    await running.reload();
    expect(await modelOf(running)).toBe(hashOf(texts[1]));

    const altered = texts[0].replace(/"p80":\d+/u, '"p80":1');
    for (const [text, hash] of [
      [texts[0].slice(0, 1000), 'a'.repeat(64)],
      [texts[0], 'b'.repeat(64)],
      [altered, idOf(texts[0])],
    ] as const) {
      await point(text, hash);
      const { result } = (await (await get(running, '/admin/reload', { method: 'POST' })).json()) as {
        result: string;
      };
      expect([result, await modelOf(running)]).toEqual(['refused', hashOf(texts[1])]);
    }
    await running.stop();
  });

  it('answers requests that come while it ends, closes behind them, and tells probes', async () => {
    const path = join(folder, 'model.json');
    await writeFile(path, texts[0]);
    const running = await start({ kind: 'file', path });
    const page = await get(running, '/');
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Tranche')]);
    const ended = running.stop();
    const [probe, answer] = await Promise.all([get(running, '/ping'), get(running, '/predict', predict)]);
    expect([probe.status, answer.status, answer.headers.get('connection')]).toEqual([503, 200, 'close']);
    await ended;
    await expect(get(running, '/ping')).rejects.toThrow(/fetch|connect|socket/iu);
  });

  it('is not started with a model that is broken, or at a port that is taken', async () => {
    const path = join(folder, 'broken.json');
    await writeFile(path, texts[0].slice(0, -10));
    await expect(start({ kind: 'file', path })).rejects.toMatchObject({ code: 'model-file-invalid' });
    await expect(start({ kind: 'file', path: join(folder, 'none') })).rejects.toMatchObject({
      code: 'file-unreadable',
    });
    await writeFile(path, texts[0]);
    const first = await start({ kind: 'file', path });
    const second = start({ kind: 'file', path }, { port: first.port });
    await expect(second).rejects.toMatchObject({ code: 'port-unavailable' });
    await first.stop();
  });
});

describe('keys', () => {
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
  const keys = readKeyRing(JSON.stringify({ keys: [{ name: 'gmao', sha256: sha256('k1') }] }));

  it('are asked for by all but probes, and stand in no log', async () => {
    let log = '';
    const written = createLog('requests', (lines) => (log += lines));
    const service = createTestService(openServedModel('tranche', texts[0], 0), {
      keys: () => keys,
      log: written,
    });
    const app = createApp(service, noPressure);
    const status = async (path: string, init?: RequestInit) =>
      (await app.fetch(new Request(`http://s${path}`, init), {})).status;
    const withKey = (headers: Record<string, string>) => ({ ...predict, headers: { ...asJson, ...headers } });
    expect(await status('/predict', predict)).toBe(401);
    expect(await status('/predict', withKey({ 'x-api-key': 'k2' }))).toBe(401);
    expect(await status('/predict', withKey({ 'x-api-key': 'k1' }))).toBe(200);
    expect(await status('/predict', withKey({ authorization: 'Bearer k1' }))).toBe(200);
    expect(await status('/models')).toBe(401);
    expect(await status('/admin/reload', { method: 'POST' })).toBe(401);
    expect([await status('/ping'), await status('/openapi.json')]).toEqual([200, 200]);
    written.flush();
    expect(log).toContain('"key":"gmao"');
    expect(log).not.toMatch(/k1|k2|préventive/u);
  });

  it.each(['', '{}', '{"keys":[]}', '{"keys":[{"name":"a","sha256":"k1"}]}'])(
    'are refused in a file that is none: %s',
    (text) => {
      expect(() => readKeyRing(text)).toThrow(/./u);
    },
  );
});

it('refuses with Retry-After what it could not answer in time', async () => {
  const service = createTestService(openServedModel('tranche', texts[0], 0));
  const app = createApp(service, { isTooHigh: (nInFlight) => nInFlight > 0, end: () => {} });
  const answer = await app.fetch(new Request('http://s/predict', predict), {});
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect((await app.fetch(new Request('http://s/ping'), {})).status).toBe(200);
});

it('captures what was asked and answered, whole or by its hash', async () => {
  for (const mode of ['full', 'hash'] as const) {
    const path = join(folder, `${mode}.json`);
    await writeFile(path, texts[0]);
    const to = join(folder, mode);
    const running = await start({ kind: 'file', path }, { capture: { mode, folder: to } });
    const { id } = (await (await get(running, '/predict', predict)).json()) as { id: string };
    await running.stop();
    const day = new Date().toISOString().slice(0, 10);
    const line = await readFile(join(to, `predictions-${day}.jsonl`), 'utf8');
    expect(JSON.parse(line)).toMatchObject({ id, model: hashOf(texts[0]) });
    expect(line.includes('préventive')).toBe(mode === 'full');
  }
  expect(noCapture.take(openServedModel('t', texts[0], 0), [], {} as never)).toBeUndefined();
});

it('writes lines for CloudWatch: what was counted since the line before', async () => {
  const service = createTestService(openServedModel('tranche', texts[0], 0));
  const app = createApp(service, noPressure);
  const write = createEmfWriter(service.metrics, 'tranche', service.now);
  for (let i = 0; i < 3; i++) await app.fetch(new Request('http://s/predict', predict), {});
  const [first, second] = [await write(), await write()].map(
    (line) => JSON.parse(line) as Record<string, unknown>,
  );
  expect(first).toMatchObject({
    Endpoint: 'tranche',
    Requests: 3,
    Errors5xx: 0,
    _aws: { CloudWatchMetrics: [{ Namespace: 'Tranche/Serving' }] },
  });
  expect(second).toMatchObject({ Requests: 0 });
});

it('answers requests drawn from its schemas with no fault of its own', async () => {
  const target = createAppTarget(openServedModel('tranche', texts[0], 0));
  await fc.assert(
    fc.asyncProperty(drawRequests(), async (asked) => {
      const { status } = await ask(target, asked);
      expect(status).toBeLessThan(600);
    }),
    { numRuns: 80 },
  );
});

describe.skipIf(spawnSync('openssl', ['version']).status !== 0)('client certificates', () => {
  const openssl = (...args: readonly string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
    expect([status, status === 0 ? '' : stderr]).toEqual([0, '']);
  };
  const issue = (name: string) => {
    const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', `${name}.key`];
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1'];
    openssl('req', '-x509', ...key, ...subject, '-days', '2', '-out', `${name}.pem`);
  };

  it('are asked for where the service was told whom to trust', async () => {
    for (const name of ['server', 'known', 'other']) issue(name);
    const path = join(folder, 'tls.json');
    await writeFile(path, texts[0]);
    const [cert, key, clientCa] = ['server.pem', 'server.key', 'known.pem'].map((name) => join(folder, name));
    const tls = { cert: cert as string, key: key as string, clientCa: clientCa as string };
    const running = await start({ kind: 'file', path }, { tls });
    const ca = await readFile(tls.cert);
    const ping = async (name: string | null) => {
      const shown =
        name === null
          ? {}
          : {
              cert: await readFile(join(folder, `${name}.pem`)),
              key: await readFile(join(folder, `${name}.key`)),
            };
      return new Promise<number | string>((resolve) => {
        const asked = request(
          { host: '127.0.0.1', port: running.port, path: '/ping', ca, ...shown },
          ({ statusCode = 0 }) => resolve(statusCode),
        );
        asked.on('error', () => resolve('refused'));
        asked.end();
      });
    };
    expect([await ping('known'), await ping('other'), await ping(null)]).toEqual([200, 'refused', 'refused']);
    await running.stop();
  });
});
