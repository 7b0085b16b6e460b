import { Worker } from 'node:worker_threads';
import type { Crew } from '#base/crew.ts';
import { createGang } from '#worker/gang.ts';

const script = new URL('./hand.mjs', import.meta.url);

/**
 * Gives a task a crew of so many threads beside this one, and ends them with it. They start when there are parts to do,
 * with the `serveThread` of a module.
 */
export async function withThreads<Result>(
  nThreads: number,
  task: (crew: Crew) => Promise<Result>,
  module: URL = new URL('./serve-thread.ts', import.meta.url),
): Promise<Result> {
  const threads = new Map<number, Worker>();
  const gang = createGang(nThreads, {
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
    gang.addHand(id, port1);
    thread.on('error', () => gang.loseHand(id));
    thread.on('exit', () => gang.loseHand(id));
  }

  const job = gang.openJob();
  try {
    return await task(job);
  } finally {
    job.close();
    for (const id of threads.keys()) gang.loseHand(id);
  }
}
