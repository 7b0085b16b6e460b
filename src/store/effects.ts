import { toAppError } from '#base/errors.ts';
import type { ExplanationRequest } from '#jobs/explanation/contract.ts';
import { type JobRequest, type JobResult, type JobsOf, jobTable, type WorkerName } from '#jobs/job-table.ts';
import type { RunOptions } from '#worker/client/job-runner.ts';
import { createDatasetSource } from './dataset-source.ts';
import { createLatestSignal } from './latest-signal.ts';
import { createLongWork } from './long-work.ts';
import { createModelSources } from './model-sources.ts';
import { createRegistryAccess } from './registry-access.ts';
import type { Services } from './services.ts';
import type { GetState, SetState, ShownProblem } from './state.ts';

/** What the slices share beside the state: the things that are no data (a file, a registry, a running job). */
export type Effects = ReturnType<typeof createEffects>;

export function createEffects(services: Services, set: SetState, get: GetState) {
  const { workers, now, createId, today, preferences, openRegistry, trainingNotes } = services;

  /** A thrown error becomes the problem on show; a cancel is none. */
  function report(thrown: unknown, during: ShownProblem['during']): void {
    const { code, details } = toAppError(thrown);
    if (code !== 'cancelled') set({ problem: { code, details, during } });
  }

  const dataset = createDatasetSource(workers.training);
  const models = createModelSources(workers, () => get().model?.id);

  return {
    createId,
    today,
    now,
    preferences,
    trainingNotes,
    report,
    dataset,
    models,
    registry: createRegistryAccess(openRegistry, set),
    work: createLongWork(now, report, set, get),
    /** A check of the data begins, or what it looks at changes: the one under way is cancelled. */
    startCheck: createLatestSignal(),

    /** Runs a job in the worker that the table of jobs names. What it needs must be open there. */
    run<Name extends JobsOf<WorkerName>>(
      job: Name,
      request: JobRequest<Name>,
      options?: RunOptions,
    ): Promise<JobResult<Name>> {
      return workers[jobTable[job].worker].run(job, request, options);
    },

    /** Makes sure that the open data and the model on show are in the training worker; what a question about both begins with. */
    async openBoth(options: RunOptions = {}): Promise<ExplanationRequest> {
      const datasetId = await dataset.ensure(options);
      const modelId = await models.ensure('training');
      return { datasetId, modelId, today: today() };
    },

    /** Ends a worker; the next job of it starts another. */
    endWorker: (worker: WorkerName): void => workers[worker].close(),
  };
}
