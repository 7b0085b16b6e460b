import { toAppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import { lendTeams } from '#engine/kernel/kernel-pool.ts';
import type { JobName, JobRequest, JobResult } from '#jobs/job-table.ts';
import { createGang, type JobCrew } from './gang.ts';
import type { FromWorker, RunMessage, ToWorker } from './protocol.ts';
import { toErrorMessage } from './protocol.ts';
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
  readonly breathe: () => Promise<void>;
  readonly startPulse: (port: MessagePort) => void;
  /** Other threads that jobs may use. */
  readonly nHands: number;
  /** Whether they may also join in one fit, over shared memory. */
  readonly canShareMemory: boolean;
  /** Told after jobs in which helpers took part, how many parts of fits they did. */
  readonly onHelped?: (nHelped: number) => void;
}

/**
 * Answers the messages of `protocol.ts` by running jobs. Jobs run interleaved: while a long one breathes, a
 * short one is taken up and answered, so that the table scrolls during training.
 */
export function createJobServer(host: JobHost, surroundings: ServerSurroundings) {
  const { post, now, breathe, nHands } = surroundings;
  const running = new Map<number, RunningJob>();
  const gang = createGang(nHands, {
    call: (count) => post({ type: 'call-hands', count }),
    drop: (id) => post({ type: 'drop-hand', id }),
  });

  // A hand and a helper on one core would only be in each other's way.
  const team = createThreadTeam(surroundings.canShareMemory ? nHands : 0, {
    call: (links) => post({ type: 'call-helpers', links }),
    countFree: () => nHands - gang.countBusy(),
    report: (nHelped) => surroundings.onHelped?.(nHelped),
  });
  async function answer(message: RunMessage): Promise<void> {
    const job: RunningJob = { signal: { aborted: false }, stop: { aborted: false }, crew: gang.openJob() };
    running.set(message.id, job);
    if (surroundings.canShareMemory) lendTeams(team);
    const context: JobContext = {
      ...job,
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
      job.crew.close();
      running.delete(message.id);
      if (running.size === 0) {
        // The same script serves as a hand too, whose fits are one of many and have no team.
        lendTeams(null);
        team.close();
      }
    }
  }

  return {
    receive(message: ToWorker): void {
      if (message.type === 'run') void answer(message);
      else if (message.type === 'ping') post({ type: 'pong' });
      else if (message.type === 'pulse') surroundings.startPulse(message.port);
      else if (message.type === 'hand') gang.addHand(message.id, message.port);
      else if (message.type === 'hand-lost') gang.loseHand(message.id);
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
  readonly crew: JobCrew;
}

function end(job: RunningJob | undefined, ending: 'cancel' | 'stop'): void {
  if (!job) return;
  job[ending === 'cancel' ? 'signal' : 'stop'].aborted = true;
  job.crew[ending]();
}
