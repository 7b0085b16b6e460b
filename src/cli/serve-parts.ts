import { partTable } from '#jobs/part-table.ts';
import { serveParts } from '#worker/part-server.ts';
import { turnEventLoop } from './job-context.ts';

/** Does parts for the command's own thread, at the other end of the port. */
export function serveThread(port: MessagePort): void {
  serveParts(port, partTable, { now: () => performance.now(), yieldNow: turnEventLoop });
}
