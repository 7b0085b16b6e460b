import { AppError, toAppError } from '#base/errors.ts';
import { readAsLearnt } from '#jobs/dataset/read-as-learnt.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import type { ForecastRecord } from '#registry/records.ts';
import type { Effects } from './effects.ts';
import type { ForecastSlice, ForecastState, GetState, ModelOnShow, SetState } from './state.ts';

export function createForecastSlice(set: SetState, get: GetState, effects: Effects): ForecastSlice {
  async function answer(source: ForecastRecord): Promise<void> {
    await effects.work.run('predicting-file', (options) => openForecast(set, get, effects, source, options));
    await keep();
  }

  async function keep(): Promise<void> {
    const { forecast } = get();
    await effects.registry.save(['forecast'], (registry) =>
      registry.saveForecast(forecast && toRecord(forecast)),
    );
  }

  return {
    forecast: null,

    predictFile: (file) => answer({ id: effects.createId(), name: file.name, bytes: file, overrides: {} }),

    setForecastDialect: async (overrides) => {
      const { forecast } = get();
      if (forecast) await answer({ ...toRecord(forecast), overrides });
    },

    predictFileAgain: async () => {
      const { forecast } = get();
      if (forecast) await answer(toRecord(forecast));
    },

    closeForecast: async () => {
      set({ forecast: null });
      await keep();
    },
  };
}

function toRecord({ id, name, bytes, overrides }: ForecastRecord): ForecastRecord {
  return { id, name, bytes, overrides };
}

/**
 * Reads a file of outages to come as the model on show learnt to read, and has it predicted. The table is closed again:
 * the answers stand in the page. What a file lacks for the model is shown with it.
 */
export async function openForecast(
  set: SetState,
  get: GetState,
  effects: Effects,
  { id, name, bytes, overrides: said }: ForecastRecord,
  options: RunOptions,
): Promise<void> {
  const { model } = get();
  if (!model) throw new AppError('unknown-model', 'No model is open.');
  await readForecast(effects, model, { name, bytes, overrides: said }, options, async (read) => {
    const { datasetId, summary, isAsLearnt } = read;
    const modelId = await effects.models.ensure('training');
    const base = { id, name, bytes, overrides: said, summary, isAsLearnt, modelId };
    try {
      const request = { datasetId, modelId, today: effects.today() };
      const found = await effects.run('predict-file', request, options);
      set({ forecast: { ...base, answer: found, problem: null } });
    } catch (thrown) {
      const { code, details } = toAppError(thrown);
      if (code === 'cancelled') throw thrown;
      set({ forecast: { ...base, answer: null, problem: { code, details } } });
    }
  });
}

type ReadForecast = Pick<ForecastState, 'summary' | 'isAsLearnt'> & { readonly datasetId: string };

/** Opens a file of outages to come in the training worker, as the model learnt to read, for as long as `task` takes. */
export async function readForecast(
  effects: Effects,
  model: ModelOnShow,
  { name, bytes, overrides: said }: Pick<ForecastRecord, 'name' | 'bytes' | 'overrides'>,
  options: RunOptions,
  task: (read: ReadForecast) => Promise<void>,
): Promise<void> {
  const datasetId = effects.createId();
  try {
    const read = await readAsLearnt(model.summary, said, (overrides) =>
      effects.run('read-dataset', { datasetId, file: { name, bytes }, overrides }, options),
    );
    await task({ ...read, datasetId });
  } finally {
    effects.run('close-dataset', { datasetId }).catch(() => {});
  }
}
