import { STAGING_BYTES, type KernelLayout } from '../kernel.ts';
import { layoutFields } from '../wasm-kernel.ts';
import { operation, ticket, waitForChange, word, type TeamLink } from './control.ts';
import { createSharedKernel } from './shared-kernel.ts';

/**
 * Does a helper's parts until the team is closed, and only then returns: the thread reads no message
 * meanwhile. Between two operations it waits without using the processor. It may join at any time, also
 * in the middle of a fit.
 */
export function serveTeam({ memory, control, helper }: TeamLink): void {
  const kernel = createSharedKernel(memory);
  const words = new Int32Array(control);
  const args = words.subarray(word.arguments);
  const mine = word.tickets + helper;
  let nBound = 0;

  function bind(): void {
    const fields = layoutFields.map((field, k) => [field, words[word.layout + k]]);
    const layout = Object.fromEntries(fields) as unknown as KernelLayout;
    kernel.bind({ ...layout, staging: layout.staging + (helper + 1) * STAGING_BYTES });
    nBound = words[word.nBound];
  }

  function perform(): number {
    if (nBound !== words[word.nBound]) bind();
    const start = words[word.ranges + 2 * helper];
    const end = words[word.ranges + 2 * helper + 1];
    switch (words[word.operation]) {
      case operation.buildHistogram:
        kernel.beginTree({ nActive: args[0], l2: 0, categorySmoothing: 0 });
        kernel.buildHistogram(start, end, words[word.nSlots] + helper);
        return 0;
      case operation.partitionNumbers:
        return kernel.partitionNumbers(args[0], start, end, args[1], args[2]);
      default:
        return kernel.partitionCategories(args[0], start, end);
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
