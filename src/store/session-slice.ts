import { AppError } from '#base/errors.ts';
import type { KeptWork, ReadProblem } from '#registry/records.ts';
import { createHearing } from './hear-other-tabs.ts';
import { openForecast } from './forecast-slice.ts';
import { openDataset } from './open-dataset.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type SessionSlice } from './state.ts';
import { openKeptModel } from './open-kept-model.ts';

export function createSessionSlice(set: SetState, get: GetState, effects: Effects): SessionSlice {
  async function openData({ dataset }: KeptWork): Promise<void> {
    // A file that was dropped meanwhile takes its place.
    if (!dataset || get().work || get().dataset) return;
    const { id, name, bytes, sample, overrides, factors } = dataset;
    const source = { id, file: { name, bytes }, sample, overrides, factors };
    await effects.work.run('reading', (options) => openDataset(set, get, effects, source, dataset, options));
  }

  async function findInterruption(): Promise<readonly ReadProblem[]> {
    const at = await effects.trainingNotes.takeInterrupted();
    return at === null ? [] : [{ code: 'training-interrupted', details: {} }];
  }

  async function openKeptForecast({ forecast }: KeptWork): Promise<void> {
    if (!forecast || !get().model || get().work || get().forecast) return;
    const { problem } = get();
    await effects.work.run('predicting-file', (options) =>
      openForecast(set, get, effects, forecast, options),
    );
    if (problem && !get().problem) set({ problem });
  }

  /** Told last, as the work of opening clears the problem on show; one that it met itself counts more. */
  function tell([first]: readonly ReadProblem[]): void {
    if (first && !get().problem) effects.report(new AppError(first.code, '', first.details), 'starting');
  }

  /** The model first: it is small, and the what-if form can be used while a large file is read again. */
  async function openAll(kept: KeptWork): Promise<readonly ReadProblem[]> {
    if (kept.settings) set({ settings: kept.settings });
    const problems = kept.model ? await openKeptModel(set, get, effects, kept.model) : [];
    await openData(kept);
    await openKeptForecast(kept);
    return [...problems, ...kept.problems];
  }

  return {
    isRestoring: true,
    work: null,
    problem: null,
    recovery: null,
    heard: null,

    restore: async () => {
      try {
        const registry = await effects.registry.open(createHearing(set, get, effects));
        const kept = await registry?.load();
        if (!kept) return;
        set({ recovery: kept.recovery });
        await get().loadVersions();
        await get().loadLedger();
        tell([...(await openAll(kept)), ...(await findInterruption())]);
      } catch (thrown) {
        effects.report(thrown, 'starting');
      } finally {
        set({ isRestoring: false });
      }
    },

    openKept: async () => {
      try {
        const kept = await effects.registry.read((registry) => registry.load());
        if (kept) tell(await openAll(kept));
      } catch (thrown) {
        effects.report(thrown, 'starting');
      }
    },

    stopWork: () => effects.work.end('stop'),
    cancelWork: () => effects.work.end('cancel'),
    dismissProblem: () => set({ problem: null }),
    dismissRecovery: () => set({ recovery: null }),
    dismissHeard: () => set({ heard: null }),
  };
}
