import { AppError } from '#base/errors.ts';
import { throwIfCancelled } from '#base/job-context.ts';
import { MAX_MODEL_FILE_LENGTH } from '#models/model-file-schema.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { TextFile } from '#jobs/prediction/contract.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';
import type { Effects, GetState, SetState } from './effects.ts';
import { refreshStaleness } from './staleness.ts';
import { startScenario } from './scenario-slice.ts';
import type { TrainingSlice } from './state.ts';

/** The name a downloaded model bears; the date and the data's name are none of the model's business. */
const MODEL_FILE_NAME = 'modele-tranche.json';

interface ModelToAdopt {
  readonly id: string;
  readonly summary: ModelSummary;
  readonly result: TrainingResult | null;
  readonly text: string;
  readonly fromSample: boolean;
}

export function createTrainingSlice(set: SetState, get: GetState, effects: Effects): TrainingSlice {
  const { trainingWorker, createId, today } = effects.services;

  /** Saves a new model with its first scenario, then shows it; what could not be saved is shown as not saved. */
  async function adoptNewModel(model: ModelToAdopt, datasetId: string | null): Promise<void> {
    const { id, summary, result, text, fromSample } = model;
    const isOtherQuestion = get().model?.summary.target.unit !== summary.target.unit;
    const targetDuration = isOtherQuestion ? null : get().targetDuration;
    const typical = { cells: summary.features.map((feature) => feature.typical), origin: null };
    const isSaved = await effects.save((registry) =>
      registry.saveModel(
        { id, datasetId, summary, result, text, fromSample },
        { modelId: id, scenario: typical, reference: typical, targetDuration },
      ),
    );
    effects.adoptModel({ id, text });
    set({
      model: { id, summary, result, isStale: false, fromSample, isSaved },
      evaluation: null,
      secondOpinion: null,
      targetDuration,
    });
    set(refreshStaleness);
    await startScenario(set, get, effects, typical, typical);
  }

  function changeSettings(settings: TrainingSettings): void {
    set({ settings });
    void effects.save((registry) => registry.saveSettings(settings));
  }

  return {
    settings: defaultTrainingSettings,
    model: null,

    setSettings: (changes) => changeSettings({ ...get().settings, ...changes }),

    setHyperparameter: (name, value) => {
      const { settings } = get();
      changeSettings({
        ...settings,
        preset: 'custom',
        hyperparameters: { ...settings.hyperparameters, [name]: value },
      });
    },

    applyPreset: (preset) => changeSettings(withPreset(get().settings, preset)),

    train: async () => {
      await effects.runWork(
        'training',
        async (options) => {
          const datasetId = await effects.ensureDataset(options);
          const { dataset, settings } = get();
          if (!dataset) return;
          const { roles, sample, unit } = dataset;
          const id = createId();
          const request = { datasetId, modelId: id, roles, settings, today: today(), ...(unit && { unit }) };
          const { result, modelText: text } = await trainingWorker.run('train', request, options);
          // Minutes of work must not be lost with the other worker: this one can tell as well what was made.
          const summary = await effects
            .openModel({ id, text })
            .catch(() => effects.openModel({ id, text }, trainingWorker));
          // A cancel pressed while the model was being opened still leaves all as it was.
          if (options.signal) throwIfCancelled(options.signal);
          await adoptNewModel({ id, summary, result, text, fromSample: sample !== null }, datasetId);
        },
        { canStop: true },
      );
    },

    openModelFile: async (file) => {
      await effects.runWork('opening-model', async () => {
        if (file.size > MAX_MODEL_FILE_LENGTH) {
          throw new AppError('file-too-large', `${file.name} has ${file.size} bytes`, {
            name: file.name,
            bytes: file.size,
            limit: MAX_MODEL_FILE_LENGTH,
          });
        }
        const id = createId();
        const text = await file.text();
        const summary = await effects.openModel({ id, text });
        await adoptNewModel({ id, summary, result: null, text, fromSample: false }, null);
      });
    },

    exportModel: () => {
      const { model } = effects;
      if (!model) return Promise.reject(new AppError('unknown-model', 'No model is open.'));
      return Promise.resolve<TextFile>({ name: MODEL_FILE_NAME, text: model.text });
    },

    closeModel: async () => {
      effects.adoptModel(null);
      set({
        model: null,
        scenario: null,
        reference: null,
        evaluation: null,
        secondOpinion: null,
        targetDuration: null,
      });
      await effects.save((registry) => registry.closeModel());
    },
  };
}
