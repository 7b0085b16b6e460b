import { withinReach } from '#training/default-basis.ts';
import { createLogReader } from '#tuning/logged-trials.ts';
import { toTrainingSettings } from '#tuning/settings-space.ts';
import type { TrialEvent } from '#tuning/trial-log.ts';
import type { StudyRecord } from '#registry/records.ts';
import type { Effects } from './effects.ts';
import { createLearningRequest, listReach } from './learning-request.ts';
import type { GetState, SetState, StudyOnShow, TuningSlice } from './state.ts';

/** Trials are shown at most so often while they come. */
const REST_MS = 200;

export function createTuningSlice(set: SetState, get: GetState, effects: Effects): TuningSlice {
  /** Of the study on show, kept here too: there may be nothing else to keep it. */
  let log: TrialEvent[] = [];

  async function keep({ datasetId, id, request, result }: StudyOnShow): Promise<void> {
    const record: StudyRecord = { version: 1, datasetId, id, request, result };
    await effects.registry.save(['study'], (registry) => registry.saveStudy(record));
  }

  /** Of one that was refused before it began, nothing is left to go on with. */
  async function forget({ datasetId }: StudyOnShow): Promise<void> {
    set({ study: null });
    await effects.registry.save(['study'], (registry) => registry.removeStudy(datasetId));
  }

  /** Goes on from the log to the end, or as far as it is let. */
  async function search(study: StudyOnShow): Promise<void> {
    const reader = createLogReader();
    for (const event of log) reader.add(event);
    let shownAt = effects.now();
    const show = () => {
      shownAt = effects.now();
      set((state) =>
        state.study?.id === study.id ? { study: { ...state.study, logged: reader.read() } } : {},
      );
    };
    const record = async (told: object) => {
      const event = told as TrialEvent;
      log.push(event);
      reader.add(event);
      if (effects.now() - shownAt >= REST_MS) show();
      // Where it cannot be kept, the search goes on all the same, and the app says so.
      await effects.registry.save(['study'], (registry) => registry.openTrialLog(study.id).append(event));
    };
    await effects.work.run(
      'tuning',
      async (options) => {
        try {
          const datasetId = await effects.dataset.ensure(options);
          const request = { ...study.request, datasetId, events: [...log] };
          const result = await effects.run('tune', request, { ...options, record });
          const finished = { ...study, logged: reader.read(), result };
          await keep(finished);
          set({ study: finished });
        } finally {
          if (!get().study?.result) show();
          if (log.length === 0) await forget(study);
        }
      },
      { canStop: true },
    );
  }

  return {
    study: null,

    openStudy: async (datasetId) => {
      if (datasetId === get().study?.datasetId) return;
      set({ study: null });
      const kept = await effects.registry.read((registry) => registry.loadStudy(datasetId));
      if (!kept || get().dataset?.id !== datasetId || get().study) return;
      const events = await effects.registry.read((registry) => registry.openTrialLog(kept.id).read());
      if (get().dataset?.id !== datasetId || get().study) return;
      log = [...(events ?? [])];
      const reader = createLogReader();
      for (const event of log) reader.add(event);
      set({ study: { ...kept, logged: reader.read() } });
    },

    tune: async (asked) => {
      const { dataset, settings: chosen, study: before } = get();
      if (!dataset) return;
      const { id: datasetId, roles, preparation } = dataset;
      const settings = preparation ? withinReach(chosen, listReach(preparation)) : chosen;
      const learning = createLearningRequest({ roles, settings }, get(), effects.today());
      const nEarlierLooks = before?.datasetId === datasetId ? countLooks(before) : 0;
      const study: StudyOnShow = {
        datasetId,
        id: effects.createId(),
        request: { ...learning, ...asked, ...(nEarlierLooks > 0 && { nEarlierLooks }) },
        logged: null,
        result: null,
      };
      if (!get().work) {
        log = [];
        set({ study });
        await keep(study);
      }
      await search(study);
    },

    resumeStudy: async () => {
      const { study } = get();
      if (study && !study.result) await search(study);
    },

    takeFoundSettings: async () => {
      const found = get().study?.result;
      if (!found) return;
      get().setSettings(toTrainingSettings(found[found.chosen === 'tuned' ? 'best' : 'default'].settings));
      await get().train();
    },
  };
}

/** Searches on these data that have seen the test outages. */
function countLooks({ request, result }: StudyOnShow): number {
  return result ? result.outer.nEarlierLooks + 1 : (request.nEarlierLooks ?? 0);
}
