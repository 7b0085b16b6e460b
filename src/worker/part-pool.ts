import type { PartPool, PartWorker } from '#base/part-pool.ts';
import { linkPartWorker, type PartWorkerLink, type RunningPart } from './part-worker-link.ts';

/** The pool of one job, and how its endings reach the part workers. */
export interface JobPool extends PartPool {
  readonly cancel: () => void;
  readonly stop: () => void;
  /** The job is over: the part workers let go of its data and stand by for the next. */
  readonly close: () => void;
}

/** More part workers than this bring little: the parts of one job are some dozens. */
const MAX_PART_WORKERS = 7;

/** What all part workers together may hold of copies, and how many times its size a part worker takes for shared data. */
const BUDGET_BYTES = 2 ** 30;
const COPIES = 4;

/** How many other cores there are to work on, and may be used. */
export function countPartWorkers(nCores: number): number {
  return Math.max(0, Math.min(MAX_PART_WORKERS, nCores - 1));
}

interface Lease {
  readonly nWanted: number;
  readonly offer: (link: PartWorkerLink) => void;
}

/**
 * The part workers of a worker. They are called when a job first has parts for them, join when they stand ready, and are
 * kept for the next job. `call(count)` asks whoever starts threads for so many in all, each to come by `addPartWorker`;
 * `drop(id)` tells that one is of no use any more.
 */
export function createPartPool(
  nPartWorkers: number,
  { call, drop }: { readonly call: (count: number) => void; readonly drop: (id: number) => void },
) {
  const links = new Map<number, PartWorkerLink>();
  const leases = new Set<Lease>();
  let nextKey = 1;

  function offerAll(lease: Lease): void {
    const ready = [...links.values()].filter(({ isReady }) => isReady);
    for (const link of ready.slice(0, lease.nWanted)) lease.offer(link);
  }

  function openJob(): JobPool {
    const keys = new Map<object, number>();
    const running = new Set<RunningPart>();

    function openPartWorker(link: PartWorkerLink, shared: object, mine: Set<RunningPart>): PartWorker {
      const key = keys.get(shared) ?? nextKey++;
      keys.set(shared, key);
      return {
        run: async (name, request, onProgress) => {
          const part = link.run({ name, request, key, shared, onProgress });
          for (const list of [running, mine]) list.add(part);
          try {
            return await part.outcome;
          } finally {
            for (const list of [running, mine]) list.delete(part);
          }
        },
      };
    }

    return {
      lease(shared, onPartWorker) {
        const mine = new Set<RunningPart>();
        const offered = new Set<PartWorkerLink>();
        const nWanted = Math.min(nPartWorkers, Math.floor(BUDGET_BYTES / (COPIES * countBytes(shared))));
        const lease: Lease = {
          nWanted,
          offer: (link) => {
            if (offered.has(link)) return;
            offered.add(link);
            onPartWorker(openPartWorker(link, shared, mine));
          },
        };
        leases.add(lease);
        if (links.size < nWanted) call(nWanted);
        offerAll(lease);
        return () => {
          leases.delete(lease);
          for (const part of mine) part.cancel();
        };
      },
      cancel: () => {
        for (const part of running) part.cancel();
      },
      stop: () => {
        for (const part of running) part.stop();
      },
      close: () => {
        for (const link of links.values()) link.forget([...keys.values()]);
      },
    };
  }

  return {
    openJob,
    addPartWorker(id: number, port: MessagePort): void {
      const link = linkPartWorker(port, {
        onReady: () => {
          for (const lease of leases) offerAll(lease);
        },
        onLost: () => {
          links.delete(id);
          drop(id);
        },
      });
      links.set(id, link);
    },
    losePartWorker(id: number): void {
      links.get(id)?.lose();
    },
  };
}

/** Bytes of the typed arrays in plain data, at least 1. */
function countBytes(data: unknown): number {
  if (ArrayBuffer.isView(data)) return Math.max(1, data.byteLength);
  if (typeof data !== 'object' || data === null) return 1;
  return Object.values(data).reduce((sum: number, value) => sum + countBytes(value), 1);
}
