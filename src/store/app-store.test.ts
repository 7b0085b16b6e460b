import { describe, expect, it, vi } from 'vitest';
import { createAppStore } from './app-store.ts';
import { AppError } from '#base/errors.ts';
import { createInPlaceServices, type InPlaceServices } from './testing/in-place-services.ts';

const sample = { kind: 'simple', rows: 80, noise: 1, seed: 3 } as const;

/** Small enough to train in a moment. */
const quick = { nIterations: 10, minSamplesLeaf: 5 };

/** Patient: the machine may be busy with other tests. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 30_000, interval: 2 });

async function openStore(services: InPlaceServices = createInPlaceServices()) {
  const store = createAppStore(services);
  await store.getState().restore();
  const { settings, setSettings } = store.getState();
  setSettings({ folds: 2, hyperparameters: { ...settings.hyperparameters, ...quick } });
  return { store, services };
}

async function openTrained(services?: InPlaceServices) {
  const opened = await openStore(services);
  await opened.store.getState().openSample(sample);
  await opened.store.getState().train();
  return opened;
}

describe('store', () => {
  it('opens a sample, says what it holds, and trains a model that answers', async () => {
    const { store } = await openTrained();
    const { dataset, model, scenario, problem, work } = store.getState();
    expect(problem).toBeNull();
    expect(work).toBeNull();
    expect(dataset).toMatchObject({
      sample,
      preparation: { nKept: 80, problem: null, target: { name: 'Durée' } },
    });
    expect(model).toMatchObject({ isStale: false, isSaved: true, fromSample: true });
    expect(model?.result?.models.map(({ name }) => name)).toContain('median');
    expect(scenario?.prediction?.value).toBeTypeOf('number');
  });

  it('answers each change of a cell, the last one last', async () => {
    const { store } = await openTrained();
    const features = store.getState().model?.summary.features ?? [];
    const position = features.findIndex(({ name }) => name === 'Complexité');
    const answerOf = async (value: number) => {
      store.getState().setCell(position, value);
      const before = store.getState().scenario?.prediction;
      await eventually(() => expect(store.getState().scenario?.prediction).not.toBe(before));
      return store.getState().scenario?.prediction?.value ?? NaN;
    };
    const easy = await answerOf(1);
    const hard = await answerOf(9);
    expect(hard).toBeGreaterThan(easy + 5);
    for (const value of [2, 5, 7, 1]) store.getState().setCell(position, value);
    await eventually(() => expect(store.getState().scenario?.prediction?.value).toBe(easy));
    expect(store.getState().reference?.prediction?.value).not.toBe(easy);
  });

  it('answers a past outage without having learnt it, until something is changed', async () => {
    const { store } = await openTrained();
    await store.getState().startFromOutage(7);
    const { scenario, reference } = store.getState();
    expect(scenario?.prediction).toMatchObject({ isUnseen: true, learnt: 'yes' });
    expect(reference?.prediction).toEqual(scenario?.prediction);
    expect(scenario?.unseenCurve?.points.length).toBeGreaterThan(10);
    store.getState().setCell(1, 9);
    await eventually(() => expect(store.getState().scenario?.prediction?.isUnseen).toBeUndefined());
    store.getState().resetScenario();
    expect(store.getState().scenario?.prediction?.isUnseen).toBe(true);
  });

  it('has everything back after the tab was closed', async () => {
    const { store, services } = await openTrained();
    const position =
      store.getState().model?.summary.features.findIndex(({ name }) => name === 'Effectif') ?? -1;
    store.getState().setCell(position, 11);
    store.getState().setAsReference();
    store.getState().setTargetDuration(25);
    store.getState().setElapsed(3);
    await store.getState().setRole('Ressources_Disponibles', 'ignore');
    await eventually(async () =>
      expect((await services.registry.load()).model?.scenario?.scenario.cells[position]).toBe(11),
    );
    const answer = store.getState().scenario?.prediction?.value;

    const again = createAppStore(createInPlaceServices(services.registry));
    expect(again.getState().isRestoring).toBe(true);
    await again.getState().restore();
    const state = again.getState();
    expect(state).toMatchObject({ isRestoring: false, problem: null, settings: { folds: 2 } });
    expect(state.dataset?.summary.nRows).toBe(80);
    expect(state.dataset?.roles.find(({ column }) => column === 'Ressources_Disponibles')?.role).toBe(
      'ignore',
    );
    expect(state.scenario?.cells[position]).toBe(11);
    expect(state.reference).toMatchObject({ isOwn: true, origin: null });
    expect(state).toMatchObject({ targetDuration: 25, elapsed: 3 });
    expect(state.scenario?.prediction?.remaining?.elapsed).toBe(3);
    expect(state.scenario?.prediction?.probability?.probability).toBeGreaterThan(0);
    expect(state.scenario?.prediction?.value).toBe(answer);
    // The role was changed after the training, and that is not forgotten either.
    expect(state.model).toMatchObject({ isStale: true, isSaved: true });
  });

  it('takes back what was done to scenarios and levers, and again after the tab was closed', async () => {
    const { store, services } = await openTrained();
    const shown = () => store.getState();
    const first = shown().scenario?.cells;
    shown().setCell(1, 9);
    shown().nameScenario('Étude');
    shown().nameScenario('Étude');
    const [one, two] = shown().named;
    expect([one?.name, two?.name]).toEqual(['Étude', 'Étude (2)']);
    shown().moveScenario(two?.id ?? '', -1);
    shown().removeScenario(one?.id ?? '');
    shown().setTargetDuration(20);
    await eventually(async () =>
      expect((await services.registry.load()).model?.scenario?.log?.past).toHaveLength(6),
    );
    const again = createAppStore(createInPlaceServices(services.registry));
    await again.getState().restore();
    for (let i = 0; i < 6; i++) again.getState().undoScenario();
    expect(again.getState()).toMatchObject({ targetDuration: null, named: [], scenario: { cells: first } });
    await eventually(() => expect(again.getState().scenario?.prediction).not.toBeNull());
    for (let i = 0; i < 9; i++) again.getState().redoScenario();
    expect(again.getState()).toMatchObject({ targetDuration: 20, named: [{ name: 'Étude (2)' }] });
    await again.getState().compareNamed(again.getState().named, 20, 1);
    expect(again.getState().sideBySide?.predictions[0]?.probability).not.toBeNull();
  });

  it('has a neural network judged on the same outages, and keeps what it said', async () => {
    const { store, services } = await openTrained();
    await store.getState().runSecondOpinion();
    const { secondOpinion, model, problem } = store.getState();
    expect(problem).toBeNull();
    expect(secondOpinion?.nTest).toBe(model?.result?.rows.test);
    expect(secondOpinion?.score.toBest?.nSamples).toBe(model?.result?.rows.kept);
    expect(secondOpinion?.score.test.mae).toBeGreaterThan(0);
    const again = createAppStore(createInPlaceServices(services.registry));
    await again.getState().restore();
    expect(again.getState().secondOpinion).toEqual(secondOpinion);
    await again.getState().train();
    expect(again.getState().secondOpinion).toBeNull();
  }, 60_000);

  it('opens the data again in a new worker when the old one died, without being asked', async () => {
    const { store, services } = await openStore();
    await store.getState().openSample(sample);
    services.killTrainingWorker();
    const page = await store.getState().loadPage({ from: 78, count: 10 });
    expect(page.rows).toHaveLength(2);
    expect(store.getState().problem).toBeNull();
  });

  it('says so when a file comes while other work is under way, and ends that work all the same', async () => {
    const { store } = await openStore();
    const first = store.getState().openSample(sample);
    await store.getState().openFile(new File(['a;b\n1;2\n'], 'other.csv'));
    expect(store.getState().problem).toMatchObject({ code: 'work-under-way', during: 'reading' });
    await first;
    expect(store.getState().dataset?.summary.nRows).toBe(80);
  });

  it('lets a file that was opened meanwhile take the place of the kept one', async () => {
    const { services } = await openTrained();
    const again = createAppStore(createInPlaceServices(services.registry));
    const restoring = again.getState().restore();
    await again.getState().openSample({ ...sample, rows: 60 });
    await restoring;
    expect(again.getState()).toMatchObject({ problem: null, dataset: { summary: { nRows: 60 } } });
  });

  it('says that the worker died when it did so during training, keeps the data, and trains the next time', async () => {
    const { store, services } = await openStore();
    await store.getState().openSample({ ...sample, rows: 400 });
    const { settings } = store.getState();
    const slow = { ...settings.hyperparameters, nIterations: 300 };
    store.getState().setSettings({ folds: 5, hyperparameters: slow });
    const training = store.getState().train();
    await eventually(() => expect(store.getState().work?.progress?.phase).toBe('cross-validating'));
    services.killTrainingWorker();
    await training;
    expect(store.getState()).toMatchObject({
      problem: { code: 'worker-stopped', during: 'training' },
      work: null,
      model: null,
    });
    expect(store.getState().dataset).not.toBeNull();
    store.getState().setSettings(settings);
    await store.getState().train();
    expect(store.getState()).toMatchObject({ problem: null, model: { isSaved: true } });
  });

  it('keeps a finished model although the worker that answers questions died before it could open it', async () => {
    const services = createInPlaceServices();
    let nLost = 0;
    const prediction: InPlaceServices['workers']['prediction'] = {
      ...services.workers.prediction,
      run: (name, request, options) => {
        if (name !== 'open-model' || nLost++ > 0)
          return services.workers.prediction.run(name, request, options);
        return Promise.reject(new AppError('worker-stopped', 'The worker stopped.'));
      },
    };
    const { store } = await openStore({ ...services, workers: { ...services.workers, prediction } });
    await store.getState().openSample(sample);
    await store.getState().train();
    expect(nLost).toBeGreaterThan(0);
    expect(store.getState()).toMatchObject({ problem: null, model: { isSaved: true } });
    expect(store.getState().scenario).not.toBeNull();
  });

  it('cancels without a problem and without a model; stops with one', async () => {
    const { store } = await openStore();
    await store.getState().openSample({ ...sample, rows: 400 });
    const { hyperparameters } = store.getState().settings;
    store.getState().setSettings({ folds: 5, hyperparameters: { ...hyperparameters, nIterations: 300 } });
    const cancelled = store.getState().train();
    await eventually(() => expect(store.getState().work?.progress).not.toBeNull());
    store.getState().cancelWork();
    await cancelled;
    expect(store.getState()).toMatchObject({ problem: null, model: null, work: null });

    const stopped = store.getState().train();
    await eventually(() => expect(store.getState().work?.progress?.phase).toBe('cross-validating'));
    store.getState().stopWork();
    expect(store.getState().work?.ending).toBe('stop');
    await stopped;
    expect(store.getState().model?.result).toMatchObject({ isStopped: true });
    expect(store.getState().model?.result?.nFinalRows).toBe(store.getState().model?.result?.rows.train);
  });

  it('leaves all as it was when cancelled while the new model is being opened', async () => {
    const services = createInPlaceServices();
    const prediction: InPlaceServices['workers']['prediction'] = {
      ...services.workers.prediction,
      run(name, request, options) {
        if (name === 'open-model') store.getState().cancelWork();
        return services.workers.prediction.run(name, request, options);
      },
    };
    const { store } = await openStore({ ...services, workers: { ...services.workers, prediction } });
    await store.getState().openSample(sample);
    await store.getState().train();
    expect(store.getState()).toMatchObject({ problem: null, model: null, work: null });
  });

  it('goes on in memory when nothing can be saved any more, and says so', async () => {
    const { store, services } = await openStore();
    await store.getState().openSample(sample);
    services.registry.fill();
    await store.getState().train();
    expect(store.getState()).toMatchObject({
      storage: { kind: 'memory', reason: 'storage-full' },
      model: { isSaved: false },
      problem: null,
    });
  });

  it('calls what could not be saved unsaved until it is, whatever else is saved', async () => {
    const { store, services } = await openStore();
    await store.getState().openSample(sample);
    services.registry.fill();
    await store.getState().train();
    services.registry.free();
    store.getState().setSettings({ folds: 4 });
    await store.getState().openSample(sample);
    expect(store.getState()).toMatchObject({
      storage: { kind: 'memory', reason: 'storage-full' },
      model: { isSaved: false },
    });
    await store.getState().train();
    expect(store.getState()).toMatchObject({ storage: { kind: 'kept' }, model: { isSaved: true } });
  });

  it('says of a database of a newer build that it is newer', async () => {
    const refused = new AppError('storage-too-new', 'version 1000');
    const services = { ...createInPlaceServices(), openRegistry: () => Promise.reject(refused) };
    const store = createAppStore(services);
    await store.getState().restore();
    expect(store.getState().storage).toEqual({ kind: 'memory', reason: 'storage-too-new' });
  });

  it('works without any storage', async () => {
    const services = { ...createInPlaceServices(), openRegistry: () => Promise.reject(new Error('denied')) };
    const store = createAppStore(services);
    await store.getState().restore();
    expect(store.getState().storage).toEqual({ kind: 'memory', reason: 'storage-unavailable' });
    await store.getState().openSample(sample);
    expect(store.getState().dataset?.summary.nRows).toBe(80);
  });

  it('keeps the open data when another file cannot be read', async () => {
    const { store } = await openStore();
    await store.getState().openSample(sample);
    await store.getState().openFile(new File([], 'vide.csv'));
    expect(store.getState()).toMatchObject({
      problem: { code: 'file-empty', during: 'reading' },
      work: null,
    });
    expect(store.getState().dataset?.sample).toEqual(sample);
    store.getState().dismissProblem();
    expect(store.getState().problem).toBeNull();
  });

  it('opens a model from its own file, and refuses one that was tampered with', async () => {
    const { store } = await openTrained();
    const file = await store.getState().exportModel();
    const answer = store.getState().reference?.prediction?.value;

    const other = await openStore();
    await other.store.getState().openModelFile(new File([file.text], file.name));
    expect(other.store.getState()).toMatchObject({ problem: null, model: { result: null } });
    expect(other.store.getState().reference?.prediction?.value).toBe(answer);

    const tampered = file.text.replace('"nTrainingRows":80', '"nTrainingRows":81');
    await other.store.getState().openModelFile(new File([tampered], file.name));
    expect(other.store.getState().problem?.code).toBe('model-file-altered');
    expect(other.store.getState().reference?.prediction?.value).toBe(answer);
  });
});
