import { AppError, toAppError } from '#base/errors.ts';
import type { KeptModel, KeptWork, ReadProblem } from '#registry/records.ts';
import { openDataset } from './open-dataset.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type SessionSlice } from './state.ts';
import { createDefaultCase, startScenario } from './scenario-slice.ts';

export function createSessionSlice(set: SetState, get: GetState, effects: Effects): SessionSlice {
  /** Gives what could not be read of it, or kept it from opening. */
  async function openModel({
    model,
    scenario,
    secondOpinion,
    problems,
  }: KeptModel): Promise<readonly ReadProblem[]> {
    const { id, text, result, fromSample } = model;
    effects.models.hold(id, text);
    try {
      const summary = await effects.models.open(id, 'prediction');
      set({
        model: { id, summary, result, fromSample, isStale: false, isSaved: true },
        secondOpinion,
        targetDuration: scenario?.targetDuration ?? null,
        elapsed: scenario?.elapsed ?? null,
        planSettings: scenario?.plan ?? null,
      });
      const first = createDefaultCase(summary, effects.today());
      await startScenario(set, get, effects, scenario?.scenario ?? first, scenario?.reference ?? first);
      return problems;
    } catch (thrown) {
      effects.models.release(id);
      return [toAppError(thrown)];
    }
  }

  async function openData({ dataset }: KeptWork): Promise<void> {
    // A file that was dropped meanwhile takes its place.
    if (!dataset || get().work || get().dataset) return;
    const { id, name, bytes, sample, overrides } = dataset;
    const source = { id, file: { name, bytes }, sample, overrides };
    await effects.work.run('reading', (options) => openDataset(set, get, effects, source, dataset, options));
  }

  /** Told last, as the work of opening clears the problem on show; one that it met itself counts more. */
  function tell([first]: readonly ReadProblem[]): void {
    if (first && !get().problem) effects.report(new AppError(first.code, '', first.details), 'starting');
  }

  return {
    isRestoring: true,
    work: null,
    problem: null,

    restore: async () => {
      try {
        const registry = await effects.registry.open();
        const kept = await registry?.load();
        if (!kept) return;
        if (kept.settings) set({ settings: kept.settings });
        // The model first: it is small, and the what-if form can be used while a large file is read again.
        const problems = kept.model ? await openModel(kept.model) : [];
        await openData(kept);
        tell([...problems, ...kept.problems]);
      } catch (thrown) {
        effects.report(thrown, 'starting');
      } finally {
        set({ isRestoring: false });
      }
    },

    stopWork: () => effects.work.end('stop'),
    cancelWork: () => effects.work.end('cancel'),
    dismissProblem: () => set({ problem: null }),
  };
}
