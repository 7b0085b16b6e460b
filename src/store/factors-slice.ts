import { nameFactorValues } from '#data/factors/propose-factors.ts';
import type { FactorPlan } from '#data/factors/factor-plan.ts';
import { findJoinStep, toJoinStep } from '#data/recipe/join-step.ts';
import type { FactorsFile } from '#jobs/dataset/contract.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Effects } from './effects.ts';
import { toFactorsRecord } from './factors-record.ts';
import type { FactorsSlice, GetState, SetState } from './state.ts';

export function createFactorsSlice(set: SetState, get: GetState, effects: Effects): FactorsSlice {
  /** Reads it beside the outages, and joins it; a file that cannot be joined leaves the one before. */
  async function open(factors: FactorsFile, options: RunOptions): Promise<void> {
    const before = effects.dataset.current;
    if (!before || !get().dataset) return;
    const datasetId = await effects.dataset.ensure(options);
    const summary = await effects.run('read-factors', { datasetId, ...factors }, options);
    try {
      const plan = await propose({});
      effects.dataset.adopt({ ...before, factors });
      const { overrides } = factors;
      set(({ dataset }) => (dataset ? { dataset: { ...dataset, factors: { overrides, summary } } } : {}));
      await join(plan);
      await keep();
    } catch (thrown) {
      const back = before.factors ? { datasetId, ...before.factors } : null;
      await (back ? effects.run('read-factors', back, options) : effects.run('drop-factors', { datasetId }));
      throw thrown;
    }
  }

  async function propose(choices: Parameters<FactorsSlice['joinFactors']>[0]): Promise<FactorPlan> {
    const { dataset } = get();
    const roles = dataset?.preparation?.roles ?? dataset?.roles ?? [];
    return effects.run('propose-factors', { datasetId: await effects.dataset.ensure(), roles, choices });
  }

  async function join(plan: FactorPlan): Promise<void> {
    const { dataset, editRecipe } = get();
    if (!dataset) return;
    const step = toJoinStep(plan);
    const isThere = findJoinStep(dataset.recipe.present) !== undefined;
    await editRecipe({ kind: isThere ? 'replace' : 'add', step });
  }

  async function keep(): Promise<void> {
    const { dataset } = get();
    if (!dataset) return;
    const factors = toFactorsRecord(effects.dataset.current?.factors ?? null);
    await effects.registry.save(['data'], (registry) => registry.updateDataset(dataset.id, { factors }));
  }

  return {
    addFactors: async (file) => {
      await effects.work.run('reading', async (options) => {
        // A copy: the file on disk may change or vanish.
        const bytes = new Blob([await file.arrayBuffer()]);
        await open({ file: { name: file.name, bytes }, overrides: {} }, options);
      });
    },

    setFactorsDialect: async (overrides) => {
      await effects.work.run('reading', async (options) => {
        const factors = effects.dataset.current?.factors;
        if (factors) await open({ ...factors, overrides }, options);
      });
    },

    joinFactors: async (choices) => {
      try {
        await join(await propose(choices));
      } catch (thrown) {
        effects.report(thrown, 'preparing');
      }
    },

    setFactorValues: async (values) => {
      const { dataset } = get();
      const plan = dataset && findJoinStep(dataset.recipe.present)?.plan;
      if (!plan) return;
      const taken = dataset.summary.columns.map(({ name }) => name);
      await join({ ...plan, values: nameFactorValues(values, taken) });
    },

    dropFactors: async () => {
      const { dataset, editRecipe } = get();
      const source = effects.dataset.current;
      if (!dataset || !source) return;
      const step = findJoinStep(dataset.recipe.present);
      if (step) await editRecipe({ kind: 'remove', id: step.id });
      effects.dataset.adopt({ ...source, recipe: get().dataset?.recipe.present ?? null, factors: null });
      await effects.run('drop-factors', { datasetId: await effects.dataset.ensure() });
      set(({ dataset: now }) => (now?.id === dataset.id ? { dataset: { ...now, factors: null } } : {}));
      await keep();
    },
  };
}
