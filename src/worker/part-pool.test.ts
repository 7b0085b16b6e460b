import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '#base/errors.ts';
import { createPacer, createSilentContext, type JobContext } from '#base/job-context.ts';
import { type Part, runParts } from '#base/parts.ts';
import type { NamedPart } from '#jobs/part-table.ts';
import { countPartWorkers, createPartPool } from './part-pool.ts';
import { serveParts } from './part-server.ts';

interface Numbers {
  readonly values: Float64Array;
}

/** Yields some times and squares one of the values; fails for a negative one. */
const squareOf: Part<Numbers, number, number> = {
  name: 'square-of',
  run: async ({ values }, index, context) => {
    const pace = createPacer(context);
    for (let step = 0; step < 5; step++) {
      await pace(() => ({ phase: 'fitting', done: step, total: 5 }));
      if (context.stop.aborted) return NaN;
    }
    const value = values[index] as number;
    if (value < 0) throw new AppError('invalid-setting', 'negative', { value });
    return value * value;
  },
};

const shared: Numbers = { values: Float64Array.from({ length: 12 }, (_, i) => i) };
const requests = Array.from(shared.values.keys());
const squares = requests.map((value) => value * value);
const yieldNow = () => new Promise<void>((resolve) => setImmediate(resolve));

/** A clock that jumps 50 ms at each look: every pace yields. */
function createClock(): () => number {
  let time = 0;
  return () => (time += 50);
}

const open: MessagePort[] = [];

/** A pool whose part workers serve on the other end of real ports, in this thread; `deaf` ones never answer a run. */
function createPool(nPartWorkers: number, deaf: readonly number[] = []) {
  const calls: number[] = [];
  const dropped: number[] = [];
  const done: number[] = [];
  const workerPool = createPartPool(nPartWorkers, {
    call: (count) => {
      calls.push(count);
      for (let id = 1; id <= count; id++) {
        const { port1, port2 } = new MessageChannel();
        open.push(port1, port2);
        workerPool.addPartWorker(id, port1);
        if (deaf.includes(id)) port2.postMessage({ type: 'ready' });
        else serveParts(port2, new Map([['square-of', countingPart(id)]]), { now: createClock(), yieldNow });
      }
    },
    drop: (id) => dropped.push(id),
  });
  function countingPart(id: number): NamedPart {
    return {
      name: 'square-of',
      run: (numbers, index, context) => {
        done.push(id);
        return squareOf.run(numbers, index, context);
      },
    };
  }
  return { workerPool, calls, dropped, done };
}

function createContext(changes: Partial<JobContext>): JobContext {
  return { ...createSilentContext(createClock()), yieldNow, ...changes };
}

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

describe('a part pool', () => {
  it.each([0, 1, 3])(
    'gives the same results with %i part workers, which are called once and kept',
    async (nPartWorkers) => {
      const { workerPool, calls, done } = createPool(nPartWorkers);
      for (let job = 0; job < 2; job++) {
        const pool = workerPool.openJob();
        expect(await runParts(squareOf, shared, requests, createContext({ pool }))).toEqual(squares);
        pool.close();
      }
      expect(calls).toEqual(nPartWorkers > 0 ? [nPartWorkers] : []);
      expect(new Set(done).size).toBe(nPartWorkers);
    },
  );

  it('passes on the error of a part', async () => {
    const pool = createPool(2).workerPool.openJob();
    const wrong = { values: shared.values.with(7, -1) };
    await expect(runParts(squareOf, wrong, requests, createContext({ pool }))).rejects.toMatchObject({
      code: 'invalid-setting',
      details: { value: -1 },
    });
  });

  it('is cancelled with its job, also while the job waits for nothing but its part workers', async () => {
    const signal = { aborted: false };
    const pool = createPool(1).workerPool.openJob();
    const waiting: Part<Numbers, number, number> = {
      ...squareOf,
      // Here a part takes a moment; at the part worker the 5 yields of the table's.
      run: async () => 0,
    };
    const running = runParts(waiting, shared, [0, 1], createContext({ pool, signal }), {
      onResult: () => {
        signal.aborted = true;
        pool.cancel();
      },
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('hears a stop at once', async () => {
    const stop = { aborted: false };
    const { workerPool } = createPool(2);
    const pool = workerPool.openJob();
    const results = await runParts(squareOf, shared, requests, createContext({ pool, stop }), {
      onResult: () => {
        stop.aborted = true;
        pool.stop();
      },
    });
    expect(results.filter((result) => result !== null)).toHaveLength(1);
    expect(results).not.toContain(NaN);
  });

  it('takes fewer part workers for data that would not fit so many times', async () => {
    const { workerPool, calls } = createPool(3);
    const pool = workerPool.openJob();
    const large = { values: shared.values, ballast: new Uint8Array(150 * 2 ** 20) };
    pool.lease(large, () => {})();
    expect(calls).toEqual([1]);
  });

  it('uses all cores but one, up to seven', () => {
    expect([1, 2, 4, 8, 64].map(countPartWorkers)).toEqual([0, 1, 3, 7, 7]);
  });
});

describe('a part worker that is lost', () => {
  it('has its part done by the job itself when the page says so', async () => {
    const { workerPool, dropped } = createPool(2, [1]);
    const pool = workerPool.openJob();
    const running = runParts(squareOf, shared, requests, createContext({ pool }));
    setTimeout(() => workerPool.losePartWorker(1), 20);
    expect(await running).toEqual(squares);
    expect(dropped).toEqual([1]);
  });

  describe('without a word', () => {
    beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }));
    afterEach(() => void vi.useRealTimers());

    it('is noticed by its silence', async () => {
      const { workerPool, dropped } = createPool(1, [1]);
      const pool = workerPool.openJob();
      const running = runParts(squareOf, shared, requests, createContext({ pool }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(dropped).toEqual([]);
      await vi.advanceTimersByTimeAsync(25_000);
      expect(await running).toEqual(squares);
      expect(dropped).toEqual([1]);
    });
  });
});
