import type { AppError } from '#base/errors.ts';
import { toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { JobName, JobRequest, JobResult } from '#jobs/job-table.ts';
import type { ErrorMessage, FromWorker, RunMessage, ToWorker } from './protocol.ts';

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
  readonly breathe: () => Promise<void>;
  readonly startPulse: (port: MessagePort) => void;
}

/**
 * Answers the messages of `protocol.ts` by running jobs. Jobs run interleaved: while a long one breathes, a
 * short one is taken up and answered, so that the table scrolls during training.
 */
export function createJobServer(host: JobHost, surroundings: ServerSurroundings) {
  const running = new Map<number, { cancelled: boolean; stopped: boolean }>();
  const { post, now, breathe } = surroundings;

  async function answer(message: RunMessage): Promise<void> {
    const state = { cancelled: false, stopped: false };
    running.set(message.id, state);
    const context: JobContext = {
      signal: {
        get aborted() {
          return state.cancelled;
        },
      },
      stop: {
        get aborted() {
          return state.stopped;
        },
      },
      now,
      breathe,
      onProgress: (progress) => post({ type: 'progress', id: message.id, progress }),
    };
    try {
      const result = await host.run(message.job, message.request, context);
      post({ type: 'result', id: message.id, result });
    } catch (thrown) {
      post({ type: 'error', id: message.id, error: toErrorMessage(toAppError(thrown)) });
    } finally {
      running.delete(message.id);
    }
  }

  return {
    receive(message: ToWorker): void {
      if (message.type === 'run') void answer(message);
      else if (message.type === 'ping') post({ type: 'pong' });
      else if (message.type === 'pulse') surroundings.startPulse(message.port);
      else {
        const state = running.get(message.id);
        if (state && message.type === 'cancel') state.cancelled = true;
        if (state && message.type === 'stop') state.stopped = true;
      }
    },
    /** For what no job caught: an async rejection in a worker reaches no handler of the page by itself. */
    reportFault(thrown: unknown): void {
      post({ type: 'fault', error: toErrorMessage(toAppError(thrown)) });
    },
  };
}

function toErrorMessage(error: AppError): ErrorMessage {
  return { code: error.code, message: error.message, details: error.details };
}
