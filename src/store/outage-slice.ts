import type { Desk, GetState, SetState } from './desk.ts';
import type { OpenedOutage, OutageSlice } from './trust-state.ts';

export function createOutageSlice(set: SetState, get: GetState, desk: Desk): OutageSlice {
  const { heavy, live, today } = desk.services;

  /** Only of the outage that is still open. */
  function keep(row: number, found: Partial<OpenedOutage>): void {
    const { openedOutage } = get();
    if (openedOutage?.row === row) set({ openedOutage: { ...openedOutage, ...found } });
  }

  /** Null for an outage that the cleaning leaves out: there is no case of it. */
  async function answer(row: number, isLeftOut: boolean): Promise<OpenedOutage['answer']> {
    if (isLeftOut) return null;
    const datasetId = await desk.ensureDataset();
    const modelId = await desk.ensureModel(heavy);
    const { cells, actual } = await heavy.run('past-case', { datasetId, modelId, row, today: today() });
    await desk.ensureModel(live);
    const [prediction] = await live.run('predict', { modelId, cases: [cells] });
    const explanation = await live.run('explain-case', { modelId, cells });
    return prediction ? { cells, actual, prediction, explanation } : null;
  }

  return {
    openedOutage: null,

    openOutage: async (row) => {
      set({ openedOutage: { row, page: null, answer: null, replay: null } });
      try {
        const datasetId = await desk.ensureDataset();
        const page = await heavy.run('table-page', {
          datasetId,
          view: 'file',
          rows: [row],
          from: 0,
          count: 1,
        });
        keep(row, { page });
        keep(row, { answer: await answer(row, page.leftOutBy[0] !== null) });
      } catch (thrown) {
        desk.report(thrown, 'predicting');
      }
    },

    closeOutage: () => set({ openedOutage: null }),

    replayOpenedOutage: async () => {
      const { openedOutage, model, dataset } = get();
      if (!openedOutage || !model?.result) return;
      const { row } = openedOutage;
      const { roles } = model.result;
      const unit = dataset?.unit;
      await desk.runWork('replaying', async (options) => {
        const datasetId = await desk.ensureDataset(options);
        const modelId = await desk.ensureModel(heavy);
        const request = { datasetId, modelId, row, roles, today: today(), ...(unit && { unit }) };
        keep(row, { replay: await heavy.run('replay-outage', request, options) });
      });
    },
  };
}
