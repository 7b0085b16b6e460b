import type { PartPool } from './part-pool.ts';
import { AppError } from './errors.ts';

/** Steps of long work, in the words the screens translate. */
export type Phase =
  | 'reading'
  | 'typing'
  | 'preparing'
  | 'cleaning'
  | 'checking'
  | 'cross-validating'
  | 'fitting'
  | 'calibrating'
  | 'scoring'
  | 'explaining'
  | 'predicting'
  | 'optimising'
  | 'writing';

/** How far long work has come. `score` is the error of the candidate that leads so far, in the target's unit. */
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly total: number;
  /** Share of the whole work in [0, 1], where the work knows its stages; `done / total` is that of the phase. */
  readonly overall?: number;
  readonly fold?: number;
  readonly nFolds?: number;
  readonly model?: string;
  readonly score?: number;
  /** Which candidate that is, and over how many outages. */
  readonly leader?: string;
  readonly nCompared?: number;
}

/** The part of an `AbortSignal` the core reads; it has no DOM library to name the real one. */
export interface CancelSignal {
  readonly aborted: boolean;
}

/**
 * What a job is given beside its request: all it may know of time and of who waits for it.
 *
 * `signal` aborted means "annuler": the job throws `cancelled`. `stop` aborted means "arrêter et
 * garder le meilleur": the job ends early and returns what it has. `yieldNow` lets the host read its
 * inbox (a worker that never yields cannot see a cancel); `now` is in milliseconds. `pool`, where there is
 * one, does independent parts on other threads (`parts.ts`).
 */
export interface JobContext {
  readonly signal: CancelSignal;
  readonly stop: CancelSignal;
  readonly now: () => number;
  readonly yieldNow: () => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
  readonly pool?: PartPool;
  /** Keeps what a long job found on the way, so that it can go on from there; what it resolves for is kept. Absent: nothing is. */
  readonly record?: (event: object) => Promise<void>;
}

/** Work may hold the thread this long before it lets the host yield, in milliseconds. */
const SLICE_MS = 40;

/**
 * Returns a function to be awaited often: it yields at most every 40 ms, reports the newest
 * progress then, and throws `cancelled` once the signal is aborted.
 */
export function createPacer(context: JobContext): (progress?: () => Progress) => Promise<void> {
  let lastYield = context.now();
  return async (progress) => {
    const now = context.now();
    if (now - lastYield >= SLICE_MS) {
      if (progress) context.onProgress(progress());
      await context.yieldNow();
      lastYield = context.now();
    }
    throwIfCancelled(context.signal);
  };
}

export function throwIfCancelled(signal: CancelSignal): void {
  if (signal.aborted) throw new AppError('cancelled', 'Cancelled by the user.');
}

/** The context of work that is done to its end also after a stop. */
export function ignoreStop(context: JobContext): JobContext {
  return { ...context, stop: { aborted: false } };
}

/** A context for callers that neither watch nor cancel: tests and one-shot scripts. */
export function createSilentContext(now: () => number = () => 0): JobContext {
  const signal = { aborted: false };
  return { signal, stop: signal, now, yieldNow: () => Promise.resolve(), onProgress: () => {} };
}
