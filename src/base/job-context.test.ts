import { describe, expect, it } from 'vitest';
import { AppError, toAppError } from './errors.ts';
import { createPacer, createSilentContext, type JobContext, type Progress } from './job-context.ts';

function createWatched(): {
  context: JobContext;
  clock: { ms: number };
  yields: () => number;
  reports: Progress[];
  abort: () => void;
} {
  const clock = { ms: 0 };
  const signal = { aborted: false };
  const reports: Progress[] = [];
  let yields = 0;
  const context: JobContext = {
    ...createSilentContext(() => clock.ms),
    signal,
    yieldNow: () => {
      yields += 1;
      return Promise.resolve();
    },
    onProgress: (progress) => reports.push(progress),
  };
  return { context, clock, yields: () => yields, reports, abort: () => (signal.aborted = true) };
}

describe('createPacer', () => {
  it('yields and reports only when a slice of time is over', async () => {
    const { context, clock, yields, reports } = createWatched();
    const pace = createPacer(context);
    for (let i = 0; i < 100; i++) {
      clock.ms += 10;
      await pace(() => ({ phase: 'fitting', done: i, total: 100 }));
    }
    expect(yields()).toBe(25);
    expect(reports.map((report) => report.done)).toContain(99);
    expect(reports).toHaveLength(25);
  });

  it('throws cancelled at the first call after the abort, even within a slice', async () => {
    const { context, abort } = createWatched();
    const pace = createPacer(context);
    await pace();
    abort();
    await expect(pace()).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('toAppError', () => {
  it('keeps a known error and wraps any other with its message', () => {
    const known = new AppError('file-empty', 'nothing in it', { name: 'a.csv' });
    expect(toAppError(known)).toBe(known);
    expect(toAppError(new TypeError('x is undefined'))).toMatchObject({
      code: 'internal',
      details: { message: 'x is undefined' },
    });
    expect(toAppError('plain')).toMatchObject({ code: 'internal', message: 'plain' });
  });
});
