import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#base/errors.ts';
import type { FromWorker, ToWorker } from '../protocol.ts';
import type { WorkerLike } from './worker-like.ts';
import { createWorkerRunner } from './worker-runner.ts';

/** A worker that records what it is told and says what the test lets it say. */
class FakeWorker implements WorkerLike {
  readonly told: ToWorker[] = [];
  isTerminated = false;
  onmessage: WorkerLike['onmessage'] = null;
  onerror: WorkerLike['onerror'] = null;

  /** The worker's end of the heartbeat. */
  heartbeat: MessagePort | null = null;
  readonly ports: MessagePort[] = [];

  postMessage(message: ToWorker, transfer: Transferable[] = []): void {
    const received = structuredClone(message, { transfer });
    if ('port' in received) this.ports.push(received.port);
    if (received.type === 'heartbeat') this.heartbeat = received.port;
    else this.told.push(received);
  }

  terminate(): void {
    this.isTerminated = true;
  }

  say(message: FromWorker): void {
    this.onmessage?.({ data: message } as MessageEvent<FromWorker>);
  }

  get runs(): readonly Extract<ToWorker, { type: 'run' }>[] {
    return this.told.filter((message) => message.type === 'run');
  }
}

function createRunner() {
  const workers: FakeWorker[] = [];
  const runner = createWorkerRunner(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  });
  return { runner, workers, latest: () => workers.at(-1) as FakeWorker };
}

const readRequest = { datasetId: 'a', file: { name: 'f.csv', bytes: new Uint8Array(1) }, overrides: {} };

beforeEach(
  () => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }),
);
afterEach(() => void vi.useRealTimers());

