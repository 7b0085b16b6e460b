import type { Desk, GetState, SetState } from './desk.ts';
import type { ChallengeSlice } from './trust-state.ts';

export function createChallengeSlice(set: SetState, get: GetState, desk: Desk): ChallengeSlice {
  const { heavy, challenger, today } = desk.services;
  return {
    challenge: null,

    runChallenger: async () => {
      const { model } = get();
      if (!model?.result) return;
      const { roles, settings, bestErrors = null, test } = model.result;
      await desk.runWork(
        'challenging',
        async (options) => {
          const datasetId = await desk.ensureDataset(options);
          const unit = get().dataset?.unit;
          const asked = {
            datasetId,
            roles,
            settings,
            today: today(),
            testRows: test.rows,
            ...(unit && { unit }),
          };
          const samples = await heavy.run('prepare-challenge', asked, options);
          try {
            const request = { samples, seed: settings.seed, bestErrors, test };
            const challenge = await challenger.run('fit-challenger', request, options);
            if (get().model?.id === model.id) set({ challenge });
            await desk.save((registry) => registry.saveChallenge({ modelId: model.id, challenge }));
          } finally {
            // It holds a copy of the table and tfjs, and may not be asked again.
            challenger.close();
          }
        },
        { canStop: true },
      );
    },
  };
}
