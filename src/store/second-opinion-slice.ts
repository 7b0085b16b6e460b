import type { Effects, GetState, SetState } from './effects.ts';
import type { SecondOpinionSlice } from './explanation-state.ts';

export function createSecondOpinionSlice(set: SetState, get: GetState, effects: Effects): SecondOpinionSlice {
  const { trainingWorker, secondOpinion, today } = effects.services;
  return {
    secondOpinion: null,

    runSecondOpinion: async () => {
      const { model } = get();
      if (!model?.result) return;
      const { roles, settings, bestErrors = null, test } = model.result;
      await effects.runWork(
        'challenging',
        async (options) => {
          const datasetId = await effects.ensureDataset(options);
          const unit = get().dataset?.unit;
          const asked = {
            datasetId,
            roles,
            settings,
            today: today(),
            testFileRows: test.rows,
            ...(unit && { unit }),
          };
          const samples = await trainingWorker.run('prepare-second-opinion', asked, options);
          try {
            const request = { samples, seed: settings.seed, bestErrors, test };
            const said = await secondOpinion.run('fit-second-opinion', request, options);
            if (get().model?.id === model.id) set({ secondOpinion: said });
            await effects.save((registry) =>
              registry.saveSecondOpinion({ modelId: model.id, secondOpinion: said }),
            );
          } finally {
            // It holds a copy of the table and tfjs, and may not be asked again.
            secondOpinion.close();
          }
        },
        { canStop: true },
      );
    },
  };
}
