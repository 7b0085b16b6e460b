import type { PlanTarget } from '#planning/contract.ts';
import type { Effects } from './effects.ts';
import type { GetState, PlanningSlice, SetState } from './state.ts';
import { isTrainingData } from './training-data.ts';

/** The proof may take so long; the answer itself is there at once. */
const MAX_SECONDS = 20;

export function createPlanningSlice(set: SetState, get: GetState, effects: Effects): PlanningSlice {
  return {
    foundPlan: null,

    optimise: async (settings) => {
      const { scenario, model } = get();
      if (!scenario || !model) return;
      const { cells } = scenario;
      const { isTarget, atMost, least, ...asked } = settings;
      const target: PlanTarget | null = isTarget ? { atMost: { duration: atMost ?? 0 }, least } : null;
      await effects.work.run(
        'optimising',
        async (options) => {
          const { datasetId } = isTrainingData(get())
            ? await effects.openBoth(options)
            : { datasetId: undefined };
          const modelId = await effects.models.ensure('training');
          const answer = await effects.run(
            'optimise',
            {
              ...asked,
              modelId,
              ...(datasetId !== undefined && { datasetId }),
              subject: { cells },
              from: 'form',
              target,
              wantsFront: true,
              wantsDoubt: datasetId !== undefined,
              maxSeconds: MAX_SECONDS,
              today: effects.today(),
            },
            options,
          );
          set({ foundPlan: { modelId: model.id, settings, cells, answer } });
        },
        { canStop: true },
      );
    },
  };
}
