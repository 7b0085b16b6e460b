import { type AppError, toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { JobName, JobResult } from '#jobs/job-table.ts';
import { createPartPool, type JobPool } from './part-pool.ts';
import {
  type FromWorker,
  fromErrorMessage,
  type RunMessage,
  type ToWorker,
  toErrorMessage,
} from './protocol.ts';

/** What runs the jobs: a workbench, or the second opinion's host. Whether a message names one of its own is seen when it runs. */
export interface JobHost {
  run(job: never, request: never, context: JobContext): Promise<unknown>;
}

/** What differs between a worker and a test: how to answer, the clock, and how to let the inbox be read. */
export interface ServerSurroundings {
  readonly post: (message: FromWorker) => void;
  readonly now: () => number;
  readonly yieldNow: () => Promise<void>;
  readonly startHeartbeat: (port: MessagePort) => void;
  /** Other threads that jobs may use. */
  readonly nPartWorkers: number;
}

/**
 * Answers the messages of `protocol.ts` by running jobs. Jobs run interleaved: while a long one yields, a
 * short one is taken up and answered, so that the table scrolls during training.
 */
export function createJobServer(host: JobHost, surroundings: ServerSurroundings) {
  const { post, now, yieldNow, nPartWorkers } = surroundings;
  const running = new Map<number, RunningJob>();
  const recording = new Map<number, (error: AppError | null) => void>();
  let nRecorded = 0;
  const workerPool = createPartPool(nPartWorkers, {
    call: (count) => post({ type: 'call-part-workers', count }),
    drop: (id) => post({ type: 'drop-part-worker', id }),
  });

  /** The next one says as much: that it cannot be sent is no reason to lose the work. */
  function mention(message: FromWorker): void {
    try {
      post(message);
    } catch {
      // It is not missed.
    }
  }

  /** Resolves once the page has kept it. */
  function record(id: number, event: object): Promise<void> {
    const number = nRecorded++;
    return new Promise((resolve, reject) => {
      recording.set(number, (error) => (error ? reject(error) : resolve()));
      post({ type: 'record', id, number, event });
    });
  }

  async function answer(message: RunMessage): Promise<void> {
    const job: RunningJob = {
      signal: { aborted: false },
      stop: { aborted: false },
      pool: workerPool.openJob(),
    };
    running.set(message.id, job);
    const context: JobContext = {
      ...job,
      now,
      yieldNow,
      onProgress: (progress) => mention({ type: 'progress', id: message.id, progress }),
      record: (event) => record(message.id, event),
    };
    try {
      const result = await host.run(message.job as never, message.request as never, context);
      post({ type: 'result', id: message.id, result: result as JobResult<JobName> });
    } catch (thrown) {
      post({ type: 'error', id: message.id, error: toErrorMessage(toAppError(thrown)) });
    } finally {
      job.pool.close();
      running.delete(message.id);
    }
  }

  return {
    receive(message: ToWorker): void {
      if (message.type === 'run') void answer(message);
      else if (message.type === 'ping') mention({ type: 'pong' });
      else if (message.type === 'recorded') {
        recording.get(message.number)?.(message.error && fromErrorMessage(message.error));
        recording.delete(message.number);
      } else if (message.type === 'heartbeat') surroundings.startHeartbeat(message.port);
      else if (message.type === 'part-worker') workerPool.addPartWorker(message.id, message.port);
      else if (message.type === 'part-worker-lost') workerPool.losePartWorker(message.id);
      else if (message.type === 'cancel' || message.type === 'stop')
        end(running.get(message.id), message.type);
    },
    /** For what no job caught: an async rejection in a worker reaches no handler of the page by itself. */
    reportFault(thrown: unknown): void {
      post({ type: 'fault', error: toErrorMessage(toAppError(thrown)) });
    },
  };
}

interface RunningJob {
  readonly signal: { aborted: boolean };
  readonly stop: { aborted: boolean };
  readonly pool: JobPool;
}

function end(job: RunningJob | undefined, ending: 'cancel' | 'stop'): void {
  if (!job) return;
  job[ending === 'cancel' ? 'signal' : 'stop'].aborted = true;
  job.pool[ending]();
}
