/** The worker's shell: it owns no logic. Bundled as a classic script and started from a blob (see `client/`). */
import { createWorkbench } from '#jobs/workbench.ts';
import { createJobServer } from './job-server.ts';
import type { ToWorker } from './protocol.ts';
import { startPulse } from './pulse.ts';

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

// A message to oneself comes behind those that wait, so that a cancel is read before the next slice of work.
// Unlike setTimeout it costs no 4 ms.
const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

const server = createJobServer(createWorkbench(), {
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
