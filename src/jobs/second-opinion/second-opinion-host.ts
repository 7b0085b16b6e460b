import { AppError } from '#base/errors.ts';
import type { JobContext } from '#base/job-context.ts';
import type { FitSecondOpinionRequest, SecondOpinion } from './contract.ts';
import { fitSecondOpinion } from './fit-second-opinion.ts';

/** Runs the one job of the second opinion's worker; any other is `internal`. */
export function createSecondOpinionHost() {
  return {
    run: async (
      job: string,
      request: FitSecondOpinionRequest,
      context: JobContext,
    ): Promise<SecondOpinion> => {
      if (job !== 'fit-second-opinion') throw new AppError('internal', `the second opinion does no ${job}`);
      return fitSecondOpinion(request, context);
    },
  };
}
