import type { Effects, SetState } from './effects.ts';
import type { EvaluationSlice } from './state.ts';

export function createEvaluationSlice(set: SetState, effects: Effects): EvaluationSlice {
  const { trainingWorker, today } = effects.services;
  return {
    evaluation: null,

    evaluate: async () => {
      await effects.runWork('evaluating', async (options) => {
        const datasetId = await effects.ensureDataset(options);
        const modelId = await effects.ensureModel(trainingWorker);
        set({
          evaluation: await trainingWorker.run('evaluate', { datasetId, modelId, today: today() }, options),
        });
      });
    },

    loadColumn: async (column, rows) => {
      const datasetId = await effects.ensureDataset();
      return trainingWorker.run('column-values', { datasetId, column, rows });
    },

    exportPredictions: async (dialect) => {
      const datasetId = await effects.ensureDataset();
      const modelId = await effects.ensureModel(trainingWorker);
      return trainingWorker.run('export-predictions', { datasetId, modelId, dialect });
    },
  };
}
