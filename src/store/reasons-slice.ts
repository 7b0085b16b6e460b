import type { Desk, GetState, SetState } from './desk.ts';
import type { ReasonsSlice } from './trust-state.ts';

export function createReasonsSlice(set: SetState, get: GetState, desk: Desk): ReasonsSlice {
  const { heavy, live, today } = desk.services;
  let running = new AbortController();

  return {
    reasons: null,

    explainScenario: async (cells) => {
      running.abort();
      running = new AbortController();
      const { signal } = running;
      const { scenario } = get();
      if (scenario?.cells !== cells) return;
      const { origin } = scenario;
      const isCurrent = () => !signal.aborted && get().scenario?.cells === cells;
      try {
        const modelId = await desk.ensureModel(live);
        const explanation = await live.run('explain-case', { modelId, cells }, { signal });
        if (!isCurrent()) return;
        set({ reasons: { cells, explanation, similar: null } });
        // The table is where it was read, and there it may wait for a training to breathe.
        if (!get().dataset) return;
        const datasetId = await desk.ensureDataset({ signal });
        await desk.ensureModel(heavy);
        const exceptRow = origin ? { exceptRow: origin.row } : {};
        const request = { modelId, datasetId, cells, today: today(), ...exceptRow };
        const similar = await heavy.run('similar-cases', request, { signal });
        if (isCurrent()) set({ reasons: { cells, explanation, similar } });
      } catch (thrown) {
        if (!signal.aborted) desk.report(thrown, 'predicting');
      }
    },
  };
}
