import { toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { lendTeams } from '#engine/kernel/kernel-pool.ts';
import type { JobName, JobRequest, JobResult } from '#jobs/job-table.ts';
import { createPartPool, type JobPool } from './part-pool.ts';
import { type FromWorker, type RunMessage, type ToWorker, toErrorMessage } from './protocol.ts';
import { createThreadTeam } from './thread-team.ts';

/** What runs the jobs: a `Workbench`, or a stand-in in tests. */
export interface JobHost {
  run<Name extends JobName>(
    job: Name,
    request: JobRequest<Name>,
    context: JobContext,
  ): Promise<JobResult<Name>>;
}

/** What differs between a worker and a test: how to answer, the clock, and how to let the inbox be read. */
export interface ServerSurroundings {
  readonly post: (message: FromWorker) => void;
  readonly now: () => number;
  readonly yieldNow: () => Promise<void>;
  readonly startHeartbeat: (port: MessagePort) => void;
  /** Other threads that jobs may use. */
  readonly nPartWorkers: number;
  /** Whether they may also join in one fit, over shared memory. */
  readonly canShareMemory: boolean;
  /** Told after jobs in which helpers took part, how many parts of fits they did. */
  readonly onHelped?: (nHelped: number) => void;
}

/**
 * Answers the messages of `protocol.ts` by running jobs. Jobs run interleaved: while a long one yields, a
 * short one is taken up and answered, so that the table scrolls during training.
 */
export function createJobServer(host: JobHost, surroundings: ServerSurroundings) {
  const { post, now, yieldNow, nPartWorkers } = surroundings;
  const running = new Map<number, RunningJob>();
  const workerPool = createPartPool(nPartWorkers, {
    call: (count) => post({ type: 'call-partWorkers', count }),
    drop: (id) => post({ type: 'drop-partWorker', id }),
  });

  // A part worker and a helper on one core would only be in each other's way.
  const team = createThreadTeam(surroundings.canShareMemory ? nPartWorkers : 0, {
    call: (links) => post({ type: 'call-helpers', links }),
    countFree: () => nPartWorkers - workerPool.countBusy(),
    report: (nHelped) => surroundings.onHelped?.(nHelped),
  });
  async function answer(message: RunMessage): Promise<void> {
    const job: RunningJob = {
      signal: { aborted: false },
      stop: { aborted: false },
      pool: workerPool.openJob(),
    };
    running.set(message.id, job);
    if (surroundings.canShareMemory) lendTeams(team);
    const context: JobContext = {
      ...job,
      now,
      yieldNow,
      onProgress: (progress) => post({ type: 'progress', id: message.id, progress }),
    };
    try {
      const result = await host.run(message.job, message.request, context);
      post({ type: 'result', id: message.id, result });
    } catch (thrown) {
      post({ type: 'error', id: message.id, error: toErrorMessage(toAppError(thrown)) });
    } finally {
      job.pool.close();
      running.delete(message.id);
      if (running.size === 0) {
        // The same script serves as a part worker too, whose fits are one of many and have no team.
        lendTeams(null);
        team.close();
      }
    }
  }

  return {
    receive(message: ToWorker): void {
      if (message.type === 'run') void answer(message);
      else if (message.type === 'ping') post({ type: 'pong' });
      else if (message.type === 'heartbeat') surroundings.startHeartbeat(message.port);
      else if (message.type === 'partWorker') workerPool.addPartWorker(message.id, message.port);
      else if (message.type === 'partWorker-lost') workerPool.losePartWorker(message.id);
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
