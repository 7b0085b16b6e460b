import { createJobServer, type JobHost } from './job-server.ts';
import type { ToWorker } from './protocol.ts';
import { startPulse } from './pulse.ts';

/** Makes the worker this runs in answer the protocol with the jobs of a host. Owns no logic. */
export function serveJobs(host: JobHost): void {
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

  // A message to oneself comes behind those that wait, so that a cancel is read before the next slice of work.
  // Unlike setTimeout it costs no 4 ms.
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();

  const server = createJobServer(host, {
    post: (message) => scope.postMessage(message),
    now: () => performance.now(),
    breathe: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        channel.port2.postMessage(null);
      }),
    startPulse,
  });

  scope.onmessage = (event: MessageEvent<ToWorker>) => server.receive(event.data);
  scope.onunhandledrejection = (event) => {
    event.preventDefault();
    server.reportFault(event.reason);
  };
}
