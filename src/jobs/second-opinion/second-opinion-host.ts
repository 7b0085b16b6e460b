import { AppError } from '#base/errors.ts';
import type { FitSecondOpinionRequest } from './contract.ts';
import { fitSecondOpinion } from './fit-second-opinion.ts';
import type { Workbench } from '../workbench.ts';

/** Runs the one job of the secondOpinion's worker; any other is `internal`. */
export function createSecondOpinionHost(): Workbench {
  return {
    run: async (job, request, context) => {
      if (job !== 'fit-second-opinion') throw new AppError('internal', `the secondOpinion does no ${job}`);
      // A name and its request go together, but the compiler cannot tell one from the other.
      return fitSecondOpinion(request as FitSecondOpinionRequest, context);
    },
  };
}
