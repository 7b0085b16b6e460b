import type { JobContext } from '#base/job-context.ts';

/** A job of the command line: nobody cancels it but Ctrl+C, which ends the process. */
export function createCommandContext(): JobContext {
  const signal = { aborted: false };
  return {
    signal,
    stop: signal,
    now: () => performance.now(),
    yieldNow: turnEventLoop,
    onProgress: () => {},
  };
}

/** The event loop must turn now and then, or neither Ctrl+C nor another thread would be heard. */
export function turnEventLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
