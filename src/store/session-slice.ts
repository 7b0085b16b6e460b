import type { KeptWork } from '#registry/records.ts';
import { openDataset } from './open-dataset.ts';
import type { Effects, GetState, SetState } from './effects.ts';
import { startScenario } from './scenario-slice.ts';
import type { SessionSlice } from './state.ts';

export function createSessionSlice(set: SetState, get: GetState, effects: Effects): SessionSlice {
  /** The model first: it is small, and the what-if form can be used while a large file is read again. */
  async function openModel({ model, scenario, secondOpinion }: KeptWork): Promise<void> {
    if (!model) return;
    const { id, text, result, fromSample } = model;
    try {
      // Opened anew and not as it was kept: what a form needs to know grows with the versions.
      const summary = await effects.openModel({ id, text });
      effects.adoptModel({ id, text });
      set({
        model: { id, summary, result, fromSample, isStale: false, isSaved: true },
        secondOpinion: secondOpinion?.secondOpinion ?? null,
        targetDuration: scenario?.targetDuration ?? null,
      });
      const typical = { cells: summary.features.map((feature) => feature.typical), origin: null };
      await startScenario(set, get, effects, scenario?.scenario ?? typical, scenario?.reference ?? typical);
    } catch (thrown) {
      effects.report(thrown, 'starting');
    }
  }

  async function openData({ dataset }: KeptWork): Promise<void> {
    if (!dataset) return;
    const { id, name, bytes, sample, overrides } = dataset;
    const source = { id, file: { name, bytes }, sample, overrides };
    await effects.runWork('reading', (options) => openDataset(set, get, effects, source, dataset, options));
  }

  return {
    isRestoring: true,
    work: null,
    problem: null,

    restore: async () => {
      try {
        const registry = await effects.openRegistry();
        const kept = await registry?.load();
        if (!kept) return;
        if (kept.settings) set({ settings: kept.settings });
        await openModel(kept);
        await openData(kept);
      } catch (thrown) {
        effects.report(thrown, 'starting');
      } finally {
        set({ isRestoring: false });
      }
    },

    stopWork: () => effects.endWork('stop'),
    cancelWork: () => effects.endWork('cancel'),
    dismissProblem: () => set({ problem: null }),
  };
}
