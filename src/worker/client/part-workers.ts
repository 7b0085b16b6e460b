import type { WorkerLike } from './worker-like.ts';

/** Part workers without work are kept so long: a planner who trains often trains again. */
const IDLE_MS = 60_000;

/**
 * The part workers of one worker, started from the page: a worker cannot start its own kind, as the blob it came from is gone.
 * Each talks to its worker by a port of their own; the page only starts and ends them.
 */
export function createPartWorkers(startWorker: () => WorkerLike) {
  const partWorkers = new Map<number, WorkerLike>();
  let owner: WorkerLike | null = null;
  let nextId = 1;
  let idle: ReturnType<typeof setTimeout> | null = null;

  function start(): void {
    const id = nextId++;
    const { port1, port2 } = new MessageChannel();
    owner?.postMessage({ type: 'part-worker', id, port: port1 }, [port1]);
    try {
      const partWorker = startWorker();
      partWorkers.set(id, partWorker);
      partWorker.onerror = (event) => {
        event.preventDefault();
        end(id);
      };
      partWorker.postMessage({ type: 'serve', port: port2 }, [port2]);
    } catch {
      end(id);
    }
  }

  function end(id: number): void {
    partWorkers.get(id)?.terminate();
    partWorkers.delete(id);
    owner?.postMessage({ type: 'part-worker-lost', id });
  }

  function keep(): void {
    if (idle !== null) clearTimeout(idle);
    idle = null;
  }

  return {
    /** Starts part workers for the worker until there are so many. */
    call(count: number, worker: WorkerLike): void {
      owner = worker;
      while (partWorkers.size < count) {
        const before = partWorkers.size;
        start();
        // A browser that refuses another thread would refuse the next one too.
        if (partWorkers.size === before) return;
      }
    },
    drop: end,
    /** There is work again. */
    keep,
    /** There is none: they are ended if it stays so. */
    endWhenIdle(): void {
      keep();
      if (partWorkers.size === 0) return;
      idle = setTimeout(() => {
        for (const id of partWorkers.keys()) end(id);
      }, IDLE_MS);
    },
    /** Their worker is being ended. */
    release(): void {
      keep();
      owner = null;
      for (const id of partWorkers.keys()) end(id);
    },
  };
}
