import { STAGING_BYTES, type KernelLayout } from '../kernel.ts';
import { layoutFields, writeLayout } from '../wasm-kernel.ts';
import { operation, ticket, waitForChange, word, type TeamLink } from './control.ts';
import { createSharedKernel, type SharedWork } from './shared-kernel.ts';

const growsNoTree: SharedWork = {
  buildHistogram: () => {},
  partitionNumbers: () => 0,
  partitionCategories: () => 0,
};

/**
 * Does a helper's parts until the team is closed, and only then returns: the thread reads no message
 * meanwhile. Between two operations it waits without using the processor. It may join at any time, also
 * in the middle of a fit.
 */
export function serveTeam({ memory, control, helper }: TeamLink): void {
  const { work } = createSharedKernel(memory, growsNoTree);
  const words = new Int32Array(control);
  const args = words.subarray(word.arguments);
  const mine = word.tickets + helper;
  let nBound = 0;
  /** Of the bound fit; those of the helpers come after them. */
  let nSlots = 0;

  function bind(): void {
    const fields = layoutFields.map((field, k) => [field, words[word.layout + k]]);
    const layout = Object.fromEntries(fields) as unknown as KernelLayout;
    const staging = layout.staging + (helper + 1) * STAGING_BYTES;
    writeLayout(memory, { ...layout, staging });
    work.bindLayout(staging);
    nBound = words[word.nBound];
    nSlots = layout.nSlots;
  }

  function perform(): number {
    if (nBound !== words[word.nBound]) bind();
    const start = words[word.ranges + 2 * helper];
    const end = words[word.ranges + 2 * helper + 1];
    switch (words[word.operation]) {
      case operation.buildHistogram:
        work.setTreeConstants(args[0], 0, 0);
        work.buildHistogram(start, end, nSlots + helper);
        return 0;
      case operation.partitionNumbers:
        return work.partitionNumbers(args[0], start, end, args[1], args[2]);
      default:
        return work.partitionCategories(args[0], start, end);
    }
  }

  Atomics.compareExchange(words, mine, ticket.absent, ticket.resting);
  for (;;) {
    const state = Atomics.compareExchange(words, mine, ticket.open, ticket.taken);
    if (state === ticket.closed) return;
    if (state !== ticket.open) {
      waitForChange(words, mine, state);
      continue;
    }
    let after: number = ticket.resting;
    try {
      words[word.results + helper] = perform();
    } catch {
      after = ticket.failed;
    }
    Atomics.compareExchange(words, mine, ticket.taken, after);
    Atomics.notify(words, mine);
    if (after === ticket.failed) return;
  }
}
