import { AppError } from '#base/errors.ts';
import type { FitChallengerRequest } from './challenge.ts';
import { fitChallenger } from './fit-challenger.ts';
import type { Workbench } from '../workbench.ts';

/** Runs the one job of the challenger's worker; any other is `internal`. */
export function createChallengerHost(): Workbench {
  return {
    run: async (job, request, context) => {
      if (job !== 'fit-challenger') throw new AppError('internal', `the challenger does no ${job}`);
      // A name and its request go together, but the compiler cannot tell one from the other.
      return fitChallenger(request as FitChallengerRequest, context);
    },
  };
}
