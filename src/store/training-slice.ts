import { AppError } from '#base/errors.ts';
import { MAX_MODEL_FILE_LENGTH } from '#models/model-text.ts';
import { withinReach } from '#training/default-basis.ts';
import { defaultTrainingSettings, withPreset } from '#training/training-settings.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { TextFile } from '#jobs/dataset/contract.ts';
import type { TrainingResult, TrainingSettings } from '#training/contract.ts';
import { checkForeignFile } from './check-foreign-file.ts';
import type { Effects } from './effects.ts';
import { type GetState, type SetState, type TrainingSlice } from './state.ts';
import { describeSubmission } from './describe-submission.ts';
import { refreshStaleness } from './staleness.ts';
import { createLearningRequest, listReach } from './learning-request.ts';
import { createDefaultCase, startScenario } from './scenario-slice.ts';

/** The name a downloaded model bears; the date and the data's name are none of the model's business. */
const MODEL_FILE_NAME = 'modele-tranche.json';

interface NewModel {
  readonly id: string;
  readonly summary: ModelSummary;
  readonly result: TrainingResult | null;
  readonly text: string;
  readonly fromSample: boolean;
}

export function createTrainingSlice(set: SetState, get: GetState, effects: Effects): TrainingSlice {
  const { createId, today } = effects;

  /**
   * Saves a new model, which is held, with its first scenario, then puts it on show; what could not be saved is shown as
   * not saved.
   */
  async function showNewModel(model: NewModel, datasetId: string | null): Promise<void> {
    const { id, summary, result, text, fromSample } = model;
    const before = get().model;
    const isOtherQuestion = before?.summary.target.unit !== summary.target.unit;
    const targetDuration = isOtherQuestion ? null : get().targetDuration;
    const first = createDefaultCase(summary, today());
    const { name, target, nTrainingRows, hash } = summary;
    const isInFile = result === null;
    const origin = { datasetId, fromSample, savedAt: today(), ...(isInFile && { isInFile }) };
    const entry = { id, name, target, nTrainingRows, hash, ...origin };
    const isSaved = await effects.registry.save(['model', 'scenario', 'second-opinion'], (registry) =>
      registry.saveModel(
        { ...entry, result, text },
        { modelId: id, scenario: first, reference: first, targetDuration },
        describeSubmission(model, get().language, today()),
      ),
    );
    set({
      model: { id, summary, result, isStale: false, fromSample, isSaved, isInFile },
      evaluation: null,
      secondOpinion: null,
      targetDuration,
      elapsed: null,
    });
    set(refreshStaleness);
    if (before) effects.models.release(before.id);
    await get().loadVersions();
    await startScenario(set, get, effects, first, first);
  }

  /** What ends the page ends it too, and the next visit says so. */
  async function noteTraining<Result>(train: () => Promise<Result>): Promise<Result> {
    effects.trainingNotes.begin(today());
    try {
      return await train();
    } finally {
      effects.trainingNotes.end();
    }
  }

  function changeSettings(settings: TrainingSettings): void {
    set({ settings });
    void effects.registry.save(['settings'], (registry) => registry.saveSettings(settings));
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
      await effects.work.run(
        'training',
        async (options) => {
          const datasetId = await effects.dataset.ensure(options);
          const { dataset, settings: chosen } = get();
          if (!dataset) return;
          // What was chosen for another file stays chosen, and is not asked of one that cannot follow.
          const { preparation } = dataset;
          const settings = preparation ? withinReach(chosen, listReach(preparation)) : chosen;
          const id = createId();
          const learning = createLearningRequest({ roles: dataset.roles, settings }, get(), today());
          const request = { datasetId, modelId: id, ...learning };
          const outcome = await noteTraining(() =>
            effects.models.orClose(id, () => effects.run('train', request, options)),
          );
          const { result, modelText: text, summary } = outcome;
          effects.models.holdTrained(text, summary);
          // Minutes of work must not be lost with the other worker: it is asked again when it is needed.
          await effects.models.open(id, 'prediction').catch(() => {});
          if (options.signal?.aborted) {
            // A cancel pressed while the model was being opened still leaves all as it was.
            effects.models.release(id);
            return;
          }
          await showNewModel({ id, summary, result, text, fromSample: dataset.sample !== null }, datasetId);
        },
        { canStop: true },
      );
    },

    openModelFile: async (file) => {
      await effects.work.run('opening-model', async (options) => {
        if (file.size > MAX_MODEL_FILE_LENGTH) {
          throw new AppError('file-too-large', `${file.name} has ${file.size} bytes`, {
            name: file.name,
            bytes: file.size,
            limit: MAX_MODEL_FILE_LENGTH,
          });
        }
        const id = createId();
        const text = await file.text();
        await checkForeignFile(effects, 'check-model', { text }, options);
        effects.models.hold(id, text);
        try {
          const summary = await effects.models.open(id, 'prediction');
          await showNewModel({ id, summary, result: null, text, fromSample: false }, null);
        } catch (thrown) {
          effects.models.release(id);
          throw thrown;
        }
      });
    },

    exportModel: async (): Promise<TextFile> => {
      const { model } = get();
      const text = effects.models.textOf(model?.id);
      if (model && !model.isInFile) {
        set({ model: { ...model, isInFile: true } });
        void effects.registry.save([], (registry) => registry.markInFile(model.id));
      }
      return { name: MODEL_FILE_NAME, text };
    },

    closeModel: async () => {
      const { model } = get();
      set({
        model: null,
        scenario: null,
        reference: null,
        evaluation: null,
        secondOpinion: null,
        targetDuration: null,
        elapsed: null,
      });
      if (model) effects.models.release(model.id);
      await effects.registry.save(['model', 'scenario', 'second-opinion'], (registry) =>
        registry.showModel(null),
      );
    },
  };
}
