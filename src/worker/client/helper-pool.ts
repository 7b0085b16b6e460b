import type { TeamLink } from '#engine/kernel/team/control.ts';
import type { WorkerLike } from './worker-like.ts';

/**
 * The helper threads of one worker's large fits, started from the page like its part workers (`partWorker-pool.ts`). One that
 * fails, or cannot be started, is not replaced and nobody is told: the fit does what no helper has begun.
 */
export function createHelperPool(startWorker: () => WorkerLike) {
  let helpers: WorkerLike[] = [];

  /** They hold a memory that never shrinks, and starting them keeps nobody waiting: so they do not outlive their work. */
  function release(): void {
    for (const helper of helpers) helper.terminate();
    helpers = [];
  }

  return {
    /** Starts one for each link. */
    call(links: readonly TeamLink[]): void {
      try {
        for (const link of links) {
          const helper = startWorker();
          helpers.push(helper);
          helper.onerror = (event) => {
            event.preventDefault();
            helper.terminate();
          };
          helper.postMessage({ type: 'serve-team', link });
        }
      } catch {
        // A browser that refuses one more thread, or to share the memory.
      }
    },
    release,
  };
}
