import type { WorkerLike } from './worker-like.ts';

/** Hands without work are kept so long: a planner who trains often trains again. */
const IDLE_MS = 60_000;

/**
 * The hands of one worker, started from the page: a worker cannot start its own kind, as the blob it came from is gone.
 * Each talks to its worker by a port of their own; the page only starts and ends them.
 */
export function createHandPool(startWorker: () => WorkerLike) {
  const hands = new Map<number, WorkerLike>();
  let owner: WorkerLike | null = null;
  let nextId = 1;
  let idle: ReturnType<typeof setTimeout> | null = null;

  function start(): void {
    const id = nextId++;
    const { port1, port2 } = new MessageChannel();
    owner?.postMessage({ type: 'hand', id, port: port1 }, [port1]);
    try {
      const hand = startWorker();
      hands.set(id, hand);
      hand.onerror = (event) => {
        event.preventDefault();
        end(id);
      };
      hand.postMessage({ type: 'serve', port: port2 }, [port2]);
    } catch {
      end(id);
    }
  }

  function end(id: number): void {
    hands.get(id)?.terminate();
    hands.delete(id);
    owner?.postMessage({ type: 'hand-lost', id });
  }

  function keep(): void {
    if (idle !== null) clearTimeout(idle);
    idle = null;
  }

  return {
    /** Starts hands for the worker until there are so many. */
    call(count: number, worker: WorkerLike): void {
      owner = worker;
      while (hands.size < count) {
        const before = hands.size;
        start();
        // A browser that refuses another thread would refuse the next one too.
        if (hands.size === before) return;
      }
    },
    drop: end,
    /** There is work again. */
    keep,
    /** There is none: they are ended if it stays so. */
    release(): void {
      keep();
      if (hands.size === 0) return;
      idle = setTimeout(() => {
        for (const id of hands.keys()) end(id);
      }, IDLE_MS);
    },
    /** Their worker is being ended. */
    dismiss(): void {
      keep();
      owner = null;
      for (const id of hands.keys()) end(id);
    },
  };
}
