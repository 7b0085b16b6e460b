import type { JobContext } from '#base/job-context.ts';

/** A job of the command line: nobody cancels it but Ctrl+C, which ends the process. */
export function createCommandContext(): JobContext {
  const signal = { aborted: false };
  return {
    signal,
    stop: signal,
    now: () => performance.now(),
    // The event loop must turn now and then, or Ctrl+C would not be heard.
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
    onProgress: () => {},
  };
}
