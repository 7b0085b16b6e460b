import { AppError } from '#base/errors.ts';
import type { Kernel, KernelLayout } from '../kernel.ts';
import { layoutFields } from '../wasm-kernel.ts';
import {
  CONTROL_BYTES,
  MAX_HELPERS,
  operation,
  takePart,
  ticket,
  waitForChange,
  word,
  type TeamLink,
} from './control.ts';
import { createSharedKernel, createSharedMemory } from './shared-kernel.ts';

/** Below this many bins to look up, asking takes longer than doing it alone. */
const LEAST_SHARED_WORK = 400_000;

/** As a partition looks up one bin a sample, it is shared from so many samples on. */
const LEAST_SHARED_SAMPLES = 100_000;

/** A helper that has had a part (some milliseconds of work) in its hands for so long is lost. */
const PATIENCE_MS = 10_000;

export interface TeamKernel extends Kernel {
  /** Helpers that have joined and not been lost. */
  readonly countHelpers: () => number;
  /** Parts that helpers have done so far. */
  readonly countHelped: () => number;
  /** Lets the helpers go: their `serveTeam` returns. The kernel works on, on one thread. */
  readonly close: () => void;
}

export interface TeamOptions {
  /** How many helpers have a core to work on at present: asked before each operation that could be shared. */
  readonly countFree?: () => number;
  readonly patienceMs?: number;
}

/** Samples of one operation, done by one thread. */
interface Run {
  readonly start: number;
  readonly end: number;
  /** Who was asked; −1: nobody, it is the asker's own. */
  readonly helper: number;
}

/**
 * A kernel whose histograms and partitions of large nodes are shared with helper threads over one memory.
 * Sums are of integers and parts are put together in order, so the bytes are those of one thread.
 *
 * `start` has a thread call `serveTeam` with the link, now or later: who has not joined is not asked, and a part
 * that no helper has begun is done by the thread that asks. That thread may wait for one that was begun, so it may
 * be a worker or Node's, but not a page's own; where the helper died on it, the operation throws `internal` after
 * 10 s, and the fit has to be done again on another kernel, as the memory may still be written to.
 *
 * Throws `internal` where memory cannot be shared.
 */
