import type { Effects, GetState, SetState } from './effects.ts';
import type { CaseExplanationSlice } from './explanation-state.ts';

export function createCaseExplanationSlice(
  set: SetState,
  get: GetState,
  effects: Effects,
): CaseExplanationSlice {
  const { trainingWorker, predictionWorker, today } = effects.services;
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
        const modelId = await effects.ensureModel(predictionWorker);
        const explanation = await predictionWorker.run('explain-case', { modelId, cells }, { signal });
        if (!isCurrent()) return;
        set({ reasons: { cells, explanation, similar: null } });
        // The table is where it was read, and there it may wait for a training to yield.
        if (!get().dataset) return;
        const datasetId = await effects.ensureDataset({ signal });
        await effects.ensureModel(trainingWorker);
        const exceptRow = origin ? { exceptRow: origin.row } : {};
        const request = { modelId, datasetId, cells, today: today(), ...exceptRow };
        const similar = await trainingWorker.run('similar-cases', request, { signal });
        if (isCurrent()) set({ reasons: { cells, explanation, similar } });
      } catch (thrown) {
        if (!signal.aborted) effects.report(thrown, 'predicting');
      }
    },
  };
}