describe('worker runner', () => {
  it('starts no worker before the first job, and gives each answer to its own caller', async () => {
    const { runner, workers, latest } = createRunner();
    expect(workers).toHaveLength(0);
    const first = runner.run('close-dataset', { datasetId: 'a' });
    const second = runner.run('generate-sample', {
      sample: { kind: 'simple', rows: 10, noise: 1, seed: 1 },
      dialect: 'international',
    });
    const [one, two] = latest().runs;
    latest().say({ type: 'result', id: two?.id ?? 0, result: { name: 'n', text: 't' } });
    latest().say({ type: 'result', id: one?.id ?? 0, result: null });
    expect(await second).toEqual({ name: 'n', text: 't' });
    expect(await first).toBeNull();
    expect(workers).toHaveLength(1);
  });

  it('says what is kept of a job once it is, that it cannot be, and keeps nothing of a cancelled one', async () => {
    const { runner, latest } = createRunner();
    const kept: object[] = [];
    const cancel = new AbortController();
    const record = (event: object) => {
      if ('bad' in event) return Promise.reject(new AppError('storage-full', 'no room'));
      kept.push(event);
      return Promise.resolve();
    };
    const running = runner.run('read-dataset', readRequest, { record, signal: cancel.signal });
    running.catch(() => {});
    const id = latest().runs[0]?.id ?? 0;
    const answers = () => latest().told.filter((message) => message.type === 'recorded');
    latest().say({ type: 'record', id, number: 0, event: { n: 1 } });
    latest().say({ type: 'record', id, number: 1, event: { bad: true } });
    await vi.waitFor(() => expect(answers()).toHaveLength(2));
    expect(answers()).toEqual([
      { type: 'recorded', number: 0, error: null },
      { type: 'recorded', number: 1, error: { code: 'storage-full', message: 'no room', details: {} } },
    ]);
    cancel.abort();
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    latest().say({ type: 'record', id, number: 2, event: { n: 2 } });
    await vi.waitFor(() => expect(answers()).toHaveLength(3));
    expect(kept).toEqual([{ n: 1 }]);
  });

  it('keeps long jobs waiting for one another, and short ones not', () => {
    const { runner, latest } = createRunner();
    runner.run('read-dataset', readRequest).catch(() => {});
    runner.run('read-dataset', { ...readRequest, datasetId: 'b' }).catch(() => {});
    void runner.run('close-dataset', { datasetId: 'c' });
    expect(latest().runs.map(({ job }) => job)).toEqual(['read-dataset', 'close-dataset']);
    latest().say({
      type: 'error',
      id: latest().runs[0]?.id ?? 0,
      error: { code: 'file-empty', message: '', details: {} },
    });
    expect(latest().runs.map(({ job }) => job)).toEqual(['read-dataset', 'close-dataset', 'read-dataset']);
  });

  it('shows a cancel at once, and ends a worker that does not wind down within 2 s', async () => {
    const { runner, workers } = createRunner();
    const cancel = new AbortController();
    const reading = runner.run('read-dataset', readRequest, { signal: cancel.signal });
    cancel.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(workers[0]?.told.at(-1)).toMatchObject({ type: 'cancel' });
    expect(workers[0]?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(2001);
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it('keeps a worker that winds down, and only then begins the next long job', async () => {
    const { runner, workers, latest } = createRunner();
    const cancel = new AbortController();
    const reading = runner.run('read-dataset', readRequest, { signal: cancel.signal });
    runner.run('read-dataset', { ...readRequest, datasetId: 'b' }).catch(() => {});
    cancel.abort();
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
    expect(latest().runs).toHaveLength(1);
    latest().say({
      type: 'error',
      id: latest().runs[0]?.id ?? 0,
      error: { code: 'cancelled', message: '', details: {} },
    });
    expect(latest().runs).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(2001);
    expect(workers).toHaveLength(1);
  });

  it('never sends a job that was cancelled while it waited', async () => {
    const { runner, latest } = createRunner();
    runner.run('read-dataset', readRequest).catch(() => {});
    const cancel = new AbortController();
    const waiting = runner.run('read-dataset', { ...readRequest, datasetId: 'b' }, { signal: cancel.signal });
    cancel.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
    latest().say({
      type: 'error',
      id: latest().runs[0]?.id ?? 0,
      error: { code: 'file-empty', message: '', details: {} },
    });
    expect(latest().runs).toHaveLength(1);
  });

  it('passes on stop and progress', () => {
    const { runner, latest } = createRunner();
    const stop = new AbortController();
    const seen: unknown[] = [];
    void runner.run('read-dataset', readRequest, {
      stop: stop.signal,
      onProgress: (progress) => seen.push(progress),
    });
    const id = latest().runs[0]?.id ?? 0;
    latest().say({ type: 'progress', id, progress: { phase: 'reading', done: 1, total: 2 } });
    stop.abort();
    expect(seen).toEqual([{ phase: 'reading', done: 1, total: 2 }]);
    expect(latest().told.at(-1)).toEqual({ type: 'stop', id });
  });

  it('notices within 25 s that a worker has died, says so to all who wait, and starts another', async () => {
    const { runner, workers } = createRunner();
    let restarts = 0;
    runner.onRestart(() => restarts++);
    const first = runner.run('read-dataset', readRequest);
    const second = runner.run('close-dataset', { datasetId: 'c' });
    const both = Promise.allSettled([first, second]);
    workers[0]?.say({ type: 'pong' });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(workers[0]?.isTerminated).toBe(false);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await both).toMatchObject([
      { reason: { code: 'worker-stopped' } },
      { reason: { code: 'worker-stopped' } },
    ]);
    expect(workers[0]?.isTerminated).toBe(true);
    expect(restarts).toBe(1);
    void runner.run('close-dataset', { datasetId: 'd' });
    expect(workers).toHaveLength(2);
  });

  it('gives a worker a minute to start, each new one again', async () => {
    const { runner, workers, latest } = createRunner();
    for (const n of [1, 2]) {
      const job = runner.run('close-dataset', { datasetId: 'a' });
      const ended = Promise.allSettled([job]);
      await vi.advanceTimersByTimeAsync(55_000);
      expect(latest().isTerminated).toBe(false);
      await vi.advanceTimersByTimeAsync(10_000);
      expect(await ended).toMatchObject([{ reason: { details: { reason: 'silent' } } }]);
      expect(workers.filter(({ isTerminated }) => isTerminated)).toHaveLength(n);
    }
  });

  it('leaves a busy worker alone as long as it answers', async () => {
    const { runner, workers, latest } = createRunner();
    runner.run('read-dataset', readRequest).catch(() => {});
    for (let second = 0; second < 60; second++) {
      await vi.advanceTimersByTimeAsync(1000);
      latest().say({ type: 'pong' });
    }
    expect(workers).toHaveLength(1);
    expect(workers[0]?.isTerminated).toBe(false);
  });

  it('leaves a worker alone that is too busy to answer, as long as its heartbeat beats', async () => {
    const { runner, workers, latest } = createRunner();
    void runner.run('read-dataset', readRequest);
    for (let beat = 0; beat < 100; beat++) {
      latest().heartbeat?.postMessage({ type: 'pong' });
      // A real port: its messages come by the real event loop.
      await new Promise((resolve) => setImmediate(resolve));
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(workers[0]?.isTerminated).toBe(false);
    latest().heartbeat?.close();
  });

  it('treats an error of the worker itself, or a fault that belongs to no job, as its death', async () => {
    const { runner, workers, latest } = createRunner();
    const first = runner.run('close-dataset', { datasetId: 'a' });
    latest().onerror?.({ message: 'boom', preventDefault: () => {} } as ErrorEvent);
    await expect(first).rejects.toMatchObject({ code: 'worker-stopped', details: { message: 'boom' } });
    const second = runner.run('close-dataset', { datasetId: 'a' });
    latest().say({ type: 'fault', error: { code: 'internal', message: 'lost promise', details: {} } });
    await expect(second).rejects.toMatchObject({ code: 'worker-stopped', details: { reason: 'fault' } });
    expect(workers.every(({ isTerminated }) => isTerminated)).toBe(true);
  });
});

describe('the part workers of a worker', () => {
  function startPartWorkers(count: number) {
    const started = createRunner();
    void started.runner.run('read-dataset', readRequest).catch(() => {});
    const owner = started.latest();
    owner.say({ type: 'call-part-workers', count });
    const partWorkers = started.workers.slice(1);
    const lost = () =>
      owner.told.flatMap((message) => (message.type === 'part-worker-lost' ? message.id : []));
    return { ...started, owner, partWorkers, lost };
  }

  it('are started by the page, once, and talk with it by a port', async () => {
    const { owner, partWorkers, workers } = startPartWorkers(2);
    expect(partWorkers.map(({ told }) => told.map(({ type }) => type))).toEqual([['serve'], ['serve']]);
    expect(owner.told.filter(({ type }) => type === 'part-worker')).toHaveLength(2);
    owner.say({ type: 'call-part-workers', count: 2 });
    expect(workers).toHaveLength(3);
    const heard = new Promise((resolve) => {
      (owner.ports[1] as MessagePort).onmessage = ({ data }) => resolve(data);
    });
    partWorkers[0]?.ports[0]?.postMessage('hello');
    expect(await heard).toBe('hello');
    for (const { ports } of workers) for (const port of ports) port.close();
  });

  it('are replaced after one failed or was dropped, and the worker is told which', () => {
    const { owner, partWorkers, workers, lost } = startPartWorkers(2);
    partWorkers[0]?.onerror?.({ message: 'boom', preventDefault: () => {} } as ErrorEvent);
    expect(lost()).toEqual([1]);
    owner.say({ type: 'drop-part-worker', id: 2 });
    expect(partWorkers.every(({ isTerminated }) => isTerminated)).toBe(true);
    owner.say({ type: 'call-part-workers', count: 2 });
    expect(workers).toHaveLength(5);
  });

  it('end with their worker, and a minute after the last job', async () => {
    const first = startPartWorkers(2);
    first.owner.onerror?.({ message: 'boom', preventDefault: () => {} } as ErrorEvent);
    expect(first.partWorkers.every(({ isTerminated }) => isTerminated)).toBe(true);

    const { owner, partWorkers, lost, runner } = startPartWorkers(1);
    const end = (id: number) =>
      owner.say({ type: 'error', id, error: { code: 'file-empty', message: '', details: {} } });
    end(1);
    await vi.advanceTimersByTimeAsync(50_000);
    void runner.run('read-dataset', readRequest).catch(() => {});
    await vi.advanceTimersByTimeAsync(15_000);
    expect(partWorkers[0]?.isTerminated).toBe(false);
    owner.say({ type: 'pong' });
    end(2);
    await vi.advanceTimersByTimeAsync(61_000);
    expect(partWorkers[0]?.isTerminated).toBe(true);
    expect(lost()).toEqual([1]);
  });
});
