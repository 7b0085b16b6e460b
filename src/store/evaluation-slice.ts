import type { Desk, SetState } from './desk.ts';
import type { EvaluationSlice } from './state.ts';

export function createEvaluationSlice(set: SetState, desk: Desk): EvaluationSlice {
  const { heavy, today } = desk.services;
  return {
    evaluation: null,

    evaluate: async () => {
      await desk.runWork('evaluating', async (options) => {
        const datasetId = await desk.ensureDataset(options);
        const modelId = await desk.ensureModel(heavy);
        set({ evaluation: await heavy.run('evaluate', { datasetId, modelId, today: today() }, options) });
      });
    },

    loadColumn: async (column, rows) => {
      const datasetId = await desk.ensureDataset();
      return heavy.run('column-values', { datasetId, column, rows });
    },

    exportPredictions: async (dialect) => {
      const datasetId = await desk.ensureDataset();
      const modelId = await desk.ensureModel(heavy);
      return heavy.run('export-predictions', { datasetId, modelId, dialect });
    },
  };
}
