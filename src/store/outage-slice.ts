import type { Effects } from './effects.ts';
import { createOutageRequest } from './learning-request.ts';
import type { GetState, SetState } from './state.ts';
import type { OpenedOutage, OutageSlice } from './explanation-state.ts';

export function createOutageSlice(set: SetState, get: GetState, effects: Effects): OutageSlice {
  /** Only of the outage that is still open. */
  function keep(row: number, found: Partial<OpenedOutage>): void {
    const { openedOutage } = get();
    if (openedOutage?.row === row) set({ openedOutage: { ...openedOutage, ...found } });
  }

  /** Null for an outage that the cleaning leaves out: there is no case of it. */
  async function answer(row: number, isLeftOut: boolean): Promise<OpenedOutage['answer']> {
    if (isLeftOut) return null;
    const { cells, actual } = await effects.run('past-case', { ...(await effects.openBoth()), row });
    const modelId = await effects.models.ensure('prediction');
    const [prediction] = await effects.run('predict', { modelId, cases: [cells], from: 'file' });
    const explanation = await effects.run('explain-case', { modelId, cells, from: 'file' });
    return prediction ? { cells, actual, prediction, explanation } : null;
  }

  return {
    openedOutage: null,

    openOutage: async (row) => {
      set({ openedOutage: { row, page: null, answer: null, replay: null } });
      try {
        const datasetId = await effects.dataset.ensure();
        const page = await effects.run('table-page', {
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
      const { openedOutage, model } = get();
      const result = model?.result;
      if (!openedOutage || !result) return;
      const { row } = openedOutage;
      await effects.work.run('replaying', async (options) => {
        const both = await effects.openBoth(options);
        const request = { ...both, ...createOutageRequest(result, get(), both.today), row };
        keep(row, { replay: await effects.run('replay-outage', request, options) });
      });
    },
  };
}
