import type { Effects } from './effects.ts';
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
      const { datasetId, modelId, today } = await effects.openBoth();
      const settings = get().model?.result?.settings ?? null;
      return effects.run('export-predictions', { datasetId, modelId, dialect, refit: { today, settings } });
    },
  };
}
