import type { Effects, GetState, SetState } from './effects.ts';
import type { OpenedOutage, OutageSlice } from './explanation-state.ts';

export function createOutageSlice(set: SetState, get: GetState, effects: Effects): OutageSlice {
  const { trainingWorker, predictionWorker, today } = effects.services;

  /** Only of the outage that is still open. */
  function keep(row: number, found: Partial<OpenedOutage>): void {
    const { openedOutage } = get();
    if (openedOutage?.row === row) set({ openedOutage: { ...openedOutage, ...found } });
  }

  /** Null for an outage that the cleaning leaves out: there is no case of it. */
  async function answer(row: number, isLeftOut: boolean): Promise<OpenedOutage['answer']> {
    if (isLeftOut) return null;
    const datasetId = await effects.ensureDataset();
    const modelId = await effects.ensureModel(trainingWorker);
    const { cells, actual } = await trainingWorker.run('past-case', {
      datasetId,
      modelId,
      row,
      today: today(),
    });
    await effects.ensureModel(predictionWorker);
    const [prediction] = await predictionWorker.run('predict', { modelId, cases: [cells] });
    const explanation = await predictionWorker.run('explain-case', { modelId, cells });
    return prediction ? { cells, actual, prediction, explanation } : null;
  }

  return {
    openedOutage: null,

    openOutage: async (row) => {
      set({ openedOutage: { row, page: null, answer: null, replay: null } });
      try {
        const datasetId = await effects.ensureDataset();
        const page = await trainingWorker.run('table-page', {
          datasetId,
          view: 'file',
          rows: [row],
          from: 0,
          count: 1,
        });
        keep(row, { page });
        keep(row, { answer: await answer(row, page.leftOutBy[0] !== null) });
      } catch (thrown) {
        effects.report(thrown, 'predicting');
      }
    },

    closeOutage: () => set({ openedOutage: null }),

    replayOpenedOutage: async () => {
      const { openedOutage, model, dataset } = get();
      if (!openedOutage || !model?.result) return;
      const { row } = openedOutage;
      const { roles } = model.result;
      const unit = dataset?.unit;
      await effects.runWork('replaying', async (options) => {
        const datasetId = await effects.ensureDataset(options);
        const modelId = await effects.ensureModel(trainingWorker);
        const request = { datasetId, modelId, row, roles, today: today(), ...(unit && { unit }) };
        keep(row, { replay: await trainingWorker.run('replay-outage', request, options) });
      });
    },
  };
}
