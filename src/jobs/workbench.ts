import type { JobContext } from '#base/job-context.ts';
import { handlers, type WorkbenchJob } from './handlers.ts';
import type { JobRequest, JobResult } from './job-table.ts';
import { createOpenThings } from './open-things.ts';

export interface Workbench {
  run<Name extends WorkbenchJob>(
    job: Name,
    request: JobRequest<Name>,
    context: JobContext,
  ): Promise<JobResult<Name>>;
}

/**
 * Runs the jobs on what is open here: the same in a worker, in the command line and in tests. Jobs may run interleaved.
 * Throws `unknown-dataset` and `unknown-model`, beside the jobs' own errors.
 */
export function createWorkbench(): Workbench {
  const open = createOpenThings();
  return {
    run: async (job, request, context) => {
      const isAboutRecipe = job === 'apply-recipe' || job === 'close-dataset';
      if (!isAboutRecipe && 'datasetId' in request && request.datasetId !== undefined)
        await open.recipes.settle(request.datasetId);
      return handlers[job](open, request, context);
    },
  };
}
