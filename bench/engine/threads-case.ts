import { binFeatures } from '#engine/binning.ts';
import { fitBoostingOn } from '#engine/boosting.ts';
import { ensembleToJson } from '#engine/ensemble-json.ts';
import type { FitInput } from '#engine/fit-input.ts';
import type { Kernel } from '#engine/kernel/kernel.ts';
import type { TeamKernel } from '#engine/kernel/team/team-kernel.ts';
import { createWasmKernel } from '#engine/kernel/wasm-kernel.ts';
import { defaultSettings } from '#engine/settings.ts';
import { largeFits } from './cases.ts';
import { generateBenchmark } from './data.ts';
import type { Figure } from './figure.ts';

const THREADS = [2, 3];

/** One fit of each large case on several threads that share memory: time on the clock, and the same bytes or an error. */
export async function runThreads(
  startTeam: (nHelpers: number) => Promise<TeamKernel>,
  report: (figure: Figure) => void,
): Promise<void> {
  for (const { name, nSamples, nFeatures, nIterations, nRepeats } of largeFits.slice(1)) {
    const { features, target } = generateBenchmark(nSamples, nFeatures, 1);
    const input = { features, target, init: 'mean', binned: binFeatures(features, 255, 1) } as const;
    const alone = timeFit(createWasmKernel()!, input, nIterations, nRepeats);
    report({ name: `threads: ${name}, 1 thread`, value: alone.ms, unit: 'ms' });
    for (const nThreads of THREADS) {
      const team = await startTeam(nThreads - 1);
      const fit = timeFit(team, input, nIterations, nRepeats);
      team.close();
      if (fit.bytes !== alone.bytes) throw new Error(`${nThreads} threads gave another model than one.`);
      report({ name: `threads: ${name}, ${nThreads} threads, same bytes`, value: fit.ms, unit: 'ms' });
      report({ name: `threads: ${name}, 1 thread ÷ ${nThreads}`, value: alone.ms / fit.ms, unit: '' });
    }
  }
}

function timeFit(
  kernel: Kernel,
  input: FitInput,
  nIterations: number,
  nRepeats: number,
): { ms: number; bytes: string } {
  let ms = Infinity;
  for (let repeat = 0; ;) {
    const start = performance.now();
    const fit = fitBoostingOn(kernel, input, { ...defaultSettings, nIterations });
    let step = fit.next();
    while (!step.done) step = fit.next();
    ms = Math.min(ms, performance.now() - start);
    repeat += 1;
    if (repeat >= nRepeats) return { ms, bytes: JSON.stringify(ensembleToJson(step.value)) };
  }
}
