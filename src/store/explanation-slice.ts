import type { Effects } from './effects.ts';
import type { GetState, SetState } from './state.ts';
import type { ModelExplanation, ExplanationSlice } from './explanation-state.ts';
import { createLearningRequest } from './learning-request.ts';

export function createExplanationSlice(set: SetState, get: GetState, effects: Effects): ExplanationSlice {
  function keep(modelId: string, found: Partial<ModelExplanation>): void {
    const { explanation } = get();
    const before =
      explanation?.modelId === modelId
        ? explanation
        : { modelId, contributions: null, effects: [], dataCurve: null };
    set({ explanation: { ...before, ...found } });
  }

  return {
    explanation: null,

    measureContributions: async () => {
      await effects.work.run('explaining', async (options) => {
        const asked = await effects.openBoth(options);
        keep(asked.modelId, { contributions: await effects.run('mean-contributions', asked, options) });
      });
    },

    measureEffects: async (columns) => {
      await effects.work.run('explaining', async (options) => {
        const asked = await effects.openBoth(options);
        const found = await effects.run('column-effects', { ...asked, columns }, options);
        const { explanation } = get();
        const before = explanation?.modelId === asked.modelId ? explanation.effects : [];
        const others = before.filter(({ column }) => !columns.includes(column));
        keep(asked.modelId, { effects: [...others, ...found] });
      });
    },

    measureDataCurve: async () => {
      const result = get().model?.result;
      if (!result) return;
      await effects.work.run(
        'explaining',
        async (options) => {
          const asked = await effects.openBoth(options);
          const request = { ...asked, ...createLearningRequest(result, get(), asked.today) };
          keep(asked.modelId, { dataCurve: await effects.run('data-curve', request, options) });
        },
        { canStop: true },
      );
    },
  };
}
