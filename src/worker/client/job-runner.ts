import type { Progress } from '#base/job-context.ts';
import type { JobName, JobRequest, JobResult } from '#jobs/job-table.ts';

export interface RunOptions {
  /** Aborted: the job is cancelled, the promise rejects with `cancelled` at once. */
  readonly signal?: AbortSignal;
  /** Aborted: the job ends early and resolves with the best it has. */
  readonly stop?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Keeps what a job found on the way; it goes on once this resolves, and fails with what this rejects with. Absent: nothing is kept. */
  readonly record?: (event: object) => Promise<void>;
}

/**
 * Runs jobs somewhere: in a worker in the app, in place in tests.
 *
 * Rejects with an `AppError`. `worker-stopped` means the worker died: a new one stands ready, but the tables
 * and models opened before are gone from it and must be opened again.
 */
export interface JobRunner {
  run<Name extends JobName>(
    job: Name,
    request: JobRequest<Name>,
    options?: RunOptions,
  ): Promise<JobResult<Name>>;
  /** Called when a new worker took the place of a dead one, before anything else is sent to it. */
  onRestart(listener: () => void): void;
  close(): void;
}
