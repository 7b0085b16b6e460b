import { AppError, type ErrorCode, type ErrorDetails } from '#base/errors.ts';
import type { Progress } from '#base/job-context.ts';
import type { JobName, JobRequest, JobResult } from '#jobs/job-table.ts';

/**
 * What a page and its worker say to one another. Compiles for both sides: no worker and no page globals here.
 *
 * Order: `run` is answered by any number of `progress` and then exactly one `result` or `error` with the same
 * id; nothing follows. `cancel` and `stop` for an id that has been answered are ignored. `ping` is answered by
 * `pong` whenever the worker reads its inbox, also in the middle of a job. Each `record` is answered by `recorded` with its number,
 * once what it tells is kept, or cannot be. `heartbeat`, sent once and first, gives a port
 * on which `pong` also beats while the worker is too busy to read (`heartbeat.ts`): silence on both means it is dead.
 *
 * Part workers: the worker says how many it could use (`call-partWorkers`); for each the page starts another worker, sends it
 * `serve` and nothing else, and gives the first one the other end of the port (`partWorker`). `partWorker-lost`: the page has seen
 * it fail, or has ended it; `drop-partWorker`: the worker takes it for dead.
 */
export type ToWorker =
  | RunMessage
  | { readonly type: 'heartbeat'; readonly port: MessagePort }
  | { readonly type: 'cancel'; readonly id: number }
  | { readonly type: 'stop'; readonly id: number }
  | { readonly type: 'recorded'; readonly number: number; readonly error: ErrorMessage | null }
  | { readonly type: 'ping' }
  | { readonly type: 'part-worker'; readonly id: number; readonly port: MessagePort }
  | { readonly type: 'part-worker-lost'; readonly id: number }
  | { readonly type: 'serve'; readonly port: MessagePort };

export type RunMessage = {
  [Name in JobName]: {
    readonly type: 'run';
    readonly id: number;
    readonly job: Name;
    readonly request: JobRequest<Name>;
  };
}[JobName];

export type FromWorker =
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'record'; readonly id: number; readonly number: number; readonly event: object }
  | { readonly type: 'result'; readonly id: number; readonly result: JobResult<JobName> }
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorMessage }
  /** An error that belongs to no job: an unhandled rejection. */
  | { readonly type: 'fault'; readonly error: ErrorMessage }
  | { readonly type: 'pong' }
  | { readonly type: 'call-part-workers'; readonly count: number }
  | { readonly type: 'drop-part-worker'; readonly id: number };

/** An `AppError` as plain data. */
export interface ErrorMessage {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: ErrorDetails;
}

export function toErrorMessage({ code, message, details }: AppError): ErrorMessage {
  return { code, message, details };
}

export function fromErrorMessage({ code, message, details }: ErrorMessage): AppError {
  return new AppError(code, message, details);
}
