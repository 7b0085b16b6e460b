import { turnEventLoop } from '#cli/job-context.ts';
import { serveParts } from '#worker/part-server.ts';
import { fitPoints } from './grid-case.ts';

/** What `src/cli/hand.mjs` starts in a thread: does parts of the grid. */
export function serveThread(port: MessagePort): void {
  const surroundings = { now: () => performance.now(), yieldNow: turnEventLoop };
  serveParts(port, new Map([[fitPoints.name, fitPoints]]), surroundings);
}
