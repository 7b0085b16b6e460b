import { AppError, toAppError } from '#base/errors.ts';
import type { Dialect } from '#data/csv/dialect.ts';
import type { Recipe } from '#data/recipe/recipe-step.ts';
import type { DatasetFile, DatasetSummary } from '#jobs/dataset/contract.ts';
import type { ModelSummary } from '#inference/contract.ts';
import type { Registry } from '#registry/registry.ts';
import type { JobRunner, RunOptions } from '#worker/client/job-runner.ts';
import type { Services } from './services.ts';
import type { AppState, ShownProblem, Work } from './state.ts';

export type SetState = (changes: Partial<AppState> | ((state: AppState) => Partial<AppState>)) => void;
export type GetState = () => AppState;

/** What the slices share beside the state: the things that are no data (a file, a registry, a running job). */
export type Effects = ReturnType<typeof createEffects>;

interface DatasetSource {
  readonly id: string;
  readonly file: DatasetFile;
  readonly overrides: Partial<Dialect>;
  /** Undefined where none was decided: one is then proposed. */
  readonly recipe: Recipe | undefined;
}

interface ModelSource {
  readonly id: string;
  readonly text: string;
}

/**
 * Keeps the sources of what is open, so that a worker that was restarted, or has just been started, is given
 * them again before it is asked anything.
 */
export function createEffects(services: Services, set: SetState, get: GetState) {
  const { trainingWorker, predictionWorker, now } = services;
  let dataset: DatasetSource | null = null;
  let model: ModelSource | null = null;
  let registry: Registry | null = null;
  const opened = new Map<JobRunner, Map<string, Promise<unknown>>>();
  let check: AbortController | null = null;
  let endings: { readonly cancel: AbortController; readonly stop: AbortController } | null = null;

  for (const runner of [trainingWorker, predictionWorker]) {
    opened.set(runner, new Map());
    runner.onRestart(() => opened.get(runner)?.clear());
  }

  /** Opens something in a runner unless it is open there; a failed opening is forgotten, so that it can be tried again. */
  function openOnce<Result>(runner: JobRunner, id: string, open: () => Promise<Result>): Promise<Result> {
    const known = opened.get(runner)?.get(id);
    if (known) return known as Promise<Result>;
    const opening = open();
    opened.get(runner)?.set(id, opening);
    opening.catch(() => {
      if (opened.get(runner)?.get(id) === opening) opened.get(runner)?.delete(id);
    });
    return opening;
  }

  function forget(runner: JobRunner, job: 'close-dataset' | 'close-model', id: string): void {
    if (!opened.get(runner)?.delete(id)) return;
    const closing =
      job === 'close-dataset' ? runner.run(job, { datasetId: id }) : runner.run(job, { modelId: id });
    closing.catch(() => {
      // The worker it was open in has died: it is closed all the more.
    });
  }

  return {
    services,

    /** Reads a file in the trainingWorker worker; the table stays there. The file becomes the open one by `adoptDataset`. */
    readDataset(source: DatasetSource, options: RunOptions): Promise<DatasetSummary> {
      const { id, file, overrides, recipe } = source;
      return openOnce(trainingWorker, id, () =>
        trainingWorker.run(
          'read-dataset',
          { datasetId: id, file, overrides, ...(recipe && { recipe }) },
          options,
        ),
      );
    },

    adoptDataset(source: DatasetSource | null): void {
      if (dataset && dataset.id !== source?.id) forget(trainingWorker, 'close-dataset', dataset.id);
      dataset = source;
    },

    get dataset(): DatasetSource | null {
      return dataset;
    },

    /** Makes sure that the open table is in the trainingWorker worker, and gives its id. */
    async ensureDataset(options: RunOptions = {}): Promise<string> {
      if (!dataset) throw new AppError('unknown-dataset', 'No data are open.');
      await this.readDataset(dataset, options);
      return dataset.id;
    },

    /** A check of the data begins, or what it looks at changes: the one under way is cancelled. */
    startCheck(): AbortSignal {
      check?.abort();
      check = new AbortController();
      return check.signal;
    },

    openModel(source: ModelSource, runner: JobRunner = predictionWorker): Promise<ModelSummary> {
      return openOnce(runner, source.id, () =>
        runner.run('open-model', { modelId: source.id, text: source.text }),
      );
    },

    adoptModel(source: ModelSource | null): void {
      if (model && model.id !== source?.id) {
        forget(trainingWorker, 'close-model', model.id);
        forget(predictionWorker, 'close-model', model.id);
      }
      model = source;
    },

    get model(): ModelSource | null {
      return model;
    },

    /** Makes sure that the open model is in that worker, and gives its id. */
    async ensureModel(runner: JobRunner): Promise<string> {
      if (!model) throw new AppError('unknown-model', 'No model is open.');
      await this.openModel(model, runner);
      return model.id;
    },

    /**
     * Runs the one long work there may be, showing its progress; refuses (false) while another runs. Its error
     * becomes the problem on show, a cancel is none.
     */
    async runWork(
      kind: Work['kind'],
      task: (options: RunOptions) => Promise<void>,
      { canStop = false } = {},
    ): Promise<boolean> {
      if (get().work) return false;
      const mine = { cancel: new AbortController(), stop: new AbortController() };
      endings = mine;
      set({ work: { kind, startedAt: now(), progress: null, canStop, ending: null }, problem: null });
      try {
        await task({
          signal: mine.cancel.signal,
          stop: mine.stop.signal,
          onProgress: (progress) => set(({ work }) => (work ? { work: { ...work, progress } } : {})),
        });
      } catch (thrown) {
        this.report(thrown, kind);
      } finally {
        endings = null;
        set({ work: null });
      }
      return true;
    },

    endWork(ending: 'stop' | 'cancel'): void {
      set(({ work }) => (work ? { work: { ...work, ending } } : {}));
      endings?.[ending].abort();
    },

    report(thrown: unknown, during: ShownProblem['during']): void {
      const { code, details } = toAppError(thrown);
      if (code !== 'cancelled') set({ problem: { code, details, during } });
    },

    /** Opens the registry; where that fails, the app works in memory and says so. */
    async openRegistry(): Promise<Registry | null> {
      try {
        registry = await services.openRegistry((reason) => {
          registry = null;
          set({
            storage: {
              kind: 'memory',
              reason: reason === 'superseded' ? 'other-tab-upgraded' : 'storage-unavailable',
            },
          });
        });
      } catch {
        set({ storage: { kind: 'memory', reason: 'storage-unavailable' } });
      }
      return registry;
    },

    /** True once it is saved. False in memory mode, and where saving failed: a banner then says so. */
    async save(task: (registry: Registry) => Promise<void>): Promise<boolean> {
      if (!registry) return false;
      try {
        await task(registry);
        if (registry) set({ storage: { kind: 'kept' } });
        return true;
      } catch (thrown) {
        const { code } = toAppError(thrown);
        const reason = code === 'storage-full' ? 'storage-full' : 'storage-unavailable';
        set({ storage: { kind: 'memory', reason } });
        return false;
      }
    },
  };
}
