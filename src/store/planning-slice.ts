import type { PlanTarget } from '#planning/contract.ts';
import type { Effects } from './effects.ts';
import { createLatestSignal } from './latest-signal.ts';
import type { GetState, PlanningSlice, SetState } from './state.ts';
import { isTrainingData } from './training-data.ts';

/** The proof may take so long; the answer itself is there at once. */
const MAX_SECONDS = 20;

export function createPlanningSlice(set: SetState, get: GetState, effects: Effects): PlanningSlice {
  const begin = createLatestSignal();
  return {
    foundPlan: null,
    judgedLevers: null,

    judgeLevers: async (levers) => {
      const { scenario, model, judgedLevers } = get();
      if (!scenario || !model || !isTrainingData(get())) return;
      const asked = JSON.stringify(levers);
      if (judgedLevers?.modelId === model.id && judgedLevers.asked === asked) return;
      const signal = begin();
      try {
        const both = await effects.openBoth({ signal });
        const request = { ...both, levers, cells: scenario.cells };
        const judged = await effects.run('judge-levers', request, { signal });
        if (!signal.aborted) set({ judgedLevers: { modelId: model.id, asked, levers: judged } });
      } catch (thrown) {
        if (!signal.aborted) effects.report(thrown, 'predicting');
      }
    },

    optimise: async (settings) => {
      const { scenario, model } = get();
      if (!scenario || !model) return;
      const { cells } = scenario;
      const { isTarget, atMost, end, least, ...asked } = settings;
      const wanted = end === undefined ? { duration: atMost ?? 0 } : { end };
      const target: PlanTarget | null = isTarget ? { atMost: wanted, least } : null;
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
