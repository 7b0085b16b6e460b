import { describe, expect, it, vi } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createPacer, type JobContext } from '#base/job-context.ts';
import { type JobHost, createJobServer } from './job-server.ts';
import type { FromWorker, ToWorker } from './protocol.ts';

/** A server over one job body; its clock moves 50 ms at each look, so that every pace yields. */
function createServer(
  body: (context: JobContext) => Promise<unknown>,
  pass: (message: FromWorker) => void = () => {},
) {
  const sent: FromWorker[] = [];
  let clock = 0;
  const host: JobHost = { run: (_job, _request, context) => body(context) };
  const server = createJobServer(host, {
    post: (message) => {
      pass(message);
      sent.push(message);
    },
    now: () => (clock += 50),
    yieldNow: () => new Promise((resolve) => setTimeout(resolve, 0)),
    startHeartbeat: () => {},
    nPartWorkers: 0,
  });
  return { sent, server };
}

const runClose: ToWorker = { type: 'run', id: 7, job: 'close-dataset', request: { datasetId: 'a' } };
const rest = () => new Promise((resolve) => setTimeout(resolve, 20));

describe('job server', () => {
  it('answers a run with its progress and then one result', async () => {
    const { sent, server } = createServer(async (context) => {
      const pace = createPacer(context);
      await pace(() => ({ phase: 'fitting', done: 1, total: 2 }));
      return null;
    });
    server.receive(runClose);
    await rest();
    expect(sent).toEqual([
      { type: 'progress', id: 7, progress: { phase: 'fitting', done: 1, total: 2 } },
      { type: 'result', id: 7, result: null },
    ]);
  });

  it('has a job go on once what it recorded is kept, and fail where it cannot be', async () => {
    const { sent, server } = createServer(async ({ record }) => {
      await record?.({ step: 1 });
      await record?.({ step: 2 });
      return null;
    });
    server.receive(runClose);
    await rest();
    expect(sent).toEqual([{ type: 'record', id: 7, number: 0, event: { step: 1 } }]);
    server.receive({ type: 'recorded', number: 0, error: null });
    await rest();
    expect(sent.at(-1)).toEqual({ type: 'record', id: 7, number: 1, event: { step: 2 } });
    const error = { code: 'storage-full', message: 'no room', details: {} } as const;
    server.receive({ type: 'recorded', number: 1, error });
    await rest();
    expect(sent.at(-1)).toEqual({ type: 'error', id: 7, error });
  });

  it('does the work although neither its progress nor that it lives can be told', async () => {
    const { sent, server } = createServer(
      async (context) => {
        context.onProgress({ phase: 'fitting', done: 1, total: 2 });
        return null;
      },
      ({ type }) => {
        if (type === 'progress' || type === 'pong') throw new DOMException('out of memory', 'DataCloneError');
      },
    );
    server.receive(runClose);
    server.receive({ type: 'ping' });
    await rest();
    expect(sent).toEqual([{ type: 'result', id: 7, result: null }]);
  });

  it('turns an error into plain data that keeps its code and details', async () => {
    const { sent, server } = createServer(() =>
      Promise.reject(new AppError('unknown-column', 'no column "x"', { column: 'x' })),
    );
    server.receive(runClose);
    await rest();
    const error = { code: 'unknown-column', message: 'no column "x"', details: { column: 'x' } };
    expect(sent).toEqual([{ type: 'error', id: 7, error }]);
  });

  it('lets a cancel reach a job that yields, and a stop end it with what it has', async () => {
    const endless = async (context: JobContext) => {
      const pace = createPacer(context);
      let rounds = 0;
      while (!context.stop.aborted) {
        await pace();
        rounds++;
      }
      return rounds;
    };
    const cancelled = createServer(endless);
    cancelled.server.receive(runClose);
    cancelled.server.receive({ type: 'cancel', id: 7 });
    await rest();
    expect(cancelled.sent).toMatchObject([{ type: 'error', id: 7, error: { code: 'cancelled' } }]);

    const stopped = createServer(endless);
    stopped.server.receive(runClose);
    await rest();
    expect(stopped.sent).toEqual([]);
    stopped.server.receive({ type: 'stop', id: 7 });
    await rest();
    expect(stopped.sent).toMatchObject([{ type: 'result', id: 7 }]);
  });

  it('answers a ping and a short job while a long one runs', async () => {
    let isLongOver = false;
    const { sent, server } = createServer(async (context) => {
      if (isLongOver) return 'short';
      isLongOver = true;
      const pace = createPacer(context);
      for (let i = 0; i < 3; i++) await pace();
      return 'long';
    });
    server.receive(runClose);
    server.receive({ type: 'ping' });
    server.receive({ ...runClose, id: 8 });
    await vi.waitFor(() =>
      expect(sent.map((message) => ('result' in message ? message.result : message.type))).toEqual([
        'pong',
        'short',
        'long',
      ]),
    );
  });

  it('ignores a cancel for a job that is over', async () => {
    const { sent, server } = createServer(() => Promise.resolve(null));
    server.receive(runClose);
    await rest();
    server.receive({ type: 'cancel', id: 7 });
    await rest();
    expect(sent).toHaveLength(1);
  });
});
