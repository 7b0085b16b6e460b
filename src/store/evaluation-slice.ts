import type { Effects } from './effects.ts';
import { isTrainingData } from './training-data.ts';
import { type GetState, type SetState, type EvaluationSlice } from './state.ts';

export function createEvaluationSlice(set: SetState, get: GetState, effects: Effects): EvaluationSlice {
  return {
    evaluation: null,

    evaluate: async () => {
      await effects.work.run('evaluating', async (options) => {
        set({ evaluation: await effects.run('evaluate', await effects.openBoth(options), options) });
      });
    },

    loadColumn: async (column, rows) => {
      const datasetId = await effects.dataset.ensure();
      return effects.run('column-values', { datasetId, column, rows });
    },

    exportPredictions: async (dialect) => {
      const both = await effects.openBoth();
      const settings = get().model?.result?.settings ?? null;
      const request = { ...both, dialect, refit: { settings }, isTrainingData: isTrainingData(get()) };
      return effects.run('export-predictions', request);
    },
  };
}
