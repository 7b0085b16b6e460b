import { type ErrorDetails, AppError, toAppError } from '#base/errors.ts';
import { type JobName, type JobRequest, type JobResult, jobTable } from '#jobs/job-table.ts';
import {
  type FromWorker,
  fromErrorMessage,
  type RunMessage,
  toErrorMessage,
  type ToWorker,
} from '../protocol.ts';
import { createPartWorkers } from './part-workers.ts';
import type { JobRunner, RunOptions } from './job-runner.ts';
import type { WorkerLike } from './worker-like.ts';
import { watchForSilence } from '../watchdog.ts';

/** A cancelled job that has not wound down after this long is deep in work that never reads its inbox. */
const CANCEL_PATIENCE_MS = 2000;

type RecordMessage = Extract<FromWorker, { readonly type: 'record' }>;

interface PendingJob {
  readonly message: RunMessage;
  readonly options: RunOptions;
  readonly resolve: (result: JobResult<JobName>) => void;
  readonly reject: (error: AppError) => void;
  readonly detach: () => void;
  isSettled: boolean;
}

/**
 * The page's side of one worker, and of the part workers (`part-workers.ts`) it calls.
 *
 * The worker is started by the first job, and again by the first job after it died. A cancel is shown at
 * once (the promise rejects before the worker has answered); the next long job waits until the cancelled one
 * has wound down, and after 2 s the worker is ended instead. Silence of about 20 s while work is under way (a minute
 * before its first word) counts as death: every pending job rejects with `worker-stopped`.
 */
