import type { Effects } from './effects.ts';
import type { SecondOpinionSlice } from './explanation-state.ts';
import { createLearningRequest } from './learning-request.ts';
import type { GetState, SetState } from './state.ts';

export function createSecondOpinionSlice(set: SetState, get: GetState, effects: Effects): SecondOpinionSlice {
  return {
    secondOpinion: null,

    runSecondOpinion: async () => {
      const { model } = get();
      if (!model?.result) return;
      const { result, id: modelId } = model;
      const { settings, bestErrors, test } = result;
      await effects.work.run(
        'second-opinion',
        async (options) => {
          const datasetId = await effects.dataset.ensure(options);
          const learning = createLearningRequest(result, get(), effects.today());
          const asked = { datasetId, ...learning, testFileRows: test.rows };
          const samples = await effects.run('prepare-second-opinion', asked, options);
          try {
            const request = { samples, seed: settings.seed, bestErrors, test };
            const secondOpinion = await effects.run('fit-second-opinion', request, options);
            if (get().model?.id === modelId) set({ secondOpinion });
            await effects.registry.save(['second-opinion'], (registry) =>
              registry.saveSecondOpinion({ modelId, secondOpinion }),
            );
          } finally {
            // It holds a copy of the table and tfjs, and may not be asked again.
            effects.endWorker('second-opinion');
          }
        },
        { canStop: true },
      );
    },
  };
}
