import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Effects, GetState, SetState } from './effects.ts';
import type { ModelExplanation, ExplanationSlice } from './explanation-state.ts';

export function createExplanationSlice(set: SetState, get: GetState, effects: Effects): ExplanationSlice {
  const { trainingWorker, today } = effects.services;

  function keep(modelId: string, found: Partial<ModelExplanation>): void {
    const { explanation } = get();
    const before =
      explanation?.modelId === modelId
        ? explanation
        : { modelId, shares: null, effects: [], dataCurve: null };
    set({ explanation: { ...before, ...found } });
  }

  async function openBoth(options: RunOptions) {
    const datasetId = await effects.ensureDataset(options);
    const modelId = await effects.ensureModel(trainingWorker);
    return { datasetId, modelId, today: today() };
  }

  return {
    explanation: null,

    measureContributions: async () => {
      await effects.runWork('explaining', async (options) => {
        const asked = await openBoth(options);
        keep(asked.modelId, { shares: await trainingWorker.run('mean-contributions', asked, options) });
      });
    },

    measureEffects: async (columns) => {
      await effects.runWork('explaining', async (options) => {
        const asked = await openBoth(options);
        const found = await trainingWorker.run('column-effects', { ...asked, columns }, options);
        const { explanation } = get();
        const before = explanation?.modelId === asked.modelId ? explanation.effects : [];
        const others = before.filter(({ column }) => !columns.includes(column));
        keep(asked.modelId, { effects: [...others, ...found] });
      });
    },

    measureDataCurve: async () => {
      const result = get().model?.result;
      if (!result) return;
      await effects.runWork(
        'explaining',
        async (options) => {
          const asked = await openBoth(options);
          const unit = get().dataset?.unit;
          const { roles, settings } = result;
          const request = { ...asked, roles, settings, ...(unit && { unit }) };
          keep(asked.modelId, { dataCurve: await trainingWorker.run('data-curve', request, options) });
        },
        { canStop: true },
      );
    },
  };
}
