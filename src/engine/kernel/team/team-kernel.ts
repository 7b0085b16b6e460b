import { AppError } from '#base/errors.ts';
import type { Kernel, KernelLayout } from '../kernel.ts';
import { layoutFields } from '../wasm-kernel.ts';
import { CONTROL_BYTES, MAX_HELPERS, operation, takePart, word, type TeamLink } from './control.ts';
import { createSharedKernel, createSharedMemory } from './shared-kernel.ts';

/** Below this many bins to look up, asking takes longer than doing it alone. */
const LEAST_SHARED_WORK = 400_000;

/** As a partition looks up one bin a sample, it is shared from so many samples on. */
const LEAST_SHARED_SAMPLES = 100_000;

/** A helper that has not answered for so long is lost, and the fit with it. */
const PATIENCE_MS = 30_000;

export interface TeamKernel extends Kernel {
  /** Lets the helpers go: their `serveTeam` returns. */
  readonly close: () => void;
}

/**
 * A kernel whose histograms and partitions of large nodes are shared with helper threads over one memory.
 * Sums are of integers and parts are put together in order, so the bytes are those of one thread.
 *
 * `start` has a thread call `serveTeam` with the link. The calling thread waits for the helpers: it may be a
 * worker or Node's, but not a page's own. Throws `internal` where memory cannot be shared.
 */
export function createTeamKernel(nHelpers: number, start: (link: TeamLink) => void): TeamKernel {
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
      partition(
        operation.partitionNumbers,
        start,
        end,
        (from, to) => work.partitionNumbers(feature, from, to, splitBin, extraBin),
        feature,
        splitBin,
        extraBin,
      ),
    partitionCategories: (feature, start, end) =>
      partition(
        operation.partitionCategories,
        start,
        end,
        (from, to) => work.partitionCategories(feature, from, to),
        feature,
      ),
  });
  const { work } = kernel;
  const nParts = nHelpers + 1;
  for (let helper = 0; helper < nHelpers; helper++) start({ memory, control, helper });
  let layout: KernelLayout;
  let nActive = 0;

  function ask(what: number, ...args: number[]): void {
    words[word.operation] = what;
    words.set(args, word.arguments);
    Atomics.store(words, word.done, 0);
    Atomics.add(words, word.asked, 1);
    Atomics.notify(words, word.asked);
  }

  function waitForAll(): void {
    for (;;) {
      const nDone = Atomics.load(words, word.done);
      if (nDone === nHelpers) return;
      if (Atomics.wait(words, word.done, nDone, PATIENCE_MS) === 'timed-out') {
        throw new AppError('internal', 'A helper thread does not answer.', { nDone, nHelpers });
      }
    }
  }

  function buildHistogram(start: number, end: number, slot: number): void {
    if ((end - start) * nActive < LEAST_SHARED_WORK) {
      work.buildHistogram(start, end, slot);
      return;
    }
    ask(operation.buildHistogram, start, end, nActive);
    work.buildHistogram(...takePart(start, end, 0, nParts), slot);
    waitForAll();
    for (let helper = 0; helper < nHelpers; helper++) work.addHistogram(slot, layout.nSlots + helper);
  }

  /** Every thread parts its own run, in place; then the left samples of all runs are put before the right ones. */
  function partition(
    what: number,
    start: number,
    end: number,
    partRun: (start: number, end: number) => number,
    ...args: number[]
  ): number {
    if (end - start < LEAST_SHARED_SAMPLES) return partRun(start, end);
    ask(what, start, end, ...args);
    const lefts = [partRun(...takePart(start, end, 0, nParts))];
    waitForAll();
    for (let helper = 0; helper < nHelpers; helper++) lefts.push(words[word.results + helper]);
    return joinRuns(start, end, lefts);
  }

  function joinRuns(start: number, end: number, lefts: readonly number[]): number {
    const buffer = kernel.reserve(0);
    const indices = new Uint32Array(buffer, layout.indices, layout.nSamples);
    const held = new Uint32Array(buffer, layout.scratch, layout.nSamples);
    let nRight = 0;
    lefts.forEach((nLeft, part) => {
      const [from, to] = takePart(start, end, part, nParts);
      held.set(indices.subarray(from + nLeft, to), nRight);
      nRight += to - from - nLeft;
    });
    let next = start;
    lefts.forEach((nLeft, part) => {
      const [from] = takePart(start, end, part, nParts);
      indices.copyWithin(next, from, from + nLeft);
      next += nLeft;
    });
    indices.set(held.subarray(0, nRight), next);
    return next - start;
  }

  return {
    ...kernel,
    nThreads: nParts,
    bind: (newLayout, loss) => {
      layout = newLayout;
      kernel.bind(layout, loss);
      layoutFields.forEach((field, k) => (words[word.layout + k] = layout[field]));
      ask(operation.bind, nHelpers, layout.nSlots);
      waitForAll();
    },
    beginTree: (nBagged, constants) => {
      nActive = constants.nActive;
      kernel.beginTree(nBagged, constants);
    },
    close: () => {
      ask(operation.leave);
      waitForAll();
    },
  };
}
