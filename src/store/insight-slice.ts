import type { RunOptions } from '#worker/client/job-runner.ts';
import type { Desk, GetState, SetState } from './desk.ts';
import type { Insights, InsightSlice } from './trust-state.ts';

export function createInsightSlice(set: SetState, get: GetState, desk: Desk): InsightSlice {
  const { heavy, today } = desk.services;

  function keep(modelId: string, found: Partial<Insights>): void {
    const { insights } = get();
    const before =
      insights?.modelId === modelId ? insights : { modelId, shares: null, effects: [], dataCurve: null };
    set({ insights: { ...before, ...found } });
  }

  async function openBoth(options: RunOptions) {
    const datasetId = await desk.ensureDataset(options);
    const modelId = await desk.ensureModel(heavy);
    return { datasetId, modelId, today: today() };
  }

  return {
    insights: null,

    measureShares: async () => {
      await desk.runWork('explaining', async (options) => {
        const asked = await openBoth(options);
        keep(asked.modelId, { shares: await heavy.run('mean-shares', asked, options) });
      });
    },

    measureEffects: async (columns) => {
      await desk.runWork('explaining', async (options) => {
        const asked = await openBoth(options);
        const found = await heavy.run('column-effects', { ...asked, columns }, options);
        const { insights } = get();
        const before = insights?.modelId === asked.modelId ? insights.effects : [];
        const others = before.filter(({ column }) => !columns.includes(column));
        keep(asked.modelId, { effects: [...others, ...found] });
      });
    },

    measureDataCurve: async () => {
      const result = get().model?.result;
      if (!result) return;
      await desk.runWork(
        'explaining',
        async (options) => {
          const asked = await openBoth(options);
          const unit = get().dataset?.unit;
          const { roles, settings } = result;
          const request = { ...asked, roles, settings, ...(unit && { unit }) };
          keep(asked.modelId, { dataCurve: await heavy.run('data-curve', request, options) });
        },
        { canStop: true },
      );
    },
  };
}
