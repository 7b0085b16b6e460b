import { STAGING_BYTES, type KernelLayout } from '../kernel.ts';
import { layoutFields } from '../wasm-kernel.ts';
import { operation, takePart, word, type TeamLink } from './control.ts';
import { createSharedKernel, type SharedWork } from './shared-kernel.ts';

const growsNoTree: SharedWork = {
  buildHistogram: () => {},
  partitionNumbers: () => 0,
  partitionCategories: () => 0,
};

const noLoss = { name: 'squaredError', quantile: 0, scale: 0, delta: 0 } as const;

/**
 * Does a helper's parts until the team is closed, and only then returns: the thread reads no message
 * meanwhile. Between two operations it waits without using the processor.
 */
export function serveTeam({ memory, control, helper }: TeamLink): void {
  const { bind: bindKernel, work } = createSharedKernel(memory, growsNoTree);
  const words = new Int32Array(control);
  const args = words.subarray(word.arguments);
  let nHelpers = 0;
  let nSlots = 0;

  function bind(): void {
    nHelpers = args[0];
    nSlots = args[1];
    const fields = layoutFields.map((field, k) => [field, words[word.layout + k]]);
    const layout = Object.fromEntries(fields) as unknown as KernelLayout;
    bindKernel({ ...layout, staging: layout.staging + (helper + 1) * STAGING_BYTES }, noLoss);
  }

  /** The first part is that of the thread that asks. */
  function perform(): number {
    const [start, end] = takePart(args[0], args[1], helper + 1, nHelpers + 1);
    switch (words[word.operation]) {
      case operation.bind:
        bind();
        return 0;
      case operation.buildHistogram:
        work.setTreeConstants(args[2], 0, 0);
        work.buildHistogram(start, end, nSlots + helper);
        return 0;
      case operation.partitionNumbers:
        return work.partitionNumbers(args[2], start, end, args[3], args[4]);
      case operation.partitionCategories:
        return work.partitionCategories(args[2], start, end);
      default:
        return 0;
    }
  }

  for (let nHeard = 0; ; nHeard++) {
    while (Atomics.load(words, word.asked) === nHeard) Atomics.wait(words, word.asked, nHeard);
    words[word.results + helper] = perform();
    Atomics.add(words, word.done, 1);
    Atomics.notify(words, word.done);
    if (words[word.operation] === operation.leave) return;
  }
}