export function createTeamKernel(
  nHelpers: number,
  start: (link: TeamLink) => void,
  { countFree = () => nHelpers, patienceMs = PATIENCE_MS }: TeamOptions = {},
): TeamKernel {
  if (!(Number.isInteger(nHelpers) && nHelpers >= 1 && nHelpers <= MAX_HELPERS)) {
    throw new AppError('invalid-setting', `nHelpers is ${nHelpers}; it must be 1 to ${MAX_HELPERS}.`, {
      name: 'nHelpers',
      value: nHelpers,
      bound: MAX_HELPERS,
    });
  }
  const memory = createSharedMemory();
  const control = new SharedArrayBuffer(CONTROL_BYTES);
  const words = new Int32Array(control);
  const kernel = createSharedKernel(memory, {
    buildHistogram,
    partitionNumbers: (feature, start, end, splitBin, extraBin) =>
      partition(operation.partitionNumbers, [feature, splitBin, extraBin], start, end, (from, to) =>
        work.partitionNumbers(feature, from, to, splitBin, extraBin),
      ),
    partitionCategories: (feature, start, end) =>
      partition(operation.partitionCategories, [feature], start, end, (from, to) =>
        work.partitionCategories(feature, from, to),
      ),
  });
  const { work } = kernel;
  const helpers = Array.from({ length: nHelpers }, (_, helper) => helper);
  let layout: KernelLayout;
  let nActive = 0;
  let nHelped = 0;
  for (const helper of helpers) start({ memory, control, helper });

  const findResting = (): number[] =>
    helpers.filter((helper) => Atomics.load(words, word.tickets + helper) === ticket.resting);

  function waitFor(helper: number): void {
    const place = word.tickets + helper;
    for (;;) {
      const state = Atomics.load(words, place);
      if (state === ticket.resting) return;
      if (state === ticket.failed || !waitForChange(words, place, ticket.taken, patienceMs)) {
        throw new AppError('internal', 'A helper thread was lost with its part.', { helper });
      }
    }
  }

  /**
   * Has the samples start … end − 1 worked on by this thread and the helpers that are free, `doRun` being this thread's
   * way to do it. Returns each run of samples with what it gave, in the order of the samples.
   */
  function share(
    what: number,
    args: readonly number[],
    start: number,
    end: number,
    doRun: (run: Run) => number,
  ): readonly (Run & { readonly result: number })[] {
    const asked = findResting().slice(0, Math.max(0, countFree()));
    const runs = [-1, ...asked].map((helper, part): Run => {
      const [from, to] = takePart(start, end, part, asked.length + 1);
      return { start: from, end: to, helper };
    });
    words[word.operation] = what;
    words.set(args, word.arguments);
    for (const run of runs.slice(1)) {
      words.set([run.start, run.end], word.ranges + 2 * run.helper);
      Atomics.store(words, word.tickets + run.helper, ticket.open);
      Atomics.notify(words, word.tickets + run.helper);
    }
    // What nobody has begun when this thread gets to it is done here.
    const own = runs.map((run) => {
      const place = word.tickets + run.helper;
      const isOwn =
        run.helper < 0 || Atomics.compareExchange(words, place, ticket.open, ticket.resting) === ticket.open;
      return isOwn ? doRun(run) : null;
    });
    return runs.map((run, part) => {
      const result = own[part];
      if (result !== null) return { ...run, result };
      waitFor(run.helper);
      nHelped += 1;
      return { ...run, result: words[word.results + run.helper] };
    });
  }

  function buildHistogram(start: number, end: number, slot: number): void {
    if ((end - start) * nActive < LEAST_SHARED_WORK) {
      work.buildHistogram(start, end, slot);
      return;
    }
    const slotOf = ({ helper }: Run): number => (helper < 0 ? slot : layout.nSlots + helper);
    const runs = share(operation.buildHistogram, [nActive], start, end, (run) => {
      work.buildHistogram(run.start, run.end, slotOf(run));
      return 0;
    });
    for (const run of runs.slice(1)) work.addHistogram(slot, slotOf(run));
  }

  /** Every thread parts its own run, in place; then the left samples of all runs are put before the right ones. */
  function partition(
    what: number,
    args: readonly number[],
    start: number,
    end: number,
    partRun: (start: number, end: number) => number,
  ): number {
    if (end - start < LEAST_SHARED_SAMPLES) return partRun(start, end);
    const runs = share(what, args, start, end, (run) => partRun(run.start, run.end));
    if (runs.length === 1) return runs[0].result;
    const buffer = kernel.reserve(0);
    const indices = new Uint32Array(buffer, layout.indices, layout.nSamples);
    const scratch = new Uint32Array(buffer, layout.scratch, layout.nSamples);
    let nRight = 0;
    for (const run of runs) {
      const right = indices.subarray(run.start + run.result, run.end);
      scratch.set(right, nRight);
      nRight += right.length;
    }
    let next = start;
    for (const run of runs) {
      indices.copyWithin(next, run.start, run.start + run.result);
      next += run.result;
    }
    indices.set(scratch.subarray(0, nRight), next);
    return next - start;
  }

  return {
    ...kernel,
    nThreads: nHelpers + 1,
    bind: (newLayout, loss) => {
      layout = newLayout;
      kernel.bind(layout, loss);
      layoutFields.forEach((field, k) => (words[word.layout + k] = layout[field]));
      words[word.nBound] += 1;
    },
    beginTree: (nBagged, constants) => {
      nActive = constants.nActive;
      kernel.beginTree(nBagged, constants);
    },
    countHelpers: () => findResting().length,
    countHelped: () => nHelped,
    close: () => {
      for (const helper of helpers) {
        Atomics.store(words, word.tickets + helper, ticket.closed);
        Atomics.notify(words, word.tickets + helper);
      }
    },
  };
}
