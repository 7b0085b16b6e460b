import type { JobContext } from '#base/job-context.ts';

/** What a fit that is still needed may take after the user asked to stop, in milliseconds. */
const GRACE_MS = 3000;

/**
 * A context whose `stop` is heard a little later. Once the candidates have been compared, the chosen one must
 * still be fitted: with `stop` as it stands it would have no trees at all. On large data the fit is then cut short.
 */
export function withGrace(context: JobContext): JobContext {
  const startedAt = context.now();
  return {
    ...context,
    stop: {
      get aborted() {
        return context.stop.aborted && context.now() - startedAt > GRACE_MS;
      },
    },
  };
}
