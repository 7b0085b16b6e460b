import type { NamedPart } from '#jobs/part-table.ts';
import { countPartWorkers } from './part-pool.ts';
import { serveParts } from './part-server.ts';
import { createJobServer, type JobHost } from './job-server.ts';
import type { ToWorker } from './protocol.ts';
import { startHeartbeat } from './heartbeat.ts';

/**
 * Makes the worker this runs in answer the protocol with the jobs of a host or, told to `serve`, do parts of another
 * worker's jobs, those of the table `parts`. Owns no logic.
 */
export function serveJobs(host: JobHost, parts: ReadonlyMap<string, NamedPart> = new Map()): void {
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

  // A message to oneself comes behind those that wait, so that a cancel is read before the next slice of work.
  // Unlike setTimeout it costs no 4 ms.
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();

  const surroundings = {
    now: () => performance.now(),
    yieldNow: () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
  };

  const server = createJobServer(host, {
    ...surroundings,
    post: (message) => scope.postMessage(message),
    startHeartbeat,
    // Its part workers would know no more parts than it does.
    nPartWorkers: parts.size > 0 ? countPartWorkers(navigator.hardwareConcurrency) : 0,
  });

  scope.onmessage = ({ data }: MessageEvent<ToWorker>) => {
    if (data.type === 'serve') serveParts(data.port, parts, surroundings);
    else server.receive(data);
  };
  scope.onunhandledrejection = (event) => {
    event.preventDefault();
    server.reportFault(event.reason);
  };
}
