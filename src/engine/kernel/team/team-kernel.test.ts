import { afterAll, describe, expect, it } from 'vitest';
import { fitBoostingOn } from '../../boosting.ts';
import { ensembleToJson } from '../../ensemble-json.ts';
import type { FitInput } from '../../fit-input.ts';
import { defaultSettings, type BoostingSettings } from '../../settings.ts';
import { createNodeTeam } from '../../../../bench/engine/node-team.ts';
import { createProblem } from '../../testing/random-problem.ts';
import type { Kernel } from '../kernel.ts';
import { createWasmKernel } from '../wasm-kernel.ts';
import { sharedKernelSourceHash } from './shared-kernel-bytes.ts';
import { hashKernelSource } from '../../../../scripts/build-kernel.mjs';

function fitBytes(kernel: Kernel, input: FitInput, settings: BoostingSettings): string {
  const fit = fitBoostingOn(kernel, input, settings);
  let step = fit.next();
  while (!step.done) step = fit.next();
  return JSON.stringify(ensembleToJson(step.value));
}

// Large enough that histograms and partitions of the upper nodes are shared, small ones done alone.
const { features, target, weights } = createProblem({
  nSamples: 250_001,
  seed: 3,
  nExtra: 6,
  nCategories: 40,
});
const input: FitInput = { features, target, init: 'mean' };
const cases: [string, FitInput, Partial<BoostingSettings>][] = [
  ['squared error', input, {}],
  ['weights and a hessian', { ...input, sampleWeight: weights }, { loss: 'gamma' }],
  ['part of the samples and features', input, { subsample: 0.9, columnSubsample: 0.7 }],
  ['bins of two bytes', input, { maxBins: 400 }],
];
const alone = createWasmKernel()!;
const wanted = cases.map(([, problem, settings]) =>
  fitBytes(alone, problem, { ...defaultSettings, nIterations: 3, ...settings }),
);

describe.each([1, 2])('a team of this thread and %s more', (nHelpers) => {
  const team = createNodeTeam(nHelpers);
  afterAll(team.close);

  it.each(cases.map(([name], k) => [name, k] as const))('gives the bytes of one thread: %s', (_, k) => {
    const [, problem, settings] = cases[k]!;
    expect(fitBytes(team, problem, { ...defaultSettings, nIterations: 3, ...settings }) === wanted[k]).toBe(
      true,
    );
  });
});

describe('createTeamKernel', () => {
  it('refuses a team of none', () => {
    expect(() => createNodeTeam(0)).toThrow('nHelpers is 0');
  });

  it('has bytes of the present source (else: npm run build:kernel)', () => {
    expect(sharedKernelSourceHash).toBe(hashKernelSource());
  });
});
