import * as v from 'valibot';
import { settingsSchema } from '#training/result-schema.ts';
import type { DataDecisions } from '#registry/records.ts';
import { listReadingChoices } from './data-slice.ts';
import { listDecisions } from './decisions.ts';
import type { Effects } from './effects.ts';
import { toFactorsRecord } from './factors-record.ts';
import { type DatasetToOpen, keepDataset, openDataset } from './open-dataset.ts';
import type { ArrivalSlice, GetState, SetState } from './state.ts';

/** Data as they were, with what was decided about them. */
interface Before {
  readonly source: DatasetToOpen;
  readonly decisions: DataDecisions;
}

export function createArrivalSlice(set: SetState, get: GetState, effects: Effects): ArrivalSlice {
  let before: Before | null = null;

  function remember(): Before | null {
    const { dataset } = get();
    const source = effects.dataset.current;
    if (!dataset || !source || !(source.file.bytes instanceof Blob)) return null;
    const { id, overrides, factors } = source;
    const file = { name: dataset.name, bytes: source.file.bytes };
    return {
      source: { id, file, sample: dataset.sample, overrides, factors: toFactorsRecord(factors) },
      decisions: listDecisions(dataset),
    };
  }

  return {
    arrival: null,
    beforeArrival: null,

    previewArrival: async (file) => {
      set({ arrival: null });
      await effects.work.run('reading', async (options) => {
        const datasetId = await effects.dataset.ensure(options);
        const { dataset } = get();
        if (!dataset) return;
        const { roles, overrides } = dataset;
        const added = { name: file.name, bytes: file };
        const request = { datasetId, file: added, overrides: listReadingChoices(overrides), roles };
        set({ arrival: { name: file.name, merge: await effects.run('merge-file', request, options) } });
      });
    },

    acceptArrival: async () => {
      const { arrival, dataset } = get();
      if (!arrival || !dataset) return;
      const held = remember();
      await effects.work.run('reading', async (options) => {
        const { name, text } = arrival.merge.merged;
        const file = { name, bytes: new Blob([text], { type: 'text/csv' }) };
        const factors = held?.source.factors ?? null;
        const source = { id: effects.createId(), file, sample: null, overrides: {}, factors };
        // The rows that were there keep their places: what was decided about them holds, unless there are other columns.
        const decided = arrival.merge.hasSameColumns ? listDecisions(dataset) : null;
        await openDataset(set, get, effects, source, decided, options);
        await keepDataset(get, effects, file.bytes);
        before = held;
        set({ arrival: null, beforeArrival: held && { name: held.source.file.name } });
      });
    },

    dismissArrival: () => set({ arrival: null }),

    undoArrival: async () => {
      const held = before;
      if (!held) return;
      await effects.work.run('reading', async (options) => {
        await openDataset(set, get, effects, held.source, held.decisions, options);
        await keepDataset(get, effects, held.source.file.bytes);
        before = null;
        set({ beforeArrival: null });
      });
    },

    retrain: async () => {
      const { versions, setSettings, train, model } = get();
      const { state } = versions?.log ?? {};
      const champion = state?.versions.find(({ id }) => id === state.champion);
      const settings = v.safeParse(settingsSchema, champion?.facts.settings);
      // Rows given by hand are those of another file.
      if (settings.success && settings.output.split.kind !== 'rows') setSettings(settings.output);
      await train();
      const trained = get().model;
      if (!trained || trained.id === model?.id) return;
      const version = get().versions?.places.find(({ modelId }) => modelId === trained.id)?.id;
      if (version !== undefined && version !== state?.champion) await get().judgeVersion(version);
    },
  };
}
