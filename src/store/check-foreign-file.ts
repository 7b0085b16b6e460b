import { AppError } from '#base/errors.ts';
import type { JobRequest, JobResult } from '#jobs/job-table.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Effects } from './effects.ts';

/** A model opens in a fraction of this. */
const PATIENCE_MS = 5000;

/**
 * Opens a file from anywhere in a worker of its own, which is ended after it: whatever it holds, the app goes on. Each
 * progress that the job tells of gives it as long again. Throws the errors of opening, `model-file-too-slow`, and
 * `cancelled` at once.
 */
export async function checkForeignFile<Name extends 'check-model' | 'open-project'>(
  effects: Effects,
  job: Name,
  request: JobRequest<Name>,
  options: RunOptions,
): Promise<JobResult<Name>> {
  const ending = new AbortController();
  const { signal } = options;
  const cancel = () => ending.abort();
  signal?.addEventListener('abort', cancel);
  let patience: ReturnType<typeof setTimeout> | undefined;
  try {
    return await effects.run(job, request, {
      signal: ending.signal,
      onProgress: () => {
        clearTimeout(patience);
        patience = setTimeout(cancel, PATIENCE_MS);
      },
    });
  } catch (thrown) {
    if (!ending.signal.aborted || signal?.aborted) throw thrown;
    throw new AppError('model-file-too-slow', `not opened within ${PATIENCE_MS} ms`, {
      seconds: PATIENCE_MS / 1000,
    });
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', cancel);
    effects.endWorker('opening');
  }
}
