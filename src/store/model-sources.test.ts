import { describe, expect, it } from 'vitest';
import { AppError } from '#base/errors.ts';
import type { JobName } from '#jobs/job-table.ts';
import type { JobRunner } from '#worker/client/job-runner.ts';
import { createAppStore } from './app-store.ts';
import { createInPlaceServices, type InPlaceServices } from './testing/in-place-services.ts';

const sample = { kind: 'simple', rows: 80, noise: 1, seed: 3 } as const;

/** A runner that writes down which jobs it was given. */
function listen(runner: JobRunner): { readonly runner: JobRunner; readonly jobs: JobName[] } {
  const jobs: JobName[] = [];
  return {
    jobs,
    runner: {
      ...runner,
      run: (job, request, options) => {
        jobs.push(job);
        return runner.run(job, request, options);
      },
    },
  };
}

async function openTrained(services: InPlaceServices, workers: Partial<InPlaceServices['workers']>) {
  const store = createAppStore({ ...services, workers: { ...services.workers, ...workers } });
  await store.getState().restore();
  await store.getState().openSample(sample);
  const { settings, setSettings } = store.getState();
  const quick = { ...settings.hyperparameters, nIterations: 10, minSamplesLeaf: 5 };
  setSettings({ folds: 2, hyperparameters: quick });
  await store.getState().train();
  return store;
}

describe('a model that was just trained', () => {
  it('is not read again where it was trained, until that worker had to start anew', async () => {
    const services = createInPlaceServices();
    const { runner: training, jobs } = listen(services.workers.training);
    const store = await openTrained(services, { training });
    await store.getState().evaluate();
    const evaluation = store.getState().evaluation;
    expect(evaluation?.mae).toBeGreaterThan(0);
    expect(jobs).not.toContain('open-model');

    services.killTrainingWorker();
    await store.getState().evaluate();
    expect(jobs.filter((job) => job === 'open-model')).toHaveLength(1);
    expect(store.getState().evaluation).toEqual(evaluation);
  });

  it('takes the place of the one before in both workers', async () => {
    const services = createInPlaceServices();
    const { runner: training, jobs } = listen(services.workers.training);
    const { runner: prediction, jobs: asked } = listen(services.workers.prediction);
    const store = await openTrained(services, { training, prediction });
    const first = store.getState().model?.id ?? '';
    await store.getState().train();
    for (const list of [jobs, asked]) expect(list.filter((job) => job === 'close-model')).toHaveLength(1);
    const request = { modelId: first, cases: [] };
    await expect(services.workers.prediction.run('predict', request)).rejects.toMatchObject({
      code: 'unknown-model',
    });
    // Not on show, but kept.
    expect((await services.registry.listModels()).map(({ id }) => id)).toContain(first);
  });

  it('is closed where its training ended at the moment it was cancelled', async () => {
    const services = createInPlaceServices();
    const left: string[] = [];
    const training: JobRunner = {
      ...services.workers.training,
      run: async (job, request, options) => {
        if (job !== 'train') return services.workers.training.run(job, request, options);
        // The worker is not told of the cancel: the training ends, and nobody waits for it.
        const { modelId } = request as { readonly modelId: string };
        left.push(modelId);
        await services.workers.training.run(job, request);
        store.getState().cancelWork();
        throw new AppError('cancelled', 'Cancelled by the user.');
      },
    };
    const store = createAppStore({ ...services, workers: { ...services.workers, training } });
    await store.getState().restore();
    await store.getState().openSample(sample);
    store.getState().setSettings({ folds: 2 });
    await store.getState().train();
    expect(store.getState()).toMatchObject({ problem: null, model: null });
    const today = services.today();
    const { dataset } = store.getState();
    const request = { datasetId: dataset?.id ?? '', modelId: left[0] ?? '', today };
    await expect(services.workers.training.run('evaluate', request)).rejects.toMatchObject({
      code: 'unknown-model',
    });
  });
});
