import { Worker } from 'node:worker_threads';
import type { PartPool } from '#base/part-pool.ts';
import { createPartPool } from '#worker/part-pool.ts';

/** Bundled, one file is the command and its threads (`bundle-entry.ts`). */
const isSource = import.meta.url.endsWith('.ts');
const script = isSource ? new URL('./part-worker.mjs', import.meta.url) : new URL(import.meta.url);

/**
 * Gives a task a pool of so many threads beside this one, and ends them with it. They start when there are parts to do,
 * with the `serveThread` of a module.
 */
export async function withThreads<Result>(
  nThreads: number,
  task: (pool: PartPool) => Promise<Result>,
  module: URL = new URL('./serve-parts.ts', import.meta.url),
): Promise<Result> {
  const threads = new Map<number, Worker>();
  const workerPool = createPartPool(nThreads, {
    call: (count) => {
      for (let id = threads.size + 1; id <= count; id++) start(id);
    },
    drop: (id) => void threads.get(id)?.terminate(),
  });

  function start(id: number): void {
    const { port1, port2 } = new MessageChannel();
    // The global channel's ports are those of node:worker_threads; only their types differ.
    const port = port2 as unknown as import('node:worker_threads').MessagePort;
    const thread = new Worker(script, { workerData: { port, module: module.href }, transferList: [port] });
    threads.set(id, thread);
    workerPool.addPartWorker(id, port1);
    thread.on('error', () => workerPool.losePartWorker(id));
    thread.on('exit', () => workerPool.losePartWorker(id));
  }

  const job = workerPool.openJob();
  try {
    return await task(job);
  } finally {
    job.close();
    for (const id of threads.keys()) workerPool.losePartWorker(id);
  }
}
