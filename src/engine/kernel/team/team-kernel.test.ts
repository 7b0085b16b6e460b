import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fitBoostingOn, fitBoostingToEnd } from '../../boosting.ts';
import { ensembleToJson } from '../../ensemble-json.ts';
import type { FitInput } from '../../fit-input.ts';
import { defaultSettings, type BoostingSettings } from '../../settings.ts';
import type { TreeEnsemble } from '../../tree-ensemble.ts';
import { startNodeTeam } from '../../../../bench/engine/node-team.ts';
import { createProblem } from '../../testing/random-problem.ts';
import { lendTeams, type TeamLender } from '../kernel-pool.ts';
import type { Kernel } from '../kernel.ts';
import { createWasmKernel } from '../wasm-kernel.ts';
import { ticket, word, type TeamLink } from './control.ts';
import { sharedKernelSourceHash } from './shared-kernel-bytes.ts';
import { createTeamKernel, type TeamKernel } from './team-kernel.ts';
import { hashKernelSource } from '../../../../scripts/build-kernel.mjs';

function toBytes(ensemble: TreeEnsemble): string {
  return JSON.stringify(ensembleToJson(ensemble));
}

function fitBytes(
  kernel: Kernel,
  input: FitInput,
  settings: BoostingSettings,
  onStep: (step: number) => void = () => {},
): string {
  const fit = fitBoostingOn(kernel, input, settings);
  for (let n = 0; ; n++) {
    const step = fit.next();
    if (step.done) return toBytes(step.value);
    onStep(n);
  }
}

// Large enough that histograms and partitions of the upper nodes are shared, small ones done alone.
const { features, target, weights } = createProblem({
  nSamples: 250_001,
  seed: 3,
  nExtra: 6,
  nCategories: 40,
});
const input: FitInput = { features, target, init: 'mean' };
const settings = { ...defaultSettings, nIterations: 3 };
const cases: [string, FitInput, Partial<BoostingSettings>][] = [
  ['squared error', input, {}],
  ['weights and a hessian', { ...input, sampleWeight: weights }, { loss: 'gamma' }],
  ['part of the samples and features', input, { subsample: 0.9, columnSubsample: 0.7 }],
  ['bins of two bytes', input, { maxBins: 400 }],
];
const alone = createWasmKernel()!;
const wanted = cases.map(([, problem, changes]) => fitBytes(alone, problem, { ...settings, ...changes }));
const [plain] = wanted;

describe.each([1, 2])('a team of this thread and %s more', (nHelpers) => {
  let team: TeamKernel;
  beforeAll(async () => void (team = await startNodeTeam(nHelpers)));
  afterAll(() => team.close());

  it.each(cases.map(([name], k) => [name, k] as const))('gives the bytes of one thread: %s', (_, k) => {
    const [, problem, changes] = cases[k]!;
    const before = team.countHelped();
    expect(fitBytes(team, problem, { ...settings, ...changes }) === wanted[k]).toBe(true);
    expect(team.countHelped()).toBeGreaterThan(before);
  });

  it('goes on alone when its helpers leave in the middle of a fit', () => {
    let nHelped = 0;
    const onStep = (step: number) => {
      if (step !== 2) return;
      team.close();
      nHelped = team.countHelped();
    };
    expect(fitBytes(team, input, settings, onStep) === plain).toBe(true);
    expect(team.countHelped()).toBe(nHelped);
  });
});

describe('a team whose helpers are of no use', () => {
  const words = ({ control }: TeamLink) => new Int32Array(control);

  it('works alone while nobody has joined, and asks no more helpers than have a core', async () => {
    const team = createTeamKernel(2, () => {});
    expect(fitBytes(team, input, settings) === plain).toBe(true);
    const busy = createTeamKernel(1, join, { countFree: () => 0 });
    expect(fitBytes(busy, input, settings) === plain).toBe(true);
    expect(team.countHelped() + busy.countHelped()).toBe(0);
  });

  it('does itself what a helper that is there never begins', () => {
    const team = createTeamKernel(1, join);
    expect(team.countHelpers()).toBe(1);
    expect(fitBytes(team, input, settings) === plain).toBe(true);
    expect(team.countHelped()).toBe(0);
  });

  it('fits again on one thread when a helper died with a part in its hands', async () => {
    const { lender, given } = lend(createTeamKernel(1, startDoomed, { patienceMs: 300 }));
    lendTeams(lender);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(toBytes(fitBoostingToEnd(input, settings)) === plain).toBe(true);
    expect(given).toEqual([true]);
    lendTeams(null);
  });

  /** Says that it is there, and is not. */
  function join(link: TeamLink): void {
    Atomics.store(words(link), word.tickets + link.helper, ticket.resting);
  }

  /** A thread that takes the first part it is offered, and ends. */
  function startDoomed(link: TeamLink): void {
    const code = `
      const { control, place, resting, open, taken } = require('node:worker_threads').workerData;
      const words = new Int32Array(control);
      Atomics.store(words, place, resting);
      while (Atomics.compareExchange(words, place, open, taken) !== open) Atomics.wait(words, place, resting, 1);`;
    const place = word.tickets + link.helper;
    void new Worker(code, { eval: true, workerData: { control: link.control, place, ...ticket } });
  }
});

describe('a lent team', () => {
  it('is for large fits, and given back', async () => {
    const team = await startNodeTeam(1);
    const { lender, given } = lend(team);
    lendTeams(lender);
    expect(toBytes(fitBoostingToEnd(input, settings)) === plain).toBe(true);
    expect(given).toEqual([false]);
    const small = createProblem({ nSamples: 2000, seed: 1, nExtra: 6, nCategories: 4 });
    fitBoostingToEnd({ features: small.features, target: small.target, init: 'mean' }, settings);
    // What tells of its leaves cannot be begun again.
    fitBoostingToEnd({ ...input, onLeaf: () => {} }, settings);
    expect(given).toEqual([false]);
    lendTeams(null);
    expect(toBytes(fitBoostingToEnd(input, settings)) === plain).toBe(true);
    expect(given).toEqual([false]);
    team.close();
  });
});

function lend(team: TeamKernel): { lender: TeamLender; given: boolean[] } {
  const given: boolean[] = [];
  return { lender: { take: () => team, giveBack: (_, hasFailed) => given.push(hasFailed) }, given };
}

describe('createTeamKernel', () => {
  it('refuses a team of none', () => {
    expect(() => createTeamKernel(0, () => {})).toThrow('nHelpers is 0');
  });

  it('has bytes of the present source (else: npm run build:kernel)', () => {
    expect(sharedKernelSourceHash).toBe(hashKernelSource());
  });
});
