import { createWorkbench } from '#jobs/workbench.ts';
import { openMemoryRegistry } from '#registry/memory-registry.ts';
import { type FillableRegistry, makeFillable } from '#registry/testing/full-registry.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import { createWorkerRunner } from '#worker/client/worker-runner.ts';
import type { WorkerLike } from '#worker/client/worker-like.ts';
import { createJobServer, type JobHost } from '#worker/job-server.ts';
import type { FromWorker, ToWorker } from '#worker/protocol.ts';
import type { Services } from '../services.ts';

/**
 * Services for tests: the real jobs over the real protocol, in this thread, and a registry in memory. Messages are
 * cloned as between threads, so what cannot cross a worker's border fails here too.
 */
export interface InPlaceServices extends Services {
  readonly registry: FillableRegistry;
  /** Ends the training worker as if it had died; its tables and models are gone. */
  readonly killTrainingWorker: () => void;
}

export function createInPlaceServices(
  registry = makeFillable(openMemoryRegistry()),
  passMessage: PassMessage = () => {},
): InPlaceServices {
  const trainingWorkers: WorkerLike[] = [];
  let nextId = 1;
  return {
    workers: {
      training: createInPlaceRunner(trainingWorkers, passMessage),
      prediction: createInPlaceRunner([], passMessage),
      opening: createInPlaceRunner([], passMessage),
      'second-opinion': createInPlaceRunner([], passMessage, createSecondOpinionHost),
    },
    registry,
    openRegistry: () => Promise.resolve(registry),
    preferences: { language: 'fr', theme: 'auto', save: () => {} },
    trainingNotes: { begin: () => {}, end: () => {}, takeInterrupted: () => Promise.resolve(null) },
    createId: () => `id-${nextId++}`,
    today: () => Date.UTC(2026, 10, 23),
    now: () => performance.now(),
    killTrainingWorker: () =>
      trainingWorkers.at(-1)?.onerror?.({ message: 'killed', preventDefault: () => {} } as ErrorEvent),
  };
}

/** Asked before each message between page and worker, and throws where it is not to pass. */
type PassMessage = (
  direction: 'to-worker' | 'from-worker',
  type: FromWorker['type'] | ToWorker['type'],
) => void;

/** Brings tfjs only to the tests that ask for it. */
function createSecondOpinionHost(): JobHost {
  return {
    run: async (job, request, context) => {
      const { createSecondOpinionHost: create } = await import('#jobs/second-opinion/second-opinion-host.ts');
      return create().run(job, request, context);
    },
  };
}

function createInPlaceRunner(
  started: WorkerLike[],
  passMessage: PassMessage,
  createHost: () => JobHost = createWorkbench,
): JobRunner {
  return createWorkerRunner(() => {
    let isAlive = true;
    const server = createJobServer(createHost(), {
      post: (message) => {
        passMessage('from-worker', message.type);
        const data = structuredClone(message);
        setTimeout(() => {
          if (isAlive) worker.onmessage?.({ data } as MessageEvent);
        });
      },
      now: () => performance.now(),
      yieldNow: () => new Promise((resolve) => setTimeout(resolve)),
      startHeartbeat: (port) => port.close(),
      nPartWorkers: 0,
    });
    const worker: WorkerLike = {
      onmessage: null,
      onerror: null,
      postMessage: (message, transfer = []) => {
        passMessage('to-worker', message.type);
        const data = structuredClone(message, { transfer });
        setTimeout(() => {
          if (isAlive) server.receive(data);
        });
      },
      terminate: () => {
        isAlive = false;
      },
    };
    started.push(worker);
    return worker;
  });
}
