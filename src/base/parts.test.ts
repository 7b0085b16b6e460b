import { describe, expect, it } from 'vitest';
import type { Crew, Hand } from './crew.ts';
import { AppError } from './errors.ts';
import { createSilentContext, type JobContext, throwIfCancelled } from './job-context.ts';
import { type Part, runParts } from './parts.ts';

const square: Part<{ readonly offset: number }, number, number> = {
  name: 'square',
  run: async ({ offset }, value, context) => {
    context.onProgress({ phase: 'fitting', done: 1, total: 2 });
    await context.breathe();
    throwIfCancelled(context.signal);
    if (value < 0) throw new AppError('invalid-setting', 'a negative value', { value });
    return offset + value * value;
  },
};

const requests = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const squares = requests.map((value) => 100 + value * value);

/** A moment of the real event loop, so that hands and the caller take turns. */
const pause = () => new Promise<void>((resolve) => setTimeout(resolve, 1));

function createContext(changes: Partial<JobContext> = {}): JobContext {
  return { ...createSilentContext(), breathe: pause, ...changes };
}

/** Hands that do the part themselves; the i-th is lost at its `losses[i]`-th part. */
function createCrew(losses: readonly number[]) {
  const doneBy = losses.map(() => 0);
  let nDismissed = 0;
  const crew: Crew = {
    recruit: (shared, onHand) => {
      losses.forEach((loss, i) => {
        const hand: Hand = {
          run: async (name, request, onProgress) => {
            expect(name).toBe('square');
            await pause();
            doneBy[i] = (doneBy[i] as number) + 1;
            if (doneBy[i] === loss) return null;
            onProgress(0.5);
            const result = await square.run(shared as { offset: number }, request as number, createContext());
            return { result };
          },
        };
        onHand(hand);
      });
      return () => void nDismissed++;
    },
  };
  return { crew, doneBy, dismissed: () => nDismissed };
}

describe('runParts', () => {
  it.each([
    ['nobody else', []],
    ['one hand', [Infinity]],
    ['three hands', [Infinity, Infinity, Infinity]],
    ['a hand that is lost at once', [1]],
    ['hands that are lost on the way, and one that is not', [2, 1, Infinity]],
    ['hands that are all lost', [1, 2, 3]],
  ])('gives all results in order with %s', async (_, losses) => {
    const { crew, doneBy, dismissed } = createCrew(losses);
    const context = createContext(losses.length > 0 ? { crew } : {});
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
    expect(dismissed()).toBe(losses.length > 0 ? 1 : 0);
  });

  it('after a stop begins no further part and drops what was cut short, but does the first', async () => {
    const stop = { aborted: true };
    const { crew } = createCrew([Infinity]);
    const none = await runParts(square, { offset: 0 }, requests, createContext({ stop, crew }));
    expect(none).toEqual([0, ...requests.slice(1).map(() => null)]);

    const later = { aborted: false };
    const some = await runParts(
      square,
      { offset: 0 },
      requests,
      createContext({ stop: later, crew: createCrew([Infinity]).crew }),
      { onResult: () => (later.aborted = true) },
    );
    expect(some.filter((result) => result !== null)).toHaveLength(1);
  });

  it('throws what a part throws, here or at a hand, and dismisses the hands', async () => {
    for (const position of [0, 1, 5]) {
      const { crew, dismissed } = createCrew([Infinity, Infinity]);
      const wrong = requests.with(position, -1);
      await expect(runParts(square, { offset: 0 }, wrong, createContext({ crew }))).rejects.toMatchObject({
        code: 'invalid-setting',
      });
      expect(dismissed()).toBe(1);
    }
  });

  it('throws when it is cancelled', async () => {
    const signal = { aborted: false };
    const context = createContext({ signal, crew: createCrew([Infinity]).crew });
    const running = runParts(square, { offset: 0 }, requests, context, {
      onResult: () => (signal.aborted = true),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('keeps a part that is bound to its thread', async () => {
    const { crew, doneBy } = createCrew([Infinity]);
    const context = createContext({ crew });
    expect(await runParts({ ...square, isBound: true }, { offset: 100 }, requests, context)).toEqual(squares);
    expect(doneBy).toEqual([0]);
  });

  it('is done at once without parts', async () => {
    expect(await runParts(square, { offset: 0 }, [], createContext())).toEqual([]);
  });
});
