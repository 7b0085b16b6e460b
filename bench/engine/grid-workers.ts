import { createSilentContext } from '#base/job-context.ts';
import { runParts } from '#base/parts.ts';
import { turnEventLoop } from '#cli/job-context.ts';
import { withThreads } from '#cli/thread-pool.ts';
import { generateOutages } from './data.ts';
import type { Clock, Figure } from './figure.ts';
import { fitPoints, gridRequests } from './grid-case.ts';

const N_REPEATS = 3;

/**
 * The reference grid on this thread and another, best of three runs once both stand; checks that they found the errors
 * that one thread finds.
 */
export async function runGridOnTwo(clock: Clock, report: (figure: Figure) => void): Promise<void> {
  const context = { ...createSilentContext(clock), yieldNow: turnEventLoop };
  const alone = await runParts(fitPoints, generateOutages(800, 42), gridRequests, context);
  const module = new URL('./serve-grid.ts', import.meta.url);
  const best = await withThreads(
    1,
    async (pool) => {
      // The other thread takes a second to start.
      await new Promise<void>((resolve) => void pool.lease({}, () => resolve()));
      let quickest = Infinity;
      for (let repeat = 0; repeat <= N_REPEATS; repeat++) {
        const sample = generateOutages(800, 42);
        const start = clock();
        const together = await runParts(fitPoints, sample, gridRequests, { ...context, pool });
        // The first run warms up the other thread.
        if (repeat > 0) quickest = Math.min(quickest, clock() - start);
        if (JSON.stringify(together) !== JSON.stringify(alone))
          throw new Error('two threads found other errors');
      }
      return quickest;
    },
    module,
  );
  report({ name: 'grid: 54 points × 5 folds, two workers', value: best, unit: 'ms' });
}
