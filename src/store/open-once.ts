import type { JobRunner } from '#worker/client/job-runner.ts';

/**
 * What is open in a worker, by id. A worker that starts again begins empty: what is asked for then is opened anew, which
 * nobody has to think of.
 */
export function createOpenOnce(runner: JobRunner) {
  const opened = new Map<string, Promise<unknown>>();
  runner.onRestart(() => opened.clear());
  return {
    /** Opens something unless it is open; a failed opening is forgotten, so that it can be tried again. */
    open<Result>(id: string, open: () => Promise<Result>): Promise<Result> {
      const known = opened.get(id);
      if (known) return known as Promise<Result>;
      const opening = open();
      opened.set(id, opening);
      opening.catch(() => {
        if (opened.get(id) === opening) opened.delete(id);
      });
      return opening;
    },

    /** A job has left it open. */
    note(id: string, result: unknown): void {
      opened.set(id, Promise.resolve(result));
    },

    /** Closes it where it is open. That its worker has died is no error: it is closed all the more. */
    close(id: string, close: () => Promise<unknown>): void {
      if (opened.delete(id)) close().catch(() => {});
    },
  };
}
