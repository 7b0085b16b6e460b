import { describe, expect, it } from 'vitest';
import type { PartPool, PartWorker } from './part-pool.ts';
import { AppError } from './errors.ts';
import { createSilentContext, type JobContext, throwIfCancelled } from './job-context.ts';
import { type Part, runParts } from './parts.ts';

const square: Part<{ readonly offset: number }, number, number> = {
  name: 'square',
  run: async ({ offset }, value, context) => {
    context.onProgress({ phase: 'fitting', done: 1, total: 2 });
    await context.yieldNow();
    throwIfCancelled(context.signal);
    if (value < 0) throw new AppError('invalid-setting', 'a negative value', { value });
    return offset + value * value;
  },
};

const requests = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const squares = requests.map((value) => 100 + value * value);

/** A moment of the real event loop, so that part workers and the caller take turns. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function createContext(changes: Partial<JobContext> = {}): JobContext {
  return { ...createSilentContext(), yieldNow: pause, ...changes };
}

/** PartWorkers that do the part themselves; the i-th is lost at its `losses[i]`-th part. */
function createPool(losses: readonly number[]) {
  const doneBy = losses.map(() => 0);
  let nReleased = 0;
  const pool: PartPool = {
    lease: (shared, onPartWorker) => {
      losses.forEach((loss, i) => {
        const partWorker: PartWorker = {
          run: async (name, request, onProgress) => {
            expect(name).toBe('square');
            await pause();
            doneBy[i] = doneBy[i]! + 1;
            if (doneBy[i] === loss) return null;
            onProgress(0.5);
            const result = await square.run(shared as { offset: number }, request as number, createContext());
            return { result };
          },
        };
        onPartWorker(partWorker);
      });
      return () => void nReleased++;
    },
  };
  return { pool, doneBy, released: () => nReleased };
}

describe('runParts', () => {
  it.each([
    ['nobody else', []],
    ['one partWorker', [Infinity]],
    ['three partWorkers', [Infinity, Infinity, Infinity]],
    ['a partWorker that is lost at once', [1]],
    ['partWorkers that are lost on the way, and one that is not', [2, 1, Infinity]],
    ['partWorkers that are all lost', [1, 2, 3]],
  ])('gives all results in order with %s', async (_, losses) => {
    const { pool, doneBy, released } = createPool(losses);
    const context = createContext(losses.length > 0 ? { pool } : {});
    const told = new Map<number, number>();
    const progress: number[] = [];
    const results = await runParts(square, { offset: 100 }, requests, context, {
      onResult: (result, index) => {
        expect(told.has(index)).toBe(false);
        told.set(index, result);
      },
      onProgress: (done) => progress.push(done),
    });
    expect(results).toEqual(squares);
    expect(requests.map((_, index) => told.get(index))).toEqual(squares);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(progress.at(-1)).toBe(requests.length);
    expect(doneBy.every((count) => count > 0)).toBe(true);
    expect(released()).toBe(losses.length > 0 ? 1 : 0);
  });

  it('after a stop begins no further part and drops what was cut short, but does the first', async () => {
    const stop = { aborted: true };
    const { pool } = createPool([Infinity]);
    const none = await runParts(square, { offset: 0 }, requests, createContext({ stop, pool }));
    expect(none).toEqual([0, ...requests.slice(1).map(() => null)]);

    const later = { aborted: false };
    const some = await runParts(
      square,
      { offset: 0 },
      requests,
      createContext({ stop: later, pool: createPool([Infinity]).pool }),
      { onResult: () => (later.aborted = true) },
    );
    expect(some.filter((result) => result !== null)).toHaveLength(1);
  });

  it('throws what a part throws, here or at a part worker, and dismisses the part workers', async () => {
    for (const position of [0, 1, 5]) {
      const { pool, released } = createPool([Infinity, Infinity]);
      const wrong = requests.with(position, -1);
      await expect(runParts(square, { offset: 0 }, wrong, createContext({ pool }))).rejects.toMatchObject({
        code: 'invalid-setting',
      });
      expect(released()).toBe(1);
    }
  });

  it('throws when it is cancelled', async () => {
    const signal = { aborted: false };
    const context = createContext({ signal, pool: createPool([Infinity]).pool });
    const running = runParts(square, { offset: 0 }, requests, context, {
      onResult: () => (signal.aborted = true),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('keeps a part that is bound to its thread', async () => {
    const { pool, doneBy } = createPool([Infinity]);
    const context = createContext({ pool });
    expect(await runParts({ ...square, isBound: true }, { offset: 100 }, requests, context)).toEqual(squares);
    expect(doneBy).toEqual([0]);
  });

  it('is done at once without parts', async () => {
    expect(await runParts(square, { offset: 0 }, [], createContext())).toEqual([]);
  });
});
