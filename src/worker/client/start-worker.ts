// oxlint-disable-next-line import/default -- Vite makes this export of a worker's code
import SecondOpinionWorker from '../second-opinion-entry.ts?worker&inline';
// oxlint-disable-next-line import/default -- Vite makes this export of a worker's code
import JobWorker from '../entry.ts?worker&inline';
import type { WorkerLike } from './worker-like.ts';

/**
 * Starts a worker from the code inside the page: a blob works from file:// too, and it inherits the page's
 * Content-Security-Policy, so that it cannot reach the network either.
 */
export function startJobWorker(): WorkerLike {
  return new JobWorker();
}

export function startSecondOpinionWorker(): WorkerLike {
  return new SecondOpinionWorker();
}