export function createWorkerRunner(startWorker: () => WorkerLike): JobRunner {
  let worker: WorkerLike | null = null;
  let nextId = 1;
  const pending = new Map<number, PendingJob>();
  const queue: PendingJob[] = [];
  const restartListeners: (() => void)[] = [];
  const partWorkers = createPartWorkers(startWorker);
  const watchdog = watchForSilence({
    ping: () => tell({ type: 'ping' }),
    onSilence: () => abandonWorker('silent'),
  });

  function send(job: PendingJob): void {
    pending.set(job.message.id, job);
    watchdog.start();
    partWorkers.keep();
    try {
      worker ??= connect();
      worker.postMessage(job.message);
    } catch (thrown) {
      // No worker starts, or a request cannot be cloned: for lack of memory, or by a mistake in the program.
      finish(job.message.id);
      settle(job, () => job.reject(toAppError(thrown)));
      sendNext();
      return;
    }
    if (job.options.stop?.aborted) tell({ type: 'stop', id: job.message.id });
  }

  /** A worker that cannot be told is of no more use. */
  function tell(message: ToWorker): void {
    try {
      worker?.postMessage(message);
    } catch (thrown) {
      abandonWorker('error', String(thrown));
    }
  }

  function connect(): WorkerLike {
    const started = startWorker();
    watchdog.expectNew();
    started.onmessage = (event) => {
      if (started !== worker) return;
      watchdog.hear();
      receive(event.data);
    };
    started.onerror = (event) => {
      event.preventDefault();
      if (started === worker) abandonWorker('error', event.message);
    };
    const heartbeat = new MessageChannel();
    heartbeat.port1.onmessage = () => {
      if (started === worker) watchdog.hear();
      else heartbeat.port1.close();
    };
    try {
      started.postMessage({ type: 'heartbeat', port: heartbeat.port2 }, [heartbeat.port2]);
    } catch (thrown) {
      heartbeat.port1.close();
      started.terminate();
      throw thrown;
    }
    return started;
  }

  function receive(message: FromWorker): void {
    if (message.type === 'pong') return;
    if (message.type === 'call-part-workers') {
      if (worker) partWorkers.call(message.count, worker);
      return;
    }
    if (message.type === 'drop-part-worker') {
      partWorkers.drop(message.id);
      return;
    }
    if (message.type === 'fault') {
      // Which job it belongs to cannot be known, and one of them may now wait for ever.
      abandonWorker('fault', message.error.message);
      return;
    }
    const job = pending.get(message.id);
    if (!job) return;
    if (message.type === 'progress') {
      if (!job.isSettled) job.options.onProgress?.(message.progress);
      return;
    }
    if (message.type === 'record') {
      void keep(job, message);
      return;
    }
    finish(message.id);
    settle(job, () => {
      if (message.type === 'result') job.resolve(message.result);
      else job.reject(fromErrorMessage(message.error));
    });
    sendNext();
  }

  /** What a cancelled job still says is not kept; the job is answered, so that it goes on to its end. */
  async function keep({ options, isSettled }: PendingJob, { number, event }: RecordMessage): Promise<void> {
    const asked = worker;
    const error = await (isSettled ? undefined : options.record?.(event))?.then(
      () => null,
      (thrown: unknown) => toErrorMessage(toAppError(thrown)),
    );
    if (worker === asked) tell({ type: 'recorded', number, error: error ?? null });
  }

  function finish(id: number): void {
    pending.delete(id);
    if (pending.size > 0) return;
    watchdog.rest();
    partWorkers.endWhenIdle();
  }

  function settle(job: PendingJob, answer: () => void): void {
    if (job.isSettled) return;
    job.isSettled = true;
    job.detach();
    answer();
  }

  function sendNext(): void {
    if ([...pending.values()].some((job) => isLong(job.message.job))) return;
    const next = queue.shift();
    if (next) send(next);
  }

  function abandonWorker(
    reason: 'silent' | 'error' | 'fault' | 'deaf-to-cancel' | 'closed',
    message = '',
  ): void {
    const lost = [...pending.values()];
    pending.clear();
    watchdog.rest();
    partWorkers.release();
    worker?.terminate();
    worker = null;
    if (reason !== 'closed') for (const listener of restartListeners) listener();
    const details: ErrorDetails = { reason, message };
    for (const job of lost) {
      const error = new AppError(
        'worker-stopped',
        `The worker stopped (${reason}) ${message}`.trim(),
        details,
      );
      settle(job, () => job.reject(error));
    }
    sendNext();
  }

  function cancel(job: PendingJob): void {
    settle(job, () => job.reject(new AppError('cancelled', 'Cancelled by the user.')));
    const position = queue.indexOf(job);
    if (position >= 0) {
      queue.splice(position, 1);
      return;
    }
    tell({ type: 'cancel', id: job.message.id });
    setTimeout(() => {
      if (pending.get(job.message.id) === job) abandonWorker('deaf-to-cancel');
    }, CANCEL_PATIENCE_MS);
  }

  function run<Name extends JobName>(
    name: Name,
    request: JobRequest<Name>,
    options: RunOptions = {},
  ): Promise<JobResult<Name>> {
    const { signal, stop } = options;
    if (signal?.aborted) return Promise.reject(new AppError('cancelled', 'Cancelled by the user.'));
    return new Promise((resolve, reject) => {
      const onCancel = () => cancel(job);
      const onStop = () => {
        if (pending.has(job.message.id)) tell({ type: 'stop', id: job.message.id });
      };
      const job: PendingJob = {
        // `run` ties name and request together; the union of all pairs cannot be rebuilt from two variables.
        message: { type: 'run', id: nextId++, job: name, request } as unknown as RunMessage,
        options,
        resolve: resolve as PendingJob['resolve'],
        reject,
        detach: () => {
          signal?.removeEventListener('abort', onCancel);
          stop?.removeEventListener('abort', onStop);
        },
        isSettled: false,
      };
      signal?.addEventListener('abort', onCancel);
      stop?.addEventListener('abort', onStop);
      if (isLong(name)) {
        queue.push(job);
        sendNext();
      } else send(job);
    });
  }

  return {
    run,
    onRestart: (listener) => void restartListeners.push(listener),
    close: () => {
      queue.length = 0;
      abandonWorker('closed');
    },
  };
}

function isLong(job: JobName): boolean {
  return jobTable[job].kind === 'long';
}
