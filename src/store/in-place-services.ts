import { AppError } from '#base/errors.ts';
import { createWorkbench, type Workbench } from '#jobs/workbench.ts';
import type { DatasetRecord, KeptWork, ModelRecord, ScenarioRecord, ShapeRecord } from '#registry/records.ts';
import type { Registry } from '#registry/registry.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import { createWorkerRunner } from '#worker/client/worker-runner.ts';
import type { WorkerLike } from '#worker/client/worker-like.ts';
import { createJobServer } from '#worker/job-server.ts';
import type { Services } from './services.ts';

/**
 * Services for tests: the real jobs over the real protocol, in this thread, and a registry in memory. Messages are
 * cloned as between threads, so what cannot cross a worker's border fails here too.
 */
export interface InPlaceServices extends Services {
  readonly registry: MemoryRegistry;
  /** Ends the trainingWorker worker as if it had died; its tables and models are gone. */
  readonly killTrainingWorker: () => void;
}

export function createInPlaceServices(registry = createMemoryRegistry()): InPlaceServices {
  const trainingWorkers: WorkerLike[] = [];
  let nextId = 1;
  return {
    trainingWorker: createInPlaceRunner(trainingWorkers),
    predictionWorker: createInPlaceRunner([]),
    secondOpinion: createInPlaceRunner([], createSecondOpinionHost),
    registry,
    openRegistry: () => Promise.resolve(registry),
    preferences: { language: 'fr', theme: 'auto', save: () => {} },
    createId: () => `id-${nextId++}`,
    today: () => Date.UTC(2026, 10, 23),
    now: () => performance.now(),
    killTrainingWorker: () =>
      trainingWorkers.at(-1)?.onerror?.({ message: 'killed', preventDefault: () => {} } as ErrorEvent),
  };
}

/** Brings tfjs only to the tests that ask for it. */
function createSecondOpinionHost(): Workbench {
  return {
    run: async (job, request, context) => {
      const { createSecondOpinionHost: create } = await import('#jobs/second-opinion/second-opinion-host.ts');
      return create().run(job, request, context);
    },
  };
}

function createInPlaceRunner(started: WorkerLike[], createHost = createWorkbench): JobRunner {
  return createWorkerRunner(() => {
    let isAlive = true;
    const server = createJobServer(createHost(), {
      post: (message) => {
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

interface MemoryRegistry extends Registry {
  /** Saves fail from now on, as with the disk full. */
  readonly fill: () => void;
}

/** Keeps the records of one project, with the registry's rules that the store can see. */
function createMemoryRegistry(): MemoryRegistry {
  let kept: KeptWork = { settings: null, dataset: null, model: null, scenario: null, secondOpinion: null };
  let isFull = false;
  const datasets = new Map<string, DatasetRecord>();
  const shapes = new Map<string, ShapeRecord>();

  async function change(changes: Partial<KeptWork>): Promise<void> {
    await Promise.resolve();
    if (isFull) throw new AppError('storage-full', 'no room');
    kept = { ...kept, ...changes };
  }

  return {
    load: () => Promise.resolve(kept),
    saveDataset: (dataset: DatasetRecord) => {
      datasets.set(dataset.id, dataset);
      return change({ dataset });
    },
    loadDatasetBytes: (id) => Promise.resolve(datasets.get(id)?.bytes ?? null),
    updateDataset: async (id, changes, memory) => {
      if (kept.dataset?.id !== id) return;
      await change({ dataset: { ...kept.dataset, ...changes } });
      if (memory?.record) shapes.set(memory.shape, memory.record);
      else if (memory) shapes.delete(memory.shape);
    },
    loadShape: (shape) => Promise.resolve(shapes.get(shape) ?? null),
    saveModel: (model: ModelRecord, scenario: ScenarioRecord) =>
      change({ model, scenario, secondOpinion: null }),
    saveSecondOpinion: (secondOpinion) => change({ secondOpinion }),
    saveScenario: (scenario) => change({ scenario }),
    saveSettings: (settings) => change({ settings }),
    closeDataset: () => change({ dataset: null }),
    closeModel: () => change({ model: null, scenario: null, secondOpinion: null }),
    close: () => {},
    fill: () => {
      isFull = true;
    },
  };
}
